import { type Checkpoint, readCheckpoint } from '../checkpoint.ts';
import { toHex } from '../encoding.ts';
import { readNote, signaturesBy } from '../note.ts';
import type { TreeHead } from '../statement.ts';
import type { CheckpointReading } from './checkpoint-reading.ts';
import type { PackageContents } from './package-contents.ts';

/** Reads a checkpoint file of the package and checks its signature for `origin` (C2SP tlog-checkpoint). */
export async function readCheckpointFile(
  contents: PackageContents,
  path: string,
  origin: string,
): Promise<CheckpointReading> {
  return checkCheckpoint(contents, (await contents.text(path)) ?? '', origin);
}

/** The same for a signed note at hand. All proofs of an exhibit end in one checkpoint: it is checked once. */
export function checkCheckpoint(
  contents: PackageContents,
  note: string,
  origin: string,
): Promise<CheckpointReading> {
  const key = `${origin}\n${note}`;
  const known = contents.checkpoints.get(key) ?? check(contents, note, origin);
  contents.checkpoints.set(key, known);
  return known;
}

async function check(contents: PackageContents, note: string, origin: string): Promise<CheckpointReading> {
  const read = readNote(note);
  const checkpoint = read && readCheckpoint(read.text);
  if (read === undefined || checkpoint === undefined)
    return { problem: 'not a signed checkpoint', status: 'fail' };
  if (checkpoint.origin !== origin) {
    return { problem: `a checkpoint of ${checkpoint.origin}, not of ${origin}`, status: 'fail' };
  }
  const { host } = contents;
  const keys = [
    ...contents.keys.values(),
    ...(contents.expectations.trust?.keys.map((key) => key.publicKey) ?? []),
  ];
  for (const key of keys) {
    for (const signature of signaturesBy(host, read, origin, key)) {
      const good = await host.verify(key, host.text.encode(read.text), signature);
      if (good === true) return { head: headOf(checkpoint), status: 'fail' };
      if (good === undefined)
        return {
          head: headOf(checkpoint),
          problem: 'no Ed25519 here to check its signature',
          status: 'skip',
        };
      return { problem: 'its signature is not good', status: 'fail' };
    }
  }
  // With a key file that is not what its name says, the right key may be missing: that check says so, and this one has no verdict.
  const reason = 'no key at hand has signed it';
  return { head: headOf(checkpoint), problem: reason, status: contents.badKeys.length > 0 ? 'skip' : 'fail' };
}

function headOf({ size, root }: Checkpoint): TreeHead {
  return { size, root: toHex(root) };
}
