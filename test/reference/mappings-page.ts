import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FIELDS } from '@dbwitness/shared/events/fields.ts';
import type { Pipeline } from '@dbwitness/shared/sigma/mappings/pipeline.ts';
import { readPipeline } from '@dbwitness/shared/sigma/mappings/read-pipeline.ts';

const folder = resolve(dirname(fileURLToPath(import.meta.url)), '../../shared/content/mappings');

function mappings(): readonly Pipeline[] {
  return readdirSync(folder)
    .sort()
    .map((name) => readPipeline(name, readFileSync(join(folder, name), 'utf8')).value);
}

/** Name there → names here. */
function namesIn({ transformations }: Pipeline): ReadonlyMap<string, readonly string[]> {
  return new Map(
    transformations.flatMap((made) => (made.type === 'field_name_mapping' ? [...made.mapping] : [])),
  );
}

/** Every mapping that ships, as tables. */
export function mappingsPage(made: string): string {
  const table = (pipeline: Pipeline) => [
    `## ${pipeline.taxonomies?.[0] ?? pipeline.file}`,
    '',
    `${pipeline.name}.`,
    '',
    '| field there | field of the event |',
    '|---|---|',
    ...[...namesIn(pipeline)].map(
      ([there, here]) => `| \`${there}\` | ${here.map((name) => `\`${name}\``).join(', ')} |`,
    ),
    '',
    ...valuesIn(pipeline),
  ];
  return [
    '# Field mappings',
    '',
    made,
    '',
    'Rules that say `taxonomy: ecs` and the like are read in these names. The files stand in `shared/content/mappings`; the same as data: [database-taxonomy.json](database-taxonomy.json).',
    '',
    ...mappings().flatMap(table),
  ].join('\n');
}

function valuesIn({ transformations }: Pipeline): readonly string[] {
  return transformations.flatMap((made) =>
    made.type === 'map_string'
      ? [
          `Values of ${[...(made.fields?.names ?? [])].map((name) => `\`${name}\``).join(', ')}: ${[...made.mapping].map(([there, here]) => `\`${there}\` is ${here.map((value) => `\`${value}\``).join(', ')}`).join('; ')}.`,
          '',
        ]
      : [],
  );
}

/** One taxonomy over all sources (SIGMA D1): each field of the event with its type, its meaning and its names elsewhere. */
export function databaseTaxonomy(): string {
  const elsewhere = mappings().map(
    (pipeline) => [pipeline.taxonomies?.[0] ?? '', namesIn(pipeline)] as const,
  );
  const fields = FIELDS.map(({ name, type, meaning }) => ({
    name,
    type,
    meaning,
    names: Object.fromEntries(
      elsewhere.flatMap(([taxonomy, names]) => {
        const there = [...names].filter(([, here]) => here.includes(name)).map(([from]) => from);
        return there.length === 0 ? [] : [[taxonomy, there]];
      }),
    ),
  }));
  const logsource = { category: 'database', products: ['postgresql', 'mysql', 'mariadb', 'mssql', 'oracle'] };
  const text = JSON.stringify({ title: 'Events of databases', logsource, fields }, undefined, 2);
  // Lists of names stand on one line, as the formatter has them.
  return `${text.replace(/\[\s+("[^\]]*")\s+\]/g, (_, names: string) => `[${names.replace(/\n\s+/g, ' ')}]`)}\n`;
}
