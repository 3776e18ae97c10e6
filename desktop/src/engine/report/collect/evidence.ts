import { BLOCK_BYTES } from '@dbwitness/shared/evidence/merkle.ts';
import {
  type DigestHistory,
  type EvidenceItem,
  type Figure,
  NOT_STATED,
  type RangeAccount,
} from '@dbwitness/shared/reports/report-model.ts';
import type { CaseMaterial, Reread, TextRow } from './case-material.ts';
import { byExhibitQuery, byIntake, byRanges } from './figure.ts';
import type { Moments } from './moments.ts';

/** Records of each exhibit by the report's own query; an exhibit without a row has none. */
export function recordsOf(rows: readonly TextRow[], exhibits: readonly string[]): Figure {
  return byExhibitQuery(
    rows
      .filter((row) => exhibits.includes(String(row.exhibit)))
      .reduce((sum, row) => sum + Number(row.records), 0),
  );
}

export function evidenceItems(
  material: CaseMaterial,
  rows: readonly TextRow[],
  moments: Moments,
): readonly EvidenceItem[] {
  const byId = new Map(rows.map((row) => [String(row.exhibit), row]));
  return material.exhibits.map((exhibit) => {
    const row = byId.get(exhibit.id);
    const reread = material.reread.find((one) => one.exhibit === exhibit.id);
    return item(material, exhibit, row, reread, moments);
  });
}

function item(
  material: CaseMaterial,
  exhibit: CaseMaterial['exhibits'][number],
  row: TextRow | undefined,
  reread: Reread | undefined,
  moments: Moments,
): EvidenceItem {
  const fact = (name: string): string => stated(exhibit.facts[name]);
  const [first, last] = [row?.first, row?.last].map((at) =>
    typeof at === 'number' ? moments.micros(at) : undefined,
  );
  return {
    id: exhibit.id,
    ...(exhibit.parent === undefined ? {} : { parent: exhibit.parent }),
    ...(exhibit.derivation === undefined ? {} : { derivation: exhibit.derivation }),
    source: exhibit.source,
    state: exhibit.state,
    original: { name: exhibit.name, bytes: byIntake(exhibit.bytes), modified: stated(exhibit.modified) },
    system: {
      product: stated(exhibit.facts.system ?? exhibit.product),
      version: fact('version'),
      host: stated(exhibit.facts.host ?? exhibit.server),
      facility: exhibit.formatTitle ?? NOT_STATED,
      policy: fact('auditPolicy'),
    },
    acquisition: {
      method: fact('command'),
      tool: fact('tool'),
      person: fact('exportedBy'),
      place: fact('place'),
      at: fact('exportedAt'),
      imported: moments.text(exhibit.importedAt),
      providerDigest: exhibit.providerDigest === 'none-given' ? 'none given' : exhibit.providerDigest,
      writeProtection: fact('writeProtection'),
      retention: fact('retention'),
      // Whoever lacks the permission does not see a lock: unknown is not off (EVIDENCE §2).
      lock: exhibit.facts.storageLock?.trim() ? exhibit.facts.storageLock : 'unknown',
      hold: fact('hold'),
    },
    declared: Object.entries(exhibit.facts)
      .filter(([name, value]) => !KNOWN_FACTS.has(name) && value.trim() !== '')
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => ({ name, value })),
    digests: [
      digest('SHA-256', exhibit.sha256, reread, reread?.sha256),
      digest('SHA-512', exhibit.sha512, reread, reread?.sha512),
    ],
    blocks: { size: Math.ceil(exhibit.bytes / BLOCK_BYTES), root: exhibit.blocksRoot },
    format: {
      id: exhibit.format ?? 'none',
      title: exhibit.formatTitle ?? 'not read',
      because: exhibit.because ?? exhibit.error?.message ?? '',
      parser: `DB Witness ${material.tool.version}`,
    },
    encoding: stated(exhibit.facts.encoding ?? 'UTF-8, other bytes as Windows-1252'),
    zone: { name: exhibit.zone ?? 'as the stamps say', basis: exhibit.zoneBasis ?? 'in record' },
    records: byExhibitQuery(row?.records),
    ...(first === undefined ? {} : { first }),
    ...(last === undefined ? {} : { last }),
    ranges: exhibit.ranges.map(range),
    problems: exhibit.problems.map((problem) => ({
      code: problem.code,
      severity: problem.severity,
      message: problem.message,
      at: [
        problem.byte === undefined ? '' : `byte ${problem.byte}`,
        problem.line === undefined ? '' : `line ${problem.line}`,
      ]
        .filter((part) => part !== '')
        .join(', '),
    })),
  };
}

/** Facts of an import that have a field of their own in the report. */
const KNOWN_FACTS: ReadonlySet<string> = new Set([
  'system',
  'version',
  'host',
  'auditPolicy',
  'command',
  'tool',
  'exportedBy',
  'place',
  'exportedAt',
  'writeProtection',
  'retention',
  'storageLock',
  'hold',
  'encoding',
]);

function range(count: CaseMaterial['exhibits'][number]['ranges'][number]): RangeAccount {
  return {
    kind: count.kind,
    ...(count.code === undefined ? {} : { code: count.code }),
    reason: count.message ?? (count.kind === 'records' ? 'read as records' : (count.code ?? count.kind)),
    ranges: byRanges(count.ranges),
    bytes: byRanges(count.bytes),
    records: byRanges(count.records),
  };
}

function digest(
  algorithm: DigestHistory['algorithm'],
  taken: string,
  reread: Reread | undefined,
  now: string | undefined,
): DigestHistory {
  const reported = now ?? (reread?.ok === true ? taken : undefined);
  return { algorithm, acquired: taken, imported: taken, ...(reported === undefined ? {} : { reported }) };
}

function stated(value: string | undefined): string {
  return value === undefined || value.trim() === '' ? NOT_STATED : value;
}
