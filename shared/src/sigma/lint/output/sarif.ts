import type { Severity } from '../../../text/problem.ts';
import { SIGMA_PROBLEMS } from '../../problem-table.ts';
import { CHECKS } from '../checks/index.ts';
import type { Fix } from '../finding.ts';
import { LINT_PROBLEMS } from '../problem-table.ts';
import { type LineIndex, lineIndex, type Region } from './line-index.ts';
import { type LintReport, placed } from './report.ts';

const LEVELS = { error: 'error', warning: 'warning', info: 'note' } as const;

/** Findings as SARIF 2.1.0 (OASIS standard), one run; columns are UTF-16 code units. Paths that are relative stand on %SRCROOT%. */
export function sarifReport(report: LintReport, version: string) {
  const found = placed(report);
  const codes = [...new Set(found.map(({ finding }) => finding.code))].sort();
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'DB Witness', version, rules: codes.map(ruleOf) } },
        columnKind: 'utf16CodeUnits',
        results: found.map(({ finding, file, region, lines }) => ({
          ruleId: finding.code,
          ruleIndex: codes.indexOf(finding.code),
          level: LEVELS[finding.severity],
          message: { text: finding.message },
          locations: [{ physicalLocation: { artifactLocation: artifact(file), region } }],
          ...(finding.fix === undefined
            ? {}
            : { fixes: [fixOf(finding.fix, file, lines ?? lineIndex(report.texts.get(file) ?? ''))] }),
        })),
      },
    ],
  };
}

function ruleOf(code: string) {
  const { severity, about, help, origin } = described(code);
  return {
    id: code,
    shortDescription: { text: about },
    help: { text: help },
    defaultConfiguration: { level: LEVELS[severity] },
    ...(origin === undefined ? {} : { properties: { tags: [origin] } }),
  };
}

interface Description {
  readonly severity: Severity;
  readonly about: string;
  readonly help: string;
  readonly origin?: string;
}

function described(code: string): Description {
  const check = CHECKS.find(({ id }) => id === code);
  if (check !== undefined) {
    const { severity, about, help, origin } = check;
    return { severity, about: `${about.charAt(0).toUpperCase()}${about.slice(1)}.`, help, origin };
  }
  const tables: Readonly<Record<string, (typeof SIGMA_PROBLEMS)[keyof typeof SIGMA_PROBLEMS]>> = {
    ...SIGMA_PROBLEMS,
    ...(LINT_PROBLEMS as object),
  };
  const known = tables[code];
  return known === undefined
    ? { severity: 'warning', about: code, help: code }
    : { severity: known.severity, about: known.message, help: known.help };
}

function fixOf({ title, edits }: Fix, file: string, lines: LineIndex) {
  return {
    description: { text: title },
    artifactChanges: [
      {
        artifactLocation: artifact(file),
        replacements: edits.map(
          ({ span, text }): { deletedRegion: Region; insertedContent: { text: string } } => ({
            deletedRegion: lines.region(span),
            insertedContent: { text },
          }),
        ),
      },
    ],
  };
}

/** A path as a URI reference (RFC 3986): a drive letter or slash at its start makes it absolute. */
function artifact(file: string) {
  const path = file.replace(/^\.\//, '').split('/').map(encodeURIComponent).join('/');
  if (file.startsWith('/')) return { uri: `file://${path}` };
  if (/^[A-Za-z]:\//.test(file)) return { uri: `file:///${path.replace('%3A', ':')}` };
  return { uri: path, uriBaseId: '%SRCROOT%' };
}
