import type { DocumentCheck } from '../../check.ts';
import type { D3fendKnowledge } from '../../lint-context.ts';
import { tagsIn } from '../../tags.ts';

export const d3Fendtag: DocumentCheck = {
  id: 'd3_fendtag',
  origin: 'pysigma',
  severity: 'warning',
  about: 'a `d3fend.` tag names nothing in MITRE D3FEND',
  help: 'Known are tactics (`d3fend.harden`), techniques (`d3fend.d3-mfa`) and artefacts (`d3fend.d3f-File`). Where the knowledge file lists no techniques or artefacts, only their form is checked.',
  examples: {
    invalid: [{ rule: 'tags: [d3fend.d3_mfa, d3fend.harded]', marks: ['d3fend.d3_mfa', 'd3fend.harded'] }],
    valid: ['tags: [d3fend.harden, d3fend.d3-mfa, d3fend.d3f-File]'],
  },
  check(document, report, { knowledge: { d3fend } }) {
    for (const { name, text, span } of tagsIn(document, 'd3fend'))
      if (!isKnown(name, d3fend)) report(span, `D3FEND knows nothing named ${text}.`);
  },
};

function isKnown(name: string, { tactics, techniques, artefacts }: D3fendKnowledge): boolean {
  if (name.startsWith('d3-')) return techniques.size === 0 ? /^d3-[a-z]+$/.test(name) : techniques.has(name);
  if (name.startsWith('d3f-')) return artefacts.size === 0 || artefacts.has(name.slice('d3f-'.length));
  return tactics.has(name);
}
