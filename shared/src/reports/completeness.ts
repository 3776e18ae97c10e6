import { NOT_STATED, type Report } from './report-model.ts';

export interface Missing {
  /** What is missing, as a reader would call it. */
  readonly field: string;
  readonly why: string;
}

/** What a complete report would have and this one lacks, in the order of the report. */
export function completeness(report: Report): readonly Missing[] {
  return CHECKS.flatMap((check) => check(report));
}

type Check = (report: Report) => readonly Missing[];

const absent = (value: string): boolean => value === '' || value === NOT_STATED;

const CHECKS: readonly Check[] = [
  ({ identity }) =>
    (
      [
        ['requester', identity.requester, 'A reader must know for whom the examination was made.'],
        [
          'authority',
          identity.authority,
          'Without it nobody can tell by what right the evidence was examined.',
        ],
        ['purpose', identity.purpose, 'Scope and proportion are judged by it.'],
        [
          'classification',
          identity.classification,
          'Whoever receives the report must know how to handle it.',
        ],
        ['examiner name', identity.examiner.name, 'Somebody must answer for the report.'],
        ['examiner role', identity.examiner.role, 'Competence and independence are judged by it.'],
        [
          'examiner organisation',
          identity.examiner.organisation,
          'Competence and independence are judged by it.',
        ],
      ] as const
    ).flatMap(([field, value, why]) => (absent(value) ? [{ field, why }] : [])),
  (report) => [
    ...(absent(report.summary)
      ? [{ field: 'summary', why: 'The reader gets findings, but not what they mean together.' }]
      : []),
    ...(absent(report.conclusions)
      ? [{ field: 'conclusions', why: 'The report answers no question of the requester.' }]
      : []),
  ],
  ({ identity }) =>
    identity.examiner.fingerprint === undefined
      ? [
          {
            field: 'signing identity',
            why: 'No identity was unlocked, so neither ledger nor package can be signed.',
          },
        ]
      : [],
  ({ evidence }) =>
    evidence.length === 0 ? [{ field: 'evidence', why: 'A report without evidence says nothing.' }] : [],
  ({ evidence }) => [...acquisition(evidence), ...evidence.flatMap((item) => reading(item, evidence))],
  ({ custody }) => {
    const unsigned = custody.entries
      .filter((entry) => entry.signature === 'unsigned')
      .map((entry) => entry.seq);
    const invalid = custody.entries
      .filter((entry) => entry.signature === 'invalid')
      .map((entry) => entry.seq);
    return [
      ...(unsigned.length > 0
        ? [
            {
              field: `signature of ${entries(unsigned)}`,
              why: 'Unsigned acts rest on the account of the machine alone; unlock an identity and adopt them.',
            },
          ]
        : []),
      ...(invalid.length > 0
        ? [
            {
              field: `valid signature of ${entries(invalid)}`,
              why: 'The ledger was altered or a key is wrong; find out before anything else.',
            },
          ]
        : []),
      ...(custody.intact
        ? []
        : [
            {
              field: 'intact ledger',
              why: 'The chain of custody is broken; its problems are listed in the report.',
            },
          ]),
    ];
  },
  ({ integrity, evidence }) => {
    const reread = new Set(integrity.exhibits.map((exhibit) => exhibit.exhibit));
    const not = evidence.filter((item) => !reread.has(item.id)).map((item) => item.id);
    return [
      ...(not.length > 0
        ? [
            {
              field: `re-reading of ${not.join(', ')}`,
              why: 'Only a fresh digest shows that the vault still holds what was taken in.',
            },
          ]
        : []),
      ...integrity.exhibits
        .filter((exhibit) => !exhibit.ok)
        .map((exhibit) => ({ field: `unaltered bytes of ${exhibit.exhibit}`, why: exhibit.detail })),
      ...(integrity.tokens.length === 0
        ? [
            {
              field: 'time stamp',
              why: 'Without a token of a time-stamping authority the age of the seal rests on the examiner’s clock.',
            },
          ]
        : []),
    ];
  },
  ({ time }) =>
    time
      .filter((source) => absent(source.method))
      .map((source) => ({
        field: `clock offset of ${source.source}`,
        why: 'Nobody said how far its clock was off, so its order against other sources is uncertain.',
      })),
  ({ method }) => [
    ...(method.rules.length === 0
      ? [
          {
            field: 'rules',
            why: 'No rule was run, so there can be no finding and no statement of what was looked for.',
          },
        ]
      : []),
    ...method.rules
      .filter((rule) => rule.status === 'failed')
      .map((rule) => ({ field: `outcome of rule ${rule.title}`, why: rule.reason ?? 'The rule failed.' })),
  ],
  ({ findings }) => [
    ...(['new', 'needs more'] as const).flatMap((triage) =>
      named(
        findings.filter((finding) => finding.triage === triage).map((finding) => finding.label),
        (labels) => ({ field: `judgement of ${labels}`, why: `The examiner left it as “${triage}”.` }),
      ),
    ),
    ...named(
      findings.filter((finding) => finding.alternatives.length === 0).map((finding) => finding.label),
      (labels) => ({
        field: `other explanations of ${labels}`,
        why: 'A finding without a tested alternative is an assertion.',
      }),
    ),
  ],
];

/** What nobody said of acquired exhibits; those that lack the same stand together. A derived one has its parent's story. */
function acquisition(evidence: Report['evidence']): readonly Missing[] {
  const acquired = evidence.filter((item) => item.parent === undefined);
  const alike = new Map<string, string[]>();
  for (const item of acquired) {
    const lacking = [
      ['person', item.acquisition.person],
      ['time', item.acquisition.at],
      ['place', item.acquisition.place],
      ['method', item.acquisition.method],
      ['host', item.system.host],
      ['engine version', item.system.version],
      ['audit policy', item.system.policy],
    ].flatMap(([name, value]) => (absent(value ?? '') ? [name] : []));
    if (lacking.length > 0)
      alike.set(lacking.join(', '), [...(alike.get(lacking.join(', ')) ?? []), item.id]);
  }
  return [
    ...[...alike].map(([lacking, ids]) => ({
      field: `${ids.join(', ')}: ${lacking}`,
      why: 'How the file was acquired, and what the system was set to write, was not stated at intake.',
    })),
    ...acquired
      .filter((item) => item.acquisition.providerDigest === 'differs')
      .map((item) => ({
        field: `${item.id}: matching provider digest`,
        why: 'The digest that came with the file is another one: it was changed before it arrived, or the digest is of another file.',
      })),
  ];
}

function reading(item: Report['evidence'][number], evidence: Report['evidence']): readonly Missing[] {
  const rejected = item.ranges
    .filter((range) => range.kind === 'rejected')
    .reduce((sum, range) => sum + range.bytes.value, 0);
  const read = isRead(item, evidence);
  return [
    ...(read
      ? []
      : [
          {
            field: `${item.id}: records`,
            why: 'The file could not be read as records; nothing in it was examined.',
          },
        ]),
    ...(rejected > 0
      ? [
          {
            field: `${item.id}: ${rejected} bytes`,
            why: 'They could not be read as records; look at them by hand.',
          },
        ]
      : []),
    ...(item.zone.basis === 'assumed UTC'
      ? [{ field: `${item.id}: zone of its stamps`, why: 'UTC was assumed; nobody said so.' }]
      : []),
  ];
}

/** A compressed file is read as the exhibit that was derived from it, a copy as the exhibit that has the same bytes. */
function isRead(item: Report['evidence'][number], evidence: Report['evidence']): boolean {
  return evidence.some(
    (other) =>
      (other.state === 'imported' && (other.id === item.id || other.blocks.root === item.blocks.root)) ||
      (other.parent === item.id && isRead(other, evidence)),
  );
}

/** One line for all of a kind, or none. */
function named(labels: readonly string[], say: (labels: string) => Missing): readonly Missing[] {
  return labels.length === 0 ? [] : [say(labels.join(', '))];
}

/** `entries 0–3, 7`: runs of numbers, for people. */
function entries(seqs: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const seq of seqs) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] === seq - 1) last[1] = seq;
    else runs.push([seq, seq]);
  }
  return `ledger ${seqs.length === 1 ? 'entry' : 'entries'} ${runs.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(', ')}`;
}
