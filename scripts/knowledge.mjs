// node scripts/knowledge.mjs FOLDER: makes shared/content/knowledge from the public sources that lie in FOLDER or below it.
// Only facts are taken (ids, names, which belongs to which), in a form of our own; each file names its source and licence.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error('Usage: node scripts/knowledge.mjs FOLDER');
  process.exit(2);
}
const output = fileURLToPath(new URL('../shared/content/knowledge/', import.meta.url));
const paths = readdirSync(folder, { recursive: true }).map((path) => join(folder, String(path)));

/** The file of that name, wherever in the folder it is. */
function find(name) {
  return paths.find((candidate) => basename(candidate) === name);
}

function source(name) {
  const path = find(name);
  return path === undefined ? undefined : JSON.parse(readFileSync(path, 'utf8'));
}

/** Lists are one text, divided by blanks: a newer version shows in a diff as the lines that it changed. */
function write(name, content) {
  writeFileSync(join(output, `${name}.json`), `${JSON.stringify(content, null, 2)}\n`);
  console.log(`wrote ${name}.json`);
}

function list(names) {
  const spaced = names.find((name) => /\s/.test(name));
  if (spaced !== undefined) throw new Error(`a blank in the name ${spaced}`);
  return [...new Set(names)].sort().join(' ');
}

const byKey = (entries) => Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));

function attack() {
  const known = source('attack_offline.json');
  const revoked = source('attack_revoked.json');
  if (known === undefined || revoked === undefined) return;
  const lower = (table) => Object.keys(table).map((id) => id.toLowerCase());
  write('attack', {
    knowledge: 'attack',
    version: known.mitre_attack_version.split(' ')[0],
    source: `MITRE ATT&CK Enterprise ${known.mitre_attack_version}`,
    licence:
      '© The MITRE Corporation. This work is reproduced and distributed with the permission of The MITRE Corporation.',
    tactics: list(Object.values(known.mitre_attack_tactics)),
    others: list([
      ...lower(known.mitre_attack_intrusion_sets),
      ...lower(known.mitre_attack_software),
      ...lower(known.mitre_attack_mitigations),
      ...lower(known.mitre_attack_datasources),
    ]),
    names: byKey(
      Object.entries(known.mitre_attack_techniques).map(([id, technique]) => [id.toLowerCase(), technique]),
    ),
    techniques: byKey(
      Object.entries(known.mitre_attack_techniques_tactics_mapping).map(([id, tactics]) => [
        id.toLowerCase(),
        list(tactics),
      ]),
    ),
    revoked: byKey(
      Object.entries(revoked.revoked).map(([id, { replaced_by: by }]) => [
        id.toLowerCase(),
        by.toLowerCase(),
      ]),
    ),
  });
}

/** The source of the D3FEND ontology (Turtle), where it is there; else the tactics alone. */
function d3fend() {
  const path = find('d3fend-protege.ttl');
  const techniques = [];
  const parents = new Map();
  let subject = '';
  let inParents = false;
  for (const line of path === undefined ? [] : readFileSync(path, 'utf8').split('\n')) {
    subject = /^:([\w-]+) a\b/.exec(line)?.[1] ?? subject;
    const id = /^\s+:d3fend-id "(D3-\w+)"/.exec(line)?.[1];
    if (id !== undefined) techniques.push(id.toLowerCase());
    if (/^\s+rdfs:subClassOf\b/.test(line)) inParents = true;
    const parent = inParents ? /^\s+(?:rdfs:subClassOf )?:([\w-]+) ?[,;.]$/.exec(line)?.[1] : undefined;
    if (parent !== undefined) parents.set(subject, [...(parents.get(subject) ?? []), parent]);
    if (/[;.]$/.test(line)) inParents = false;
  }
  const isArtefact = (name, seen = new Set()) =>
    name === 'DigitalArtifact' ||
    (!seen.has(name) && (parents.get(name) ?? []).some((parent) => isArtefact(parent, seen.add(name))));
  write('d3fend', {
    knowledge: 'd3fend',
    version: path === undefined ? 'tactics only' : 'source of the ontology',
    source: 'MITRE D3FEND',
    licence: '© The MITRE Corporation, MIT licence.',
    tactics: 'deceive detect evict harden isolate model restore',
    techniques: list(techniques),
    artefacts: list([...parents.keys()].filter((name) => isArtefact(name))),
  });
}

function taxonomy() {
  const known = source('sigmahq_taxonomy.json');
  const names = source('sigmahq_filename.json');
  const windows = source('sigmahq_windows_validator.json');
  if (known === undefined || names === undefined || windows === undefined) return;
  const key = ({ product, category, service }) => `${product ?? ''}|${category ?? ''}|${service ?? ''}`;
  write('taxonomy', {
    knowledge: 'taxonomy',
    version: known.version,
    source: `Sigma specification, appendix taxonomy (public domain); names of log sources, fields, providers and file prefixes as SigmaHQ lists them (taxonomy ${known.version}, file names ${names.version}, Windows ${windows.version})`,
    licence: 'Facts in a form of our own; see NOTICE.',
    logsources: byKey(
      Object.values(known.taxonomy).map(({ logsource, field }) => [
        key(logsource),
        list([...field.native, ...field.custom]),
      ]),
    ),
    redundant: byKey(
      Object.values(known.taxonomy)
        .filter(({ field }) => field.redundant.length > 0)
        .map(({ logsource, field }) => [key(logsource), list(field.redundant)]),
    ),
    categoriesWithEventId: list(windows.category_no_eventid),
    providers: byKey(
      Object.entries(windows.category_provider_name).map(([category, providers]) => [
        key({ product: 'windows', category }),
        list(providers),
      ]),
    ),
    prefixes: byKey(Object.values(names.pattern).map(({ logsource, prefix }) => [key(logsource), prefix])),
  });
}

attack();
d3fend();
taxonomy();
