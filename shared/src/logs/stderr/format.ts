import type { LogFormat, Recognition } from '../log-format.ts';
import { readSample } from '../sample-reading.ts';
import { StderrReader } from './stderr-reader.ts';

/** PostgreSQL server log on stderr, any `log_line_prefix` (FORMATS.md 1, 17), pgAudit records included. */
export const stderr: LogFormat = {
  id: 'stderr',
  title: 'PostgreSQL server log (stderr)',
  product: 'postgresql',
  docs: 'stderr',
  continuity: 'session_seq',
  dialect: 'postgresql',
  recognise(sample, text): Recognition {
    let prefix: string | undefined;
    const { own, share } = readSample(sample, () => {
      const reader = new StderrReader({ text }, 1);
      return {
        reader,
        own: () => {
          prefix ??= reader.own > 0 ? reader.prefix : undefined;
          return reader.own;
        },
      };
    });
    if (own === 0 || prefix === undefined) {
      return { confidence: 'no', score: 0, because: 'no line with a prefix and a severity in the sample' };
    }
    const percent = Math.round(share * 100);
    return {
      // Text that anybody can write: never certain (FORMATS.md, recognition).
      confidence: own > 1 && share >= 0.5 ? 'strong' : 'weak',
      score: Math.max(1, Math.round(share * 95)),
      because: `${own} ${own === 1 ? 'line' : 'lines'} with log_line_prefix "${prefix}" and a severity; ${percent} % of the sample reads`,
      settings: { linePrefix: prefix },
    };
  },
  open: (options) => new StderrReader(options),
};
