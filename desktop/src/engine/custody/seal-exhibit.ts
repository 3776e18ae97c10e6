import { blocksOrigin, checkpointText } from '@dbwitness/shared/evidence/checkpoint.ts';
import { toHex } from '@dbwitness/shared/evidence/encoding.ts';
import { type ItemFile, itemJson } from '@dbwitness/shared/evidence/item.ts';
import { MerkleTree } from '@dbwitness/shared/evidence/merkle.ts';
import { signNote } from '@dbwitness/shared/evidence/note.ts';
import { safeName } from '@dbwitness/shared/evidence/path-name.ts';
import { type RangeRun, rangesText, tilingProblem } from '@dbwitness/shared/evidence/ranges.ts';
import { FileHasher } from '../../verify/file-hasher.ts';
import { nodePrimitives } from '../../verify/node-host.ts';
import { EngineError } from '../engine-error.ts';
import { type PackageFile, packageFile } from './package-file.ts';
import { digestCited, proofFiles } from './proofs.ts';
import type { SealExhibit, SealInput } from './seal-input.ts';

/** An exhibit read again for the seal, and what the package holds of it. */
export interface SealedAgain {
  readonly item: ItemFile;
  readonly checkpoint: PackageFile;
  readonly files: readonly PackageFile[];
}

/** Steps 1 and 2 of EVIDENCE §9: reads an exhibit again, records the result, and makes its item file, range table, tree and proofs. */
export async function readAgain(exhibit: SealExhibit, input: SealInput): Promise<SealedAgain> {
  const { item, leaves } = exhibit;
  const cited = input.cited.filter((record) => record.exhibit === item.exhibit);
  const digests = new Map<number, string>();
  const hasher = new FileHasher('digests and leaves');
  for await (const chunk of digestCited(exhibit.bytes(), cited, digests)) {
    input.signal?.throwIfAborted();
    hasher.update(chunk);
  }
  const { length, sha256, sha512, leaves: found } = hasher.finish();
  const same =
    length === item.length &&
    sha256 === item.sha256 &&
    sha512 === item.sha512 &&
    Buffer.compare(found, leaves) === 0;
  await input.ledger.append(
    'exhibit.verify',
    { length, sha256, sha512, result: same ? 'unchanged' : 'changed' },
    [item.exhibit],
  );
  if (!same)
    throw new EngineError(
      'seal/exhibit-changed',
      `${item.exhibit} is not what was taken in: it cannot be sealed.`,
    );

  const tree = new MerkleTree(nodePrimitives.sha256, leaves);
  const path =
    item.derived === undefined ? `data/original/${item.exhibit}/${safeName(item.name.text)}` : undefined;
  const full: ItemFile = {
    ...item,
    v: 1,
    blocks: { size: tree.size, root: toHex(tree.root) },
    ...(path === undefined ? {} : { path }),
  };
  const origin = blocksOrigin(input.caseId, item.exhibit);
  const note = signNote(
    nodePrimitives,
    checkpointText({ origin, size: tree.size, root: tree.root }),
    origin,
    input.identity.signer,
  );
  return {
    item: full,
    checkpoint: packageFile(`custody/checkpoints/${item.exhibit}.blocks`, note),
    files: [
      ...(path === undefined ? [] : [{ path, length, sha256, sha512, bytes: () => exhibit.bytes() }]),
      packageFile(`data/index/${item.exhibit}.item.json`, itemJson(full)),
      packageFile(`data/index/${item.exhibit}.ranges.jsonl`, rangesText(tiled(exhibit))),
      packageFile(`data/index/${item.exhibit}.leaves`, leaves),
      ...proofFiles(cited, digests, tree, note),
    ],
  };
}

/** The range table of an exhibit; what nobody read is one ignored range, so that every byte is accounted for. */
function tiled({ item, ranges }: SealExhibit): readonly RangeRun[] {
  if (ranges.length === 0 && item.length > 0)
    return [{ k: 'ignored', from: 0, to: item.length, code: 'not-read' }];
  const problem = tilingProblem(ranges, item.length);
  if (problem !== undefined)
    throw new EngineError('seal/ranges', `The range table of ${item.exhibit} is broken: ${problem}.`);
  return ranges;
}
