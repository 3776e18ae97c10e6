import { createHash } from 'node:crypto';
import type { UuidTools } from '@dbwitness/shared/evidence/uuid5.ts';

/** What name-based UUIDs need, by Node. */
export const nodeUuidTools: UuidTools = {
  sha1: (bytes) => createHash('sha1').update(bytes).digest(),
  encode: (text) => Buffer.from(text, 'utf8'),
};
