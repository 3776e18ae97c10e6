/**
 * Offsets in minutes of the zone abbreviations that mean one thing. An abbreviation that different zones use with
 * different offsets (IST, CST, EST, BST, …) is not here: guessing would move events by hours.
 */
export const ZONE_ABBREVIATIONS: ReadonlyMap<string, number> = new Map([
  ['UTC', 0],
  ['GMT', 0],
  ['UCT', 0],
  ['Z', 0],
  ['Zulu', 0],
  ['WET', 0],
  ['WEST', 60],
  ['CET', 60],
  ['CEST', 120],
  ['MET', 60],
  ['MEST', 120],
  ['EET', 120],
  ['EEST', 180],
  ['MSK', 180],
  ['SAST', 120],
  ['CAT', 120],
  ['EAT', 180],
  ['WAT', 60],
  ['PKT', 300],
  ['WIB', 420],
  ['WITA', 480],
  ['WIT', 540],
  ['HKT', 480],
  ['JST', 540],
  ['KST', 540],
  ['AWST', 480],
  ['ACST', 570],
  ['ACDT', 630],
  ['AEST', 600],
  ['AEDT', 660],
  ['NZST', 720],
  ['NZDT', 780],
  ['HST', -600],
  ['AKST', -540],
  ['AKDT', -480],
  ['PDT', -420],
  ['MDT', -360],
  ['NST', -210],
  ['NDT', -150],
]);

/** Abbreviations that are in use for more than one offset. */
export const AMBIGUOUS_ABBREVIATIONS: ReadonlySet<string> = new Set([
  'IST',
  'CST',
  'CDT',
  'EST',
  'EDT',
  'MST',
  'PST',
  'BST',
  'AST',
  'ADT',
  'SST',
  'GST',
  'AMT',
  'ECT',
  'WST',
  'IDT',
]);

/** Minutes east of UTC of `+HH`, `+HHMM`, `+HH:MM` (or `-`), or undefined. */
export function numericOffset(text: string): number | undefined {
  const match = /^([+-])(\d{2})(?::?(\d{2}))?$/.exec(text);
  if (match === null) return undefined;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  if (minutes > 16 * 60) return undefined;
  return match[1] === '-' ? -minutes : minutes;
}
