import { existsSync } from 'node:fs';
import { loadRules } from '@dbwitness/shared/sigma/load-rules.ts';
import { mapRules } from '@dbwitness/shared/sigma/mappings/map-rules.ts';
import type { RuleSet } from '@dbwitness/shared/sigma/rule.ts';
import { namedMappings } from '../engine/detection/mapping-files.ts';
import { type Option, UsageError } from './command.ts';
import { errorLines } from './error-lines.ts';
import { readRuleSources } from './lint/rule-sources.ts';
import type { Terminal } from './terminal.ts';

/** How the fields of rules are translated: an option of `match` and `convert`. */
export const MAPPING_OPTION = {
  mapping: {
    type: 'string',
    multiple: true,
    value: 'NAME',
    help: 'translates field names of rules: ecs, ocsf, otel, postgresql, mysql, mssql or oracle to the fields of the event; or a pySigma pipeline file',
  },
} as const satisfies Readonly<Record<string, Option>>;

/** The rules below the paths; what could not be read is told, and the others run. */
export async function readRuleSet(
  paths: readonly string[],
  terminal: Terminal,
  mappings: readonly string[] = [],
): Promise<{ readonly rules: RuleSet; readonly failed: boolean }> {
  const files: { readonly name: string; readonly text: string }[] = [];
  let failed = false;
  for (const path of paths) {
    if (!existsSync(path)) throw new UsageError(`there is no file or folder ${path}.`);
    const found = await readRuleSources(path);
    for (const refused of found.refused) terminal.note(errorLines(refused).join('\n'));
    failed ||= found.refused.length > 0;
    files.push(...found.rules);
  }
  const { value: rules, problems } = loadRules(files);
  // Faults of a rule are told with what became of it. Nothing becomes of a faulty filter: rules run as if it were not there.
  const told = new Set(rules.rules.flatMap(({ faults }) => faults));
  for (const found of problems) {
    if (found.severity !== 'error' || told.has(found)) continue;
    failed = true;
    terminal.note(errorLines(found).join('\n'));
  }
  return { rules: mapRules(rules, await namedMappings(mappings)), failed };
}
