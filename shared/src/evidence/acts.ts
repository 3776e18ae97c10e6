import type { Json, JsonObject } from './canonical-json.ts';

/**
 * Every act that a ledger can hold, with what its body must say (EVIDENCE §5). Closed: a new act is a new profile version.
 * Free text, query text and values from evidence stand in a body file that the entry names as `detail` (see `ledger.ts`).
 */
export const ACTS = {
  'case.open': [],
  'case.close': [],
  'case.header': ['old', 'new'],
  'settings.change': ['setting', 'old', 'new'],
  'tool.change': ['old', 'new'],

  'exhibit.register': ['length', 'sha256', 'sha512'],
  'exhibit.verify': ['length', 'sha256', 'sha512', 'result'],
  'exhibit.derive': ['parent', 'derivation', 'length', 'sha256', 'sha512'],
  'exhibit.import': ['length', 'sha256', 'sha512', 'blocks', 'format', 'parser', 'options', 'counts'],
  'exhibit.refuse': ['reason'],

  'custody.transfer': ['from', 'to', 'condition', 'result'],
  'custody.checkout': ['to', 'condition', 'result'],
  'custody.checkin': ['from', 'condition', 'result'],
  'change.unavoidable': ['what', 'why', 'person'],

  'time.offset.set': ['old', 'new', 'method', 'confidence'],
  'time.zone.set': ['old', 'new', 'method', 'confidence'],

  'policy.attach': ['digest', 'scope'],
  'rules.load': ['digest', 'rules'],
  'rules.run': ['digest', 'rowsRead', 'hits', 'skipped', 'durationMs'],
  'query.run': ['sha256', 'allowed', 'rows', 'truncated', 'durationMs'],

  'finding.add': ['finding', 'new'],
  'finding.change': ['finding', 'old', 'new'],
  'finding.remove': ['finding', 'old'],
  'bookmark.add': ['records'],
  'bookmark.remove': ['records'],
  'tag.add': ['records', 'tag'],
  'tag.remove': ['records', 'tag'],
  'note.add': ['note'],
  'note.change': ['note'],
  'note.remove': ['note'],
  'story.add': ['story', 'new'],
  'story.change': ['story', 'old', 'new'],
  'story.remove': ['story', 'old'],
  'record.view': ['record'],
  'playback.open': ['session'],

  'export.begin': ['what', 'destination'],
  'export.done': ['what', 'destination', 'digest', 'verdict'],
  'export.failed': ['what', 'destination', 'reason'],
  seal: ['package', 'sequence', 'report', 'evidence', 'rules', 'policies', 'queries'],
  'package.open': ['package', 'verdict'],

  'hold.set': ['reason'],
  'hold.release': ['reason'],
  redact: ['package', 'reason'],
  amend: ['package', 'reason'],
  'key.rotate': ['old', 'new', 'newSig'],
  'key.revoke': ['key', 'reason'],
  'identity.unlock': ['key'],
  'identity.lock': ['key'],
  'ledger.adopt': ['from', 'to'],
  'ledger.recovered': ['length', 'sha256'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type Act = keyof typeof ACTS;

/** The body of an act: its required members, and whatever more there is to say. */
export type ActBody<A extends Act> = JsonObject & { readonly [Key in (typeof ACTS)[A][number]]: Json };

export function isAct(name: unknown): name is Act {
  return typeof name === 'string' && Object.hasOwn(ACTS, name);
}
