import { existsSync } from 'node:fs';
import { formatRules } from '@dbwitness/shared/sigma/format/format-rules.ts';
import type { Problem } from '@dbwitness/shared/text/problem.ts';
import { type Command, UsageError } from '../command.ts';
import { errorLines } from '../error-lines.ts';
import { type RuleSource, readRuleSources } from '../lint/rule-sources.ts';
import { refusalOf, writeOver } from '../lint/write-over.ts';

export const fmtCommand: Command = {
  name: 'fmt',
  summary: 'Lay Sigma rules out as public rules are, without a change of meaning.',
  usage: 'PATH…',
  arity: [1, Number.POSITIVE_INFINITY],
  options: {
    check: { type: 'boolean', help: 'write nothing; exit code 1 when a file would change' },
  },
  examples: ['dbwitness fmt rules', 'dbwitness fmt rules --check'],
  async run(input, terminal) {
    const check = input.on('check');
    for (const path of input.positionals) {
      if (!existsSync(path)) throw new UsageError(`there is no file or folder ${path}.`);
    }
    const changed: string[] = [];
    const problems: Problem[] = [];
    const sources = new Map<string, RuleSource>();
    let refused = false;
    for (const path of input.positionals) {
      const found = await readRuleSources(path);
      for (const error of found.refused) terminal.note(errorLines(error).join('\n'));
      refused ||= found.refused.length > 0;
      for (const source of found.rules) sources.set(source.path, source);
    }
    for (const { name, path, text } of sources.values()) {
      terminal.signal.throwIfAborted();
      const made = formatRules(name, text);
      if ('problems' in made) {
        problems.push(...made.problems);
        for (const problem of made.problems) terminal.note(errorLines(problem).join('\n'));
      } else if (made.text !== text) {
        if (!check) {
          const refusal = await writeOver(path, made.text).catch(refusalOf);
          if (refusal !== undefined) {
            const { code, message } = refusal;
            terminal.note(errorLines(refusal).join('\n'));
            problems.push({ severity: 'error', code, message, at: { file: name } });
            continue;
          }
        }
        changed.push(name);
        terminal.line(check ? `${name} would change` : name);
      }
    }
    const left = new Set(problems.map(({ at }) => at?.file)).size;
    terminal.line(
      `${sources.size} ${sources.size === 1 ? 'file' : 'files'}, ${changed.length} ${check ? 'would change' : 'changed'}, ${left} left as they are.`,
    );
    terminal.value({ files: sources.size, changed, problems, written: !check });
    if (refused || problems.length > 0) return 3;
    return check && changed.length > 0 ? 1 : 0;
  },
};
