import { keywordEnd } from './line-prefix.ts';

/**
 * Works out a `log_line_prefix` from lines of a file: values that have a shape (time, session id, address) or a label
 * (`user=`) become escapes, everything else stays literal, and the form that most lines share wins. Undefined where no
 * form is shared by a third of the lines that have a severity.
 */
export function inferPrefix(lines: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  let counted = 0;
  let ports = false;
  for (const line of lines) {
    const at = keywordStart(line);
    if (at === -1) continue;
    counted++;
    const left = line.slice(0, at);
    ports ||= /[\d\]a-f]\(\d{1,5}\)/.test(left);
    const form = generalised(left);
    counts.set(form, (counts.get(form) ?? 0) + 1);
  }
  let best = '';
  let bestCount = 0;
  for (const [form, count] of counts) {
    // A form with a user tells more than the shorter one of background processes.
    if (count > bestCount || (count === bestCount && form.length > best.length)) {
      best = form;
      bestCount = count;
    }
  }
  if (bestCount === 0 || bestCount * 3 < counted || !/%[mtnpc]/.test(best)) return undefined;
  // Digits that stayed literal are values of something unknown: the form would fit these lines only.
  if (/\d\d|^\{/.test(best)) return undefined;
  const whole = withStop(best, counts);
  return ports ? whole : whole.replaceAll('%r', '%h');
}

/** Background processes stop at `%q`: a form that another continues tells where it stands. */
function withStop(best: string, counts: ReadonlyMap<string, number>): string {
  for (const [form, count] of counts) {
    if (count < 1 || form === best || form === '') continue;
    if (best.startsWith(form)) return `${form}%q${best.slice(form.length)}`;
    if (form.startsWith(best) && form.includes('%u')) return `${best}%q${form.slice(best.length)}`;
  }
  return best;
}

/** Where the first severity keyword of the line stands, or -1. Keywords follow a blank or a mark, never a letter. */
function keywordStart(line: string): number {
  const limit = Math.min(line.length, 512);
  for (
    let colon = line.indexOf(':  ');
    colon !== -1 && colon < limit;
    colon = line.indexOf(':  ', colon + 1)
  ) {
    let at = colon;
    while (at > 0 && /[\p{Lu}\d]/u.test(line.charAt(at - 1))) at--;
    if (at < colon && keywordEnd(line, at) !== -1) return at;
  }
  return -1;
}

interface Shape {
  readonly shape: RegExp;
  readonly becomes: (match: RegExpExecArray, used: ReadonlySet<string>) => string;
}

const SHAPES: readonly Shape[] = [
  {
    shape: /\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{3})? (?:[A-Za-z]{1,10}|[+-]\d{2}(?:\d{2})?(?!\d))/y,
    becomes: (match, used) =>
      match[1] === undefined ? (used.has('m') || used.has('t') ? '%s' : '%t') : '%m',
  },
  { shape: /\d{10}\.\d{3}(?!\d)/y, becomes: () => '%n' },
  { shape: /[0-9a-f]{6,16}\.[0-9a-f]{1,8}(?![0-9a-f.])/y, becomes: () => '%c' },
  { shape: /((?:user|usr|username)=)(?:\[unknown\]|[^,|\]\s]{0,128})/y, becomes: (match) => `${match[1]}%u` },
  {
    shape: /((?:db|database|dbname)=)(?:\[unknown\]|[^,|\]\s]{0,128})/y,
    becomes: (match) => `${match[1]}%d`,
  },
  {
    shape:
      /((?:app|appli|application|application_name)=)(?:\[unknown\]|[^,|\]]{0,128}?)(?=,|\||\]|\s\w{1,12}=|\s*$)/y,
    becomes: (match) => `${match[1]}%a`,
  },
  {
    shape: /((?:client|host|remote|ip|from)=)(?:\[local\]|[^,|\]\s]{0,128})/y,
    becomes: (match) => `${match[1]}%r`,
  },
  { shape: /((?:pid)=)\d{1,10}/y, becomes: (match) => `${match[1]}%p` },
  { shape: /((?:line)=)\d{1,10}/y, becomes: (match) => `${match[1]}%l` },
  { shape: /((?:xid|txid|tx)=)\d{1,10}/y, becomes: (match) => `${match[1]}%x` },
  { shape: /((?:queryid|query_id)=)-?\d{1,20}/y, becomes: (match) => `${match[1]}%Q` },
  { shape: /((?:sqlstate|code|error|err)=)[0-9A-Z]{5}(?![0-9A-Z])/y, becomes: (match) => `${match[1]}%e` },
  { shape: /\[\d{1,10}-(\d)\]/y, becomes: (match) => `[%l-${match[1]}]` },
  {
    shape: /(?:\[local\]|\d{1,3}(?:\.\d{1,3}){3}(?:\(\d{1,5}\))?|[0-9a-f]{0,4}:[0-9a-f:]{2,37}\(\d{1,5}\))/y,
    becomes: () => '%r',
  },
  { shape: /\d{1,7}\/\d{1,10}/y, becomes: () => '%v' },
  { shape: /(?<![\w.-])[\w.$-]{0,63}@[\w.$-]{0,63}/y, becomes: () => '%u@%d' },
  {
    shape: /\d{1,10}(?![\w.])/y,
    becomes: (match, used) => (used.has('p') ? (used.has('x') ? match[0] : '%x') : '%p'),
  },
];

function generalised(left: string): string {
  let form = '';
  const used = new Set<string>();
  for (let at = 0; at < left.length; ) {
    let taken = 0;
    const inWord = at > 0 && /\w/.test(left.charAt(at - 1)) && /\w/.test(left.charAt(at));
    for (const { shape, becomes } of inWord ? [] : SHAPES) {
      shape.lastIndex = at;
      const match = shape.exec(left);
      if (match === null || match[0] === '') continue;
      const escaped = becomes(match, used);
      for (const letter of escaped.matchAll(/%(\w)/g)) used.add(letter[1] ?? '');
      form += escaped;
      taken = match[0].length;
      break;
    }
    if (taken === 0) form += left.charAt(at) === '%' ? '%%' : left.charAt(at);
    at += Math.max(taken, 1);
  }
  return form;
}
