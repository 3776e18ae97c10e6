import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodePrimitives } from '@dbwitness/desktop/verify/node-host.ts';
import { equalBytes } from '@dbwitness/shared/evidence/encoding.ts';
import { rootFromInclusion, verifyConsistency } from '@dbwitness/shared/evidence/merkle.ts';
import { describe, expect, test } from 'vitest';

/**
 * The published vectors of github.com/transparency-dev/merkle (Apache-2.0), read where a checkout of it is at hand: its folder in
 * MERKLE_VECTORS. They are not copied here; the definitions themselves are tested beside the code.
 */
const root = process.env.MERKLE_VECTORS ?? '';
const missing =
  existsSync(join(root, 'testdata', 'inclusion')) && root !== ''
    ? undefined
    : 'MERKLE_VECTORS names no checkout';

interface Inclusion {
  readonly leafIdx: number;
  readonly treeSize: number;
  readonly root: string;
  readonly leafHash: string;
  readonly proof: readonly string[] | null;
  readonly desc: string;
  readonly wantErr: boolean;
}
interface Consistency {
  readonly size1: number;
  readonly size2: number;
  readonly root1: string;
  readonly root2: string;
  readonly proof: readonly string[] | null;
  readonly desc: string;
  readonly wantErr: boolean;
}

describe.skipIf(missing !== undefined)(
  `transparency-dev vectors${missing === undefined ? '' : ` (skipped: ${missing})`}`,
  () => {
    const cases = <T>(kind: string): readonly T[] =>
      readdirSync(join(root, 'testdata', kind), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.json'))
        .map((name) => JSON.parse(readFileSync(join(root, 'testdata', kind, name), 'utf8')) as T);
    const bytes = (text: string | null) => new Uint8Array(Buffer.from(text ?? '', 'base64'));
    const proofOf = (proof: readonly string[] | null) => (proof ?? []).map(bytes);

    test('inclusion', () => {
      const all = cases<Inclusion>('inclusion');
      expect(all.length).toBeGreaterThan(50);
      for (const { leafIdx, treeSize, root: expected, leafHash, proof, desc, wantErr } of all) {
        const found = rootFromInclusion(
          nodePrimitives.sha256,
          bytes(leafHash),
          leafIdx,
          treeSize,
          proofOf(proof),
        );
        expect(found !== undefined && equalBytes(found, bytes(expected)), desc).toBe(!wantErr);
      }
    });

    test('consistency', () => {
      const all = cases<Consistency>('consistency');
      expect(all.length).toBeGreaterThan(50);
      for (const { size1, size2, root1, root2, proof, desc, wantErr } of all) {
        const holds = verifyConsistency(
          nodePrimitives.sha256,
          size1,
          bytes(root1),
          size2,
          bytes(root2),
          proofOf(proof),
        );
        expect(holds, desc).toBe(!wantErr);
      }
    });
  },
);
