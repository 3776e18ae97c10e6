import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { caseJsonLd } from './case-jsonld.ts';
import { sampleReport } from './fixtures/sample-report.ts';

const tools = {
  sha1: (bytes: Uint8Array) => new Uint8Array(createHash('sha1').update(bytes).digest()),
  encode: (text: string) => new TextEncoder().encode(text),
};

interface Node {
  readonly '@id': string;
  readonly '@type': string;
  readonly [key: string]: unknown;
}

function graph(): readonly Node[] {
  return (JSON.parse(caseJsonLd(sampleReport(), tools)) as { '@graph': Node[] })['@graph'];
}

describe('CASE JSON-LD', () => {
  it('is the same text for the same report', () => {
    expect(caseJsonLd(sampleReport(), tools)).toBe(caseJsonLd(sampleReport(), tools));
  });

  it('names every node once, by a version 5 UUID', () => {
    const ids = [...caseJsonLd(sampleReport(), tools).matchAll(/"@id":"([^"]+)","@type"/g)].map(
      (match) => match[1],
    );
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids)
      expect(id).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('refers to nothing that is not in the graph', () => {
    const text = caseJsonLd(sampleReport(), tools);
    const defined = new Set([...text.matchAll(/"@id":"([^"]+)","@type"/g)].map((match) => match[1]));
    for (const [, id] of text.matchAll(/"@id":"([^"]+)"/g)) expect(defined).toContain(id);
  });

  it('has one action for each evidential act, each informed by the one before', () => {
    const actions = graph().filter((node) => node['@type'] === 'case-investigation:InvestigativeAction');
    expect(actions.map((node) => node['uco-core:name'])).toEqual([
      'exhibit.import',
      'rules.run',
      'exhibit.verify',
    ]);
    expect(actions[2]?.['case-investigation:wasInformedBy']).toEqual({ '@id': actions[1]?.['@id'] });
    expect(actions[0]?.['uco-action:startTime']).toEqual({
      '@type': 'xsd:dateTime',
      '@value': '2026-03-16T09:03:11.4Z',
    });
  });

  it('puts a provenance record between two acts on one exhibit', () => {
    const actions = graph().filter((node) => node['@type'] === 'case-investigation:InvestigativeAction');
    const [results, objects] = [
      actions[0]?.['uco-action:result'],
      actions[2]?.['uco-action:object'],
    ] as unknown[][];
    expect(results?.[0]).toBeDefined();
    expect(objects?.[0]).toEqual(results?.[0]);
  });

  it('types digests as hexBinary and derives derived exhibits', () => {
    const [item] = sampleReport().evidence;
    if (item === undefined) throw new Error('the sample has evidence');
    const derived = { ...item, id: 'E001.1', parent: 'E001', derivation: 'gunzip' };
    const text = caseJsonLd(sampleReport({ evidence: [item, derived] }), tools);
    const files = (JSON.parse(text) as { '@graph': Node[] })['@graph'].filter(
      (node) => node['@type'] === 'uco-observable:File',
    );
    expect(files[1]?.['case-investigation:wasDerivedFrom']).toEqual({ '@id': files[0]?.['@id'] });
    expect(text).toContain(
      `"uco-types:hashValue":{"@type":"xsd:hexBinary","@value":"${item.digests[0]?.acquired.toUpperCase()}"}`,
    );
  });
});
