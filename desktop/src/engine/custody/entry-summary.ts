import type { Act } from '@dbwitness/shared/evidence/acts.ts';
import type { LedgerEntry } from '@dbwitness/shared/evidence/ledger-entry.ts';

/** Sentences by act; `{name}` takes a member of the body, `{object}` what was acted on. */
const SENTENCES: Readonly<Record<Act, string>> = {
  'case.open': 'The case was opened.',
  'case.close': 'The case was closed.',
  'case.header': 'The case’s header was written: name, purpose, authority.',
  'settings.change': 'Setting {setting} was changed from {old} to {new}.',
  'tool.change': 'The program was changed from {old} to {new}.',
  'exhibit.register': '{object} was registered: {length} bytes, SHA-256 {sha256}.',
  'exhibit.verify': '{object} was hashed again: {result}.',
  'exhibit.derive': '{object} was derived from {parent} by {derivation}: {length} bytes, SHA-256 {sha256}.',
  'exhibit.import': '{object} was read as {format} by {parser}.',
  'exhibit.refuse': 'A file was refused: {reason}.',
  'custody.transfer': '{object} went from {from} to {to}; condition: {condition}.',
  'custody.checkout': '{object} was handed out to {to}; condition: {condition}.',
  'custody.checkin': '{object} came back from {from}; condition: {condition}.',
  'change.unavoidable': 'An unavoidable change: {what}, because {why}; responsible: {person}.',
  'time.offset.set': 'The clock offset of {object} was set from {old} to {new} ms, by {method}.',
  'time.zone.set': 'The zone of {object} was set from {old} to {new}, by {method}.',
  'policy.attach': 'A policy or estate file was attached for {scope}: SHA-256 {digest}.',
  'rules.load': '{rules} rule files were loaded: SHA-256 {digest}.',
  'rules.run': 'The rules were run over {rowsRead} events: {hits} findings.',
  'query.run': 'A query was run: {rows} rows.',
  'finding.add': 'Finding {finding} was added.',
  'finding.change': 'Finding {finding} was changed from {old} to {new}.',
  'finding.remove': 'Finding {finding} was removed.',
  'bookmark.add': 'A bookmark was set.',
  'bookmark.remove': 'A bookmark was removed.',
  'tag.add': 'Tag {tag} was put on records.',
  'tag.remove': 'Tag {tag} was taken off records.',
  'note.add': 'A note was written.',
  'note.change': 'A note was changed.',
  'note.remove': 'A note was removed.',
  'story.add': 'Story {story} was written.',
  'story.change': 'Story {story} was changed.',
  'story.remove': 'Story {story} was removed.',
  'record.view': 'Record {record} was looked at.',
  'playback.open': 'The playback of session {session} was opened.',
  'export.begin': 'An export was begun: {what} to a {destination}.',
  'export.done': 'An export was finished: {what} to a {destination}, digest {digest}, verified as {verdict}.',
  'export.failed': 'An export failed: {what}: {reason}.',
  seal: 'The case was sealed as package {package}, number {sequence}.',
  'package.open': 'Package {package} was opened: {verdict}.',
  'hold.set': 'A legal hold was set: {reason}.',
  'hold.release': 'The legal hold was released: {reason}.',
  redact: 'Package {package} was redacted: {reason}.',
  amend: 'Package {package} was amended: {reason}.',
  'key.rotate': 'The key {old} was replaced by {new}.',
  'key.revoke': 'The key {key} was revoked: {reason}.',
  'identity.unlock': 'The identity with key {key} was unlocked.',
  'identity.lock': 'The identity with key {key} was locked.',
  'ledger.adopt': 'Entries {from} to {to}, written unsigned, were adopted.',
  'ledger.recovered': 'A torn last line of {length} bytes was moved aside after a crash.',
};

/** What an entry says, in a sentence. Values stand as they are: the view neutralises them. */
export function summarise(entry: LedgerEntry): string {
  const body = entry.body as Readonly<Record<string, unknown>>;
  return SENTENCES[entry.act].replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = name === 'object' ? entry.object.join(', ') : body[name];
    return typeof value === 'object' ? JSON.stringify(value) : String(value ?? '–');
  });
}
