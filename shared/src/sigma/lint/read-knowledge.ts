import { type Parsed, type Problem, problem } from '../../text/problem.ts';
import type {
  AttackKnowledge,
  D3fendKnowledge,
  Knowledge,
  KnownLogSource,
  Replacement,
  TaxonomyKnowledge,
} from './lint-context.ts';
import { LINT_PROBLEMS } from './problem-table.ts';

/** The texts of the files in `content/knowledge`, or of newer ones in the same form. */
export interface KnowledgeFiles {
  readonly attack: string;
  readonly d3fend: string;
  readonly taxonomy: string;
}

/** Reads the knowledge files. One that is not of its form is a problem and counts as empty. */
export function readKnowledge(files: KnowledgeFiles): Parsed<Knowledge> {
  const problems: Problem[] = [];
  const read = (name: keyof KnowledgeFiles): Json => {
    const json = parsed(files[name]);
    if (json?.knowledge === name) return json;
    const detail = json === undefined ? 'it is no JSON object.' : `“knowledge” should be “${name}”.`;
    problems.push(problem(LINT_PROBLEMS, 'lint/knowledge', { name, detail }));
    return {};
  };
  const value = {
    attack: readAttack(read('attack')),
    d3fend: readD3fend(read('d3fend')),
    taxonomy: readTaxonomy(read('taxonomy')),
  };
  return { value, problems };
}

type Json = Readonly<Record<string, unknown>>;

function parsed(text: string): Json | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return isObject(json) ? json : undefined;
  } catch {
    // What is wrong with it, the caller says.
    return undefined;
  }
}

function readAttack(json: Json): AttackKnowledge {
  const names = table(json.names);
  const techniques = table(json.techniques);
  return {
    version: text(json.version),
    tactics: new Set(list(json.tactics)),
    techniques: mapped(techniques, list),
    names,
    others: new Set(list(json.others)),
    revoked: mapped(table(json.revoked), (id): Replacement => {
      return { id, name: names.get(id) ?? '', tactics: list(techniques.get(id)) };
    }),
  };
}

function readD3fend(json: Json): D3fendKnowledge {
  return {
    version: text(json.version),
    tactics: new Set(list(json.tactics)),
    techniques: new Set(list(json.techniques)),
    artefacts: new Set(list(json.artefacts)),
  };
}

function readTaxonomy(json: Json): TaxonomyKnowledge {
  const redundant = table(json.redundant);
  return {
    logsources: new Map(
      [...table(json.logsources)].map(([key, fields]): [string, KnownLogSource] => [
        key,
        { fields: new Set(list(fields)), redundant: new Set(list(redundant.get(key))) },
      ]),
    ),
    categoriesWithEventId: new Set(list(json.categoriesWithEventId)),
    providers: mapped(table(json.providers), list),
    prefixes: table(json.prefixes),
  };
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Names divided by blanks: how the files write lists. */
function list(value: unknown): readonly string[] {
  return text(value)
    .split(' ')
    .filter((name) => name !== '');
}

function table(value: unknown): ReadonlyMap<string, string> {
  return new Map(Object.entries(isObject(value) ? value : {}).map(([key, known]) => [key, text(known)]));
}

function mapped<T>(from: ReadonlyMap<string, string>, make: (value: string) => T): ReadonlyMap<string, T> {
  return new Map([...from].map(([key, value]) => [key, make(value)]));
}
