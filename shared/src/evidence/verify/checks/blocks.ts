import { isJsonObject } from '../../canonical-json.ts';
import { blocksOrigin } from '../../checkpoint.ts';
import { toHex } from '../../encoding.ts';
import { BLOCK_BYTES, HASH_BYTES, MerkleTree } from '../../merkle.ts';
import { isTreeHead, type TreeHead } from '../../statement.ts';
import type { Check, Findings } from '../check.ts';
import type { PackageContents, ReadExhibit } from '../package-contents.ts';
import { readCheckpointFile } from '../read-checkpoint.ts';
import { sealEntry } from '../seal-entry.ts';

/** Ranges of altered blocks named one by one; what comes after is counted. */
const NAMED_RANGES = 8;

/** Every block of every exhibit is the one taken in, under the signed checkpoint of its tree (EVIDENCE §3). */
export const blocks: Check = {
  ids: ['blocks/leaf', 'blocks/tree'],
  async run(contents, findings) {
    if (contents.exhibits.size === 0) {
      for (const id of this.ids) findings.skip(id, '', 'the package holds no readable item file');
    }
    for (const exhibit of contents.exhibits.values()) {
      const leaves = await contents.bytes(`data/index/${exhibit.item.exhibit}.leaves`);
      if (leaves === undefined) {
        for (const id of this.ids) findings.skip(id, exhibit.item.exhibit, 'its .leaves file is not there');
        continue;
      }
      compareLeaves(exhibit, leaves, findings);
      await compareRoots(contents, exhibit, leaves, findings);
    }
  },
};

function compareLeaves({ item, hashes, missing }: ReadExhibit, leaves: Uint8Array, findings: Findings): void {
  if (hashes?.leaves === undefined) {
    findings.skip('blocks/leaf', item.exhibit, missing || 'its blocks could not be hashed');
    return;
  }
  const found = hashes.leaves;
  const count = Math.max(found.length, leaves.length) / HASH_BYTES;
  const ranges: { from: number; to: number }[] = [];
  for (let block = 0; block < count; block++) {
    if (sameHash(found, leaves, block)) continue;
    const last = ranges.at(-1);
    if (last?.to === block) last.to = block + 1;
    else ranges.push({ from: block, to: block + 1 });
  }
  for (const { from, to } of ranges.slice(0, NAMED_RANGES)) {
    const bytes = `bytes ${from * BLOCK_BYTES} to ${Math.min(to * BLOCK_BYTES, Math.max(item.length, hashes.length)) - 1}`;
    const named = to - from === 1 ? `block ${from}` : `blocks ${from} to ${to - 1}`;
    findings.fail('blocks/leaf', item.path ?? item.exhibit, `${named} (${bytes}) is not what was taken in`);
  }
  if (ranges.length > NAMED_RANGES) {
    findings.fail(
      'blocks/leaf',
      item.path ?? item.exhibit,
      `${ranges.length - NAMED_RANGES} more stretches of blocks differ`,
    );
  }
}

function sameHash(a: Uint8Array, b: Uint8Array, index: number): boolean {
  const from = index * HASH_BYTES;
  if (from + HASH_BYTES > a.length || from + HASH_BYTES > b.length) return false;
  for (let i = from; i < from + HASH_BYTES; i++) if (a[i] !== b[i]) return false;
  return true;
}

async function compareRoots(
  contents: PackageContents,
  { item, itemPath }: ReadExhibit,
  leaves: Uint8Array,
  findings: Findings,
): Promise<void> {
  const { exhibit } = item;
  const path = `data/index/${exhibit}.leaves`;
  if (leaves.length !== Math.ceil(item.length / BLOCK_BYTES) * HASH_BYTES) {
    return findings.fail('blocks/tree', path, `not the leaves of ${item.length} bytes`);
  }
  const tree = new MerkleTree(contents.host.sha256, leaves);
  const head = { size: tree.size, root: toHex(tree.root) };
  const against = (target: string, expected: TreeHead | undefined, whose: string) => {
    if (expected === undefined) findings.fail('blocks/tree', target, `${exhibit} is not there`);
    else if (expected.root !== head.root || expected.size !== head.size) {
      findings.fail('blocks/tree', path, `the leaves are not those of ${whose}`, {
        expected: expected.root,
        actual: head.root,
      });
    }
  };
  against(itemPath, item.blocks, 'the item file');
  const sealed = contents.statement?.predicate.evidence.find((e) => e.exhibit === exhibit);
  if (contents.statement !== undefined)
    against('signatures/statement.json', sealed?.blocks, 'the signed statement');
  const seal = await sealEntry(contents);
  if (seal !== undefined && Array.isArray(seal.body.evidence)) {
    const named: unknown = seal.body.evidence.find((e: unknown) => isJsonObject(e) && e.exhibit === exhibit);
    against(`custody/ledger.jsonl#${seal.seq}`, isTreeHead(named) ? named : undefined, 'the seal');
  }
  const checkpointPath = `custody/checkpoints/${exhibit}.blocks`;
  if (!contents.has(checkpointPath))
    return findings.skip('blocks/tree', checkpointPath, 'the checkpoint is not there');
  const checkpoint = await readCheckpointFile(
    contents,
    checkpointPath,
    blocksOrigin(contents.caseId, exhibit),
  );
  if (checkpoint.head !== undefined) against(checkpointPath, checkpoint.head, 'the checkpoint');
  if (checkpoint.problem !== undefined)
    findings[checkpoint.status]('blocks/tree', checkpointPath, checkpoint.problem);
}
