/** What a message of log_statement, log_duration or log_min_duration_statement tells. */
export interface LoggedStatement {
  /** The message without the statement text: `duration: 0.067 ms  bind <unnamed>`. */
  readonly head: string;
  readonly statement?: string;
  readonly durationMs?: number;
  /** The step of the extended protocol; `statement` for a plain query, `plan` for auto_explain. */
  readonly step?: 'statement' | 'parse' | 'bind' | 'execute' | 'fetch' | 'plan';
}

const DURATION = /^duration: (\d{1,15}(?:\.\d{1,6})?) ms(?: {2}|$)/;

/** Cuts `duration: … ms  execute name: …`, `statement: …` and their like; undefined for other messages. */
export function loggedStatement(message: string): LoggedStatement | undefined {
  const duration = message.startsWith('duration: ') ? DURATION.exec(message) : null;
  const from = duration === null ? 0 : duration[0].length;
  const time = duration === null ? {} : { durationMs: Number(duration[1]) };
  if (duration !== null && from === message.length) return { head: message, ...time };
  for (const step of ['statement', 'parse', 'bind', 'execute', 'plan'] as const) {
    if (!message.startsWith(step, from)) continue;
    const rest = from + step.length;
    const named = step === 'parse' || step === 'bind' || step === 'execute';
    if (message.charCodeAt(rest) !== (named ? 32 : 58)) return undefined;
    const colon = named ? message.indexOf(':', rest) : rest;
    if (colon === -1) return undefined;
    const head = message.slice(0, colon);
    const text =
      message.charCodeAt(colon + 1) === 32 || step === 'plan'
        ? message.slice(colon + 2)
        : message.slice(colon + 1);
    const kind = step === 'execute' && message.startsWith(' fetch from ', rest) ? 'fetch' : step;
    return { head, statement: text, ...time, step: kind };
  }
  return undefined;
}

/**
 * The values of `parameters: $1 = 'O''Brien', $2 = NULL` (`Parameters:` in later versions), or undefined where the
 * text is not wholly such a list. NULL stays the word NULL.
 */
export function parametersOf(detail: string): readonly string[] | undefined {
  if (!/^parameters: /i.test(detail)) return undefined;
  const values: string[] = [];
  for (let at = 12; at < detail.length; ) {
    const head = /^\$\d{1,5} = /.exec(detail.slice(at, at + 10));
    if (head === null) return undefined;
    at += head[0].length;
    if (detail.charAt(at) === "'") {
      let value = '';
      for (;;) {
        const quote = detail.indexOf("'", at + 1);
        if (quote === -1) return undefined;
        value += detail.slice(at + 1, quote);
        at = quote + 1;
        if (detail.charAt(at) !== "'") break;
        value += "'";
      }
      values.push(value);
      if (detail.startsWith('...', at)) at += 3; // log_parameter_max_length cut it.
    } else {
      const comma = detail.indexOf(', ', at);
      const end = comma === -1 ? detail.length : comma;
      values.push(detail.slice(at, end));
      at = end;
    }
    if (at < detail.length && !detail.startsWith(', ', at)) return undefined;
    at += 2;
  }
  return values;
}
