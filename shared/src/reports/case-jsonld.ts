import { evidenceJson, type JsonObject } from '../evidence/canonical-json.ts';
import { type UuidTools, uuid5 } from '../evidence/uuid5.ts';
import type { CustodyEntry, EvidenceItem, Report } from './report-model.ts';

const UCO = 'https://ontology.unifiedcyberontology.org/uco/';

const CONTEXT: JsonObject = {
  'case-investigation': 'https://ontology.caseontology.org/case/investigation/',
  'uco-action': `${UCO}action/`,
  'uco-core': `${UCO}core/`,
  'uco-identity': `${UCO}identity/`,
  'uco-observable': `${UCO}observable/`,
  'uco-tool': `${UCO}tool/`,
  'uco-types': `${UCO}types/`,
  'uco-vocabulary': `${UCO}vocabulary/`,
  xsd: 'http://www.w3.org/2001/XMLSchema#',
};

/** Acts that do something with evidence or to its meaning; opening a case or a note is none. */
const EVIDENTIAL = /^(exhibit|custody|change|time|rules|export|redact|seal|hold)(\.|$)/;

/**
 * `custody/case.jsonld`: the report's custody chain in CASE/UCO 1.4 (EVIDENCE §11), RFC 8785 text. Ids are version 5
 * UUIDs in the namespace of the case, so the same report gives the same bytes.
 */
export function caseJsonLd(report: Report, tools: UuidTools): string {
  const id = (name: string): string => `urn:uuid:${uuid5(report.identity.case.id, name, tools)}`;
  const acts = report.custody.entries.filter((entry) => EVIDENTIAL.test(entry.act));
  const known = new Map(report.evidence.map((item) => [item.id, item]));
  const graph = [
    authorization(report, id),
    tool(report, id),
    ...[...new Set([report.identity.examiner.name, ...acts.map((entry) => entry.actor)])].map((name) =>
      person(name, report, id),
    ),
    ...report.evidence.flatMap((item) => file(item, id)),
    ...actions(acts, known, id),
  ];
  return evidenceJson({ '@context': CONTEXT, '@graph': [investigation(report, graph, id), ...graph] });
}

type Name = (name: string) => string;
const ref = (id: string): JsonObject => ({ '@id': id });
const dateTime = (value: string): JsonObject => ({ '@type': 'xsd:dateTime', '@value': value });

function investigation(report: Report, graph: readonly JsonObject[], id: Name): JsonObject {
  return {
    '@id': id('investigation'),
    '@type': 'case-investigation:Investigation',
    'uco-core:name': report.identity.case.name,
    'uco-core:description': report.identity.title,
    'case-investigation:focus': report.identity.purpose,
    'case-investigation:investigationForm': 'case',
    'case-investigation:relevantAuthorization': ref(id('authorization')),
    'uco-core:object': graph.map((node) => ref(String(node['@id']))),
  };
}

function authorization(report: Report, id: Name): JsonObject {
  return {
    '@id': id('authorization'),
    '@type': 'case-investigation:Authorization',
    'case-investigation:authorizationIdentifier': report.identity.authority,
    'uco-core:description': `Requested by: ${report.identity.requester}`,
  };
}

function tool(report: Report, id: Name): JsonObject {
  return {
    '@id': id('tool'),
    '@type': 'uco-tool:Tool',
    'uco-core:name': report.method.tool.name,
    'uco-tool:version': `${report.method.tool.version}+${report.method.tool.commit}`,
  };
}

function person(name: string, report: Report, id: Name): JsonObject {
  const { examiner } = report.identity;
  const said =
    name === examiner.name
      ? [examiner.role, examiner.organisation].filter((part) => part !== '').join(', ')
      : '';
  return {
    '@id': id(`person/${name}`),
    '@type': 'uco-identity:Person',
    'uco-core:name': name,
    ...(said === '' ? {} : { 'uco-core:description': said }),
  };
}

function file(item: EvidenceItem, id: Name): readonly JsonObject[] {
  const node: JsonObject = {
    '@id': id(`file/${item.id}`),
    '@type': 'uco-observable:File',
    'uco-core:hasFacet': [
      {
        '@id': id(`file/${item.id}/facet`),
        '@type': 'uco-observable:FileFacet',
        'uco-observable:fileName': item.original.name,
        'uco-observable:sizeInBytes': { '@type': 'xsd:integer', '@value': String(item.original.bytes.value) },
      },
      {
        '@id': id(`file/${item.id}/content`),
        '@type': 'uco-observable:ContentDataFacet',
        'uco-observable:hash': item.digests.map(
          (digest): JsonObject => ({
            '@id': id(`file/${item.id}/${digest.algorithm}`),
            '@type': 'uco-types:Hash',
            'uco-types:hashMethod': {
              '@type': 'uco-vocabulary:HashNameVocab',
              '@value': digest.algorithm.replace('-', ''),
            },
            'uco-types:hashValue': { '@type': 'xsd:hexBinary', '@value': digest.acquired.toUpperCase() },
          }),
        ),
      },
    ],
  };
  return [
    item.parent === undefined
      ? node
      : { ...node, 'case-investigation:wasDerivedFrom': ref(id(`file/${item.parent}`)) },
  ];
}

/** Each act with, between it and the next on the same exhibit, a record of where the exhibit came from. */
function actions(
  acts: readonly CustodyEntry[],
  known: ReadonlyMap<string, EvidenceItem>,
  id: Name,
): readonly JsonObject[] {
  const latest = new Map<string, string>();
  let before: string | undefined;
  return acts.flatMap((act) => {
    const exhibits = act.object.flatMap((name) => known.get(name) ?? []);
    const inputs = exhibits.map((item) => latest.get(item.id) ?? id(`file/${item.id}`));
    const records = exhibits.map((item) => provenance(act, item, known, id));
    for (const [at, item] of exhibits.entries()) latest.set(item.id, String(records[at]?.['@id']));
    const action: JsonObject = {
      '@id': id(`action/${act.seq}`),
      '@type': 'case-investigation:InvestigativeAction',
      'uco-core:name': act.act,
      'uco-core:description': act.summary,
      'uco-action:startTime': dateTime(act.at.utc),
      'uco-action:endTime': dateTime(act.at.utc),
      'uco-action:performer': ref(id(`person/${act.actor}`)),
      'uco-action:instrument': [ref(id('tool'))],
      ...(inputs.length === 0
        ? {}
        : {
            'uco-action:object': inputs.map(ref),
            'uco-action:result': records.map((record) => ref(String(record['@id']))),
          }),
      ...(before === undefined ? {} : { 'case-investigation:wasInformedBy': ref(before) }),
    };
    before = id(`action/${act.seq}`);
    return [action, ...records];
  });
}

function provenance(
  act: CustodyEntry,
  item: EvidenceItem,
  known: ReadonlyMap<string, EvidenceItem>,
  id: Name,
): JsonObject {
  return {
    '@id': id(`provenance/${act.seq}/${item.id}`),
    '@type': 'case-investigation:ProvenanceRecord',
    'uco-core:description': `${item.id} after ${act.act}, ledger entry ${act.seq}`,
    'case-investigation:exhibitNumber': item.id,
    'case-investigation:rootExhibitNumber': rootOf(item, known).id,
    'uco-core:object': [ref(id(`file/${item.id}`))],
  };
}

function rootOf(item: EvidenceItem, known: ReadonlyMap<string, EvidenceItem>): EvidenceItem {
  // Bounded: a parent that is its own descendant would be a broken report, not a reason to hang.
  let at = item;
  for (let depth = 0; depth < 8 && at.parent !== undefined; depth += 1) at = known.get(at.parent) ?? at;
  return at;
}
