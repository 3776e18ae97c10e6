import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Engine } from '../../engine/engine.ts';
import { casesAttachEstate, casesCreate } from '../../host/cases.ts';
import { evidenceImport } from '../../host/evidence.ts';
import { type Finding, findingsDetect, findingsList } from '../../host/findings.ts';
import { reportChoiceSchema, reportSeal } from '../../host/report.ts';
import { sessionFilterSchema, sessionsList } from '../../host/sessions.ts';
import { timelineGaps } from '../../host/timeline.ts';
import { SHIPPED_ESTATES, TABLETOP_LOGS } from '../../product/locations.ts';
import { bytes, iso, type Terminal, table } from '../terminal.ts';
import { verificationLines } from '../verification-lines.ts';

/** Hosts whose stamps carry no zone, with the zone that their owner declared (truth.yml). */
const DECLARED_ZONES: Readonly<Record<string, string>> = { db3: 'Europe/Berlin' };

/**
 * The main job, once through on the tabletop logs: a case, its estate, import, detection, gaps, sealing, verification;
 * with a short account of each step as it is done.
 */
export async function runTabletop(engine: Engine, terminal: Terminal): Promise<void> {
  const call = { signal: terminal.signal, onProgress: terminal.progress };
  await engine.request(casesCreate, {
    name: 'tabletop',
    purpose: 'Practice: a night at a web shop, to be reconstructed from its database logs',
    authority: 'Exercise; nobody’s data',
    requester: 'Head of security (exercise)',
    classification: 'Exercise',
    place: 'This machine',
    examiner: 'Practice Examiner',
  });
  await engine.request(
    casesAttachEstate,
    { file: engine.files.add(join(SHIPPED_ESTATES, 'tabletop.yml')) },
    call,
  );

  const hosts = (await readdir(TABLETOP_LOGS)).sort();
  const outcomes = await engine.request(
    evidenceImport,
    {
      items: hosts.map((host) => {
        const zone = DECLARED_ZONES[host];
        return {
          file: engine.files.add(join(TABLETOP_LOGS, host)),
          source: host,
          ...(zone === undefined ? {} : { zone }),
        };
      }),
    },
    call,
  );
  const exhibits = outcomes.flatMap((outcome) => outcome.exhibits);
  const read = exhibits.filter((exhibit) => exhibit.state === 'imported');
  const events = read.reduce((sum, exhibit) => sum + exhibit.records, 0);
  terminal.line(
    `Imported   ${outcomes.length} files, ${bytes(read.reduce((sum, { bytes: size }) => sum + size, 0))}, ${events} events, every byte accounted for`,
  );

  await engine.request(findingsDetect, {}, call);
  const { findings, rules } = await engine.request(findingsList, {});
  terminal.line(
    `Detected   ${rules.filter(({ status }) => status === 'ran').length} rules ran, ${findings.length} findings`,
  );
  const sessions = await engine.request(
    sessionsList,
    { filter: sessionFilterSchema.parse({}), offset: 0, limit: 1 },
    call,
  );
  const gaps = await engine.request(timelineGaps, {}, call);
  const unrecorded = gaps.filter((gap) => gap.kind === 'not_recorded');
  terminal.line(
    `Rebuilt    ${sessions.total} sessions; ${unrecorded.length} stretches that were not recorded`,
  );

  const sealed = await engine.request(
    reportSeal,
    {
      ...reportChoiceSchema.parse({
        title: 'A night at a web shop',
        summary:
          'Practice report of the tabletop exercise, made without triage: every finding of the shipped rules is listed.',
        conclusions: 'None are drawn: they are yours to draw.',
      }),
      form: 'zip',
    },
    call,
  );
  terminal.line(`Sealed     ${sealed.name} (${bytes(sealed.bytes)}), digest ${sealed.digest.slice(0, 16)}…`);
  terminal.line(`Verified   ${verificationLines(sealed.verification)[1] ?? ''}`);
  terminal.line();
  terminal.line(
    table([['level', 'first (UTC)', 'events', 'who', 'what'], ...findings.slice(0, 12).map(row)], 'llrll'),
  );
  if (findings.length > 12) terminal.line(`… and ${findings.length - 12} more.`);
  for (const gap of unrecorded)
    terminal.line(`Not recorded on ${gap.source} from ${iso(gap.from)} to ${iso(gap.to)}.`);
  terminal.line();
  terminal.value({
    folder: engine.context.open().store.folder.root,
    exhibits,
    findings: findings.length,
    gaps,
    sealed,
  });
}

function row(finding: Finding): readonly string[] {
  const group = Object.entries(finding.group ?? {}).map(([name, value]) => `${name} ${value}`);
  return [
    finding.level,
    iso(finding.first),
    String(finding.count),
    finding.user ?? group.join(', '),
    finding.title,
  ];
}
