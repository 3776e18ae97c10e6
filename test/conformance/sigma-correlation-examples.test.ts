import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DocumentFields } from '@dbwitness/shared/sigma/documents/document.ts';
import { runOnEvents } from '@dbwitness/shared/sigma/documents/run-on-events.ts';
import { loadRules } from '@dbwitness/shared/sigma/load-rules.ts';
import { afterAll, describe, expect, it } from 'vitest';
import { openEngines } from '../kit/table-engines.ts';

const examples = fileURLToPath(new URL('../../../shared/corpus/sigma/correlation-examples', import.meta.url));
const here = existsSync(examples);

/** What is wrong with the files that do not load, besides the rules that they refer to and do not hold. */
const REJECTED: Readonly<Record<string, readonly string[]>> = {
  // pySigma's own example of what it refuses.
  'pysigma/test_correlations_037.yml': ['sigma/correlation-condition'],
  // Fields of another taxonomy need a mapping (P3).
  'spec/correlation/event_count_ecs.yml': ['sigma/taxonomy'],
  // Pieces of the specification's text that are no whole rules: no type and timespan, a dash for an id, no title.
  'spec/md_sigma-correlation-rules-specification_1.yml': ['sigma/correlation'],
  'spec/md_sigma-correlation-rules-specification_14.yml': ['sigma/id'],
  'spec/md_sigma-correlation-rules-specification_7.yml': ['sigma/title'],
  'spec/md_sigma-correlation-rules-specification_8.yml': ['sigma/title'],
};

function correlationFiles(): readonly { readonly name: string; readonly text: string }[] {
  const names = here ? readdirSync(examples, { recursive: true, encoding: 'utf8' }) : [];
  return names
    .filter((name) => name.endsWith('.yml'))
    .map((name) => ({ name, text: readFileSync(join(examples, name), 'utf8') }))
    .filter(({ text }) => /^\s*correlation:/m.test(text));
}

/** The text with a rule for each reference that it lacks: events whose field `rule` is that reference. */
function completed({ name, text }: { readonly name: string; readonly text: string }): string {
  const missing = loadRules([{ name, text }]).problems.flatMap(
    ({ code, message }) =>
      (code === 'sigma/reference-not-found' ? /id or name (.+)\.$/.exec(message)?.[1] : undefined) ?? [],
  );
  const standIns = [...new Set(missing)].map((reference) => {
    const key = /^[0-9a-f-]{36}$/.test(reference) ? 'id' : 'name';
    return `title: Stand-in\n${key}: ${reference}\nlogsource: {category: test}\ndetection:\n  sel: {rule: ${reference}}\n  condition: sel\n`;
  });
  return [text, ...standIns].join('\n---\n');
}

// Third-party rules are no part of this repository: read where they stand beside the checkout.
describe.skipIf(!here)('correlations of the specification, pySigma and Hayabusa', () => {
  it('load, save for those that say why not', () => {
    const rejected = correlationFiles().flatMap((file) => {
      const { problems } = loadRules([{ name: file.name, text: completed(file) }]);
      const codes = problems.filter(({ severity }) => severity === 'error').map(({ code }) => code);
      return codes.length === 0 ? [] : [[file.name, [...new Set(codes)]]];
    });
    expect(Object.fromEntries(rejected)).toEqual(REJECTED);
  });

  it('K15: what a file refers to and does not hold is said, and the rest of it works', () => {
    const { value, problems } = loadRules([
      { name: 'x.yml', text: readFileSync(join(examples, 'pysigma/test_collection_001.yml'), 'utf8') },
    ]);
    expect(problems.map(({ code }) => code)).toEqual(['sigma/reference-not-found']);
    expect(value.rules.map(({ title, faults }) => [title, faults.length])).toEqual([
      ['Rule 1', 0],
      ['Correlating 1+2', 1],
    ]);
  });
});

type Event = readonly [seconds: number, fields: DocumentFields];

interface Meaning {
  readonly file: string;
  readonly events: readonly Event[];
  /** For each match of the file's main correlation: the places of its events, and its figure. */
  readonly matches: readonly (readonly [events: readonly number[], value: number])[];
}

const repeat = (times: number, every: number, fields: (i: number) => DocumentFields, from = 0): Event[] =>
  Array.from({ length: times }, (_, i) => [from + i * every, fields(i)]);
const places = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

const FAILED = '5638f7c0-ac70-491d-8465-2a65075e0d86';
const recon = (letter: string, user = 'u'): DocumentFields => ({
  rule: `recon_cmd_${letter}`,
  ComputerName: 'C1',
  User: user,
});
const logon = (EventID: number, TargetUserName = 'eve'): DocumentFields => ({
  EventID,
  TargetUserName,
  TargetDomainName: 'D',
});

const MEANINGS: readonly Meaning[] = [
  {
    file: 'spec/correlation/event_count.yml',
    events: [
      ...repeat(100, 36, () => ({ rule: FAILED, ComputerName: 'C1' })),
      ...repeat(99, 1, () => ({ rule: FAILED, ComputerName: 'C2' }), 10_000),
    ],
    matches: [[places(0, 100), 100]],
  },
  {
    file: 'spec/correlation/value_count.yml',
    events: repeat(120, 60, (i) => ({
      rule: FAILED,
      ComputerName: i % 2 === 0 ? 'C1' : 'c1',
      WorkstationName: 'W',
      User: `u${i % 100}`,
    })),
    matches: [[places(0, 120), 100]],
  },
  {
    file: 'spec/correlation/temporal.yml',
    events: [
      [0, recon('c')],
      [10, recon('a', 'other')],
      [100, recon('a')],
      [300, recon('b')],
      [1000, recon('a')],
      [1301, recon('b')],
      [1302, recon('c')],
    ],
    matches: [[[0, 2, 3], 3]],
  },
  {
    file: 'spec/correlation/temporal_ordered.yml',
    events: [
      [0, recon('b')],
      [1, recon('a')],
      [2, recon('c')],
      [3, recon('b')],
      [4, recon('c')],
      [1000, recon('c')],
      [1001, recon('b')],
      [1002, recon('a')],
    ],
    matches: [[[0, 1, 2, 3, 4], 3]],
  },
  {
    file: 'spec/correlation/value_sum.yml',
    events: [
      [0, { rule: 'website_access', SourceIP: '10.0.0.1', User: 'u', bytes_sent: 600_000 }],
      [3600, { rule: 'website_access', SourceIP: '10.0.0.1', User: 'u', bytes_sent: '400001' }],
      [3601, { rule: 'website_access', SourceIP: '10.0.0.1', User: 'u', bytes_sent: 'none' }],
      [9000, { rule: 'website_access', SourceIP: '10.0.0.2', User: 'u', bytes_sent: 1_000_000 }],
    ],
    matches: [[[0, 1], 1_000_001]],
  },
  {
    file: 'spec/correlation/value_avg.yml',
    events: [
      [0, { rule: 'rule_a_id', SourceIP: 'a', User: 'u', BytesOut: 1000 }],
      [1, { rule: 'rule_a_id', SourceIP: 'a', User: 'u', BytesOut: 1 }],
      [2, { rule: 'rule_a_id', SourceIP: 'b', User: 'u', BytesOut: 1000 }],
      [3, { rule: 'rule_a_id', SourceIP: 'b', User: 'u', BytesOut: 0 }],
    ],
    matches: [[[0, 1], 500.5]],
  },
  {
    file: 'spec/correlation/value_percentile.yml',
    events: repeat(100, 60, (i) => ({
      rule: 'process_creation',
      ComputerName: 'C1',
      Image: i === 42 ? 'evil.exe' : i < 3 ? 'two.exe' : 'svchost.exe',
    })),
    matches: [[[42], 1]],
  },
  {
    // Ten failures of a user, then a success of the same user, within ten minutes of each other.
    file: 'spec/md_sigma-correlation-rules-specification_15.yml',
    events: [
      ...repeat(10, 30, () => ({ EventID: 4625, User: 'eve' })),
      [400, { EventID: 4624, User: 'bob' }],
      [270 + 600, { EventID: 4624, User: 'Eve' }],
      ...repeat(10, 30, () => ({ EventID: 529, User: 'max' }), 10_000),
      [10_270 + 601, { EventID: 528, User: 'max' }],
    ],
    matches: [[[...places(0, 10), 11], 2]],
  },
  {
    file: 'pysigma/test_correlations_004.yml',
    events: [
      [0, { EventID: 1, User: 'u' }],
      [1, { EventID: 2, User: 'u' }],
      ...repeat(10, 1, (i) => ({ EventID: 3 + (i % 2), User: 'u' }), 2),
    ],
    matches: [[places(0, 12), 3]],
  },
  {
    file: 'pysigma/test_conversion_correlations_011.yml',
    events: [
      [0, { EventID: 4625, TargetUserName: 'eve', TargetDomainName: 'D', fieldB: 'x' }],
      [1, { CommandLine: 'whoami /all', User: 'EVE', Domain: 'd', fieldD: 'X' }],
      [2, { EventID: 4624, TargetUserName: 'eve', TargetDomainName: 'D', fieldC: 'other' }],
      [3, { CommandLine: 'dir', User: 'eve', Domain: 'D', fieldD: 'x' }],
    ],
    matches: [[[0, 1], 2]],
  },
  {
    file: 'pysigma/test_conversion_correlations_028.yml',
    events: repeat(21, 1, (i) => ({ EventType: 'network_traffic', SourceIP: 'a', Latency: i * 25 + 25 })),
    // 95 % of 20 steps is the 19th: of all, 500. Windows that are not maximal are not judged.
    matches: [[places(0, 21), 500]],
  },
  {
    file: 'pysigma/test_conversion_correlations_030.yml',
    events: [990, 1010, 'x'].map((ResponseTime, i) => [
      i,
      { EventType: 'api_response', Endpoint: '/', ResponseTime },
    ]),
    matches: [[[0, 1], 1000]],
  },
  {
    file: 'pysigma/test_extended_correlation_conversion_003.yml',
    events: [
      [0, logon(4625)],
      [1, logon(4625, 'bob')],
      [2, logon(4624, 'BOB')],
      [1000, logon(4624, 'max')],
    ],
    matches: [[[0], 1]],
  },
  {
    file: 'pysigma/test_extended_correlation_conversion_004.yml',
    events: [
      [0, logon(4625, 'a')],
      [1, logon(4648, 'a')],
      [2, logon(4625, 'b')],
      [3, logon(4740, 'b')],
    ],
    matches: [[[0, 1], 2]],
  },
  {
    file: 'pysigma/test_extended_correlation_conversion_005.yml',
    events: [
      [0, logon(4625, 'a')],
      [1, logon(4624, 'a')],
      [2, logon(4672, 'a')],
      [10, logon(4672, 'b')],
      [11, logon(4624, 'b')],
      [12, logon(4625, 'b')],
    ],
    matches: [[[0, 1, 2], 3]],
  },
  {
    file: 'pysigma/test_extended_correlation_conversion_017.yml',
    events: [
      [0, { field: 'a' }],
      [1000, { field: 'b' }],
      [2000, { field: 'b' }],
      [2001, { field: 'c' }],
    ],
    matches: [
      [[0], 1],
      [[2, 3], 2],
    ],
  },
  {
    file: 'pysigma/test_extended_correlation_conversion_023.yml',
    events: [[0, { field: 'a' }]],
    matches: [[[0], 1]],
  },
  {
    file: 'hayabusa/Sec_4625_Med_LogonFail_UserGuessing_Correlation.yml',
    events: repeat(5, 60, (i) => ({
      Channel: 'Security',
      EventID: 4625,
      SubStatus: '0xC0000064',
      IpAddress: '192.0.2.1',
      LogonType: 3,
      TargetDomainName: '.',
      ProcessName: '-',
      LogonProcessName: 'NtLmSsp',
      WorkstationName: 'W',
      TargetUserName: `user ${i}`,
    })),
    matches: [[places(0, 5), 5]],
  },
];

const engines = await openEngines();

describe.each(engines)('what they match on $title', ({ missing, get, close }) => {
  afterAll(close);

  it.skipIf(missing || !here).each(MEANINGS)('$file', async ({ file, events, matches }) => {
    const text = completed({ name: file, text: readFileSync(join(examples, file), 'utf8') });
    const { value } = loadRules([{ name: file, text }]);
    // In the order in which they happened, save that files come as they come.
    const documents = events.map(([seconds, fields]) => ({
      fields,
      at: 1_767_600_000_000_000 + seconds * 1e6,
    }));
    const { runs } = await runOnEvents(value, documents, get());
    const titles = new Set(value.rules.flatMap((rule) => (rule.kind === 'correlation' ? [rule.key] : [])));
    const [run] = runs.filter(({ rule }) => titles.has(rule));
    expect(run).toMatchObject({ status: 'ran' });
    expect(run?.matches.map((match) => [match.events, match.value])).toEqual(matches);
  });
});
