import type {
  AttackKnowledge,
  D3fendKnowledge,
  Knowledge,
  KnownLogSource,
  Replacement,
  TaxonomyKnowledge,
} from './lint-context.ts';

/** The texts of the files in `content/knowledge`, or of newer ones in the same form. */
export interface KnowledgeFiles {
  readonly attack: string;
  readonly d3fend: string;
  readonly taxonomy: string;
}

/** Reads the knowledge files. A file that is not of the form is refused with its name; what it lacks is empty. */
export function readKnowledge(files: KnowledgeFiles): Knowledge {
  return {
    attack: part('attack', files.attack, readAttack),
    d3fend: part('d3fend', files.d3fend, readD3fend),
    taxonomy: part('taxonomy', files.taxonomy, readTaxonomy),
  };
}

/** Thrown for a knowledge file that cannot be used: the person who put it there has to know. */
export class KnowledgeError extends Error {}

type Json = Readonly<Record<string, unknown>>;

function part<T>(name: string, text: string, read: (json: Json) => T): T {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new KnowledgeError(`The ${name} knowledge file is no JSON.`, { cause });
  }
  if (object(json).knowledge !== name)
    throw new KnowledgeError(`This is no ${name} knowledge file: "knowledge" should be "${name}".`);
  return read(object(json));
}

function readAttack(json: Json): AttackKnowledge {
  const techniques = Object.entries(object(json.techniques)).map(
    ([id, known]) => [id, object(known)] as const,
  );
  return {
    version: text(json.version),
    tactics: new Set(texts(json.tactics)),
    techniques: new Map(techniques.map(([id, known]) => [id, texts(known.tactics)])),
    names: new Map(techniques.map(([id, known]) => [id, text(known.name)])),
    others: new Set(texts(json.others)),
    revoked: new Map(
      Object.entries(object(json.revoked)).map(([id, replacement]): [string, Replacement] => {
        const known = object(object(json.techniques)[text(replacement)]);
        return [id, { id: text(replacement), name: text(known.name), tactics: texts(known.tactics) }];
      }),
    ),
  };
}

function readD3fend(json: Json): D3fendKnowledge {
  return {
    version: text(json.version),
    tactics: new Set(texts(json.tactics)),
    techniques: new Set(texts(json.techniques)),
    artefacts: new Set(texts(json.artefacts)),
  };
}

function readTaxonomy(json: Json): TaxonomyKnowledge {
  return {
    logsources: new Map(
      Object.entries(object(json.logsources)).map(([key, known]): [string, KnownLogSource] => [
        key,
        {
          fields: new Set(texts(object(known).fields)),
          redundant: new Set(texts(object(known).redundant)),
        },
      ]),
    ),
    categoriesWithEventId: new Set(texts(json.categoriesWithEventId)),
    providers: new Map(
      Object.entries(object(json.providers)).map(([key, providers]) => [key, texts(providers)]),
    ),
    prefixes: new Map(Object.entries(object(json.prefixes)).map(([key, prefix]) => [key, text(prefix)])),
  };
}

function object(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
