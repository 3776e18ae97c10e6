import type { Check } from '../check.ts';
import { blocks } from './blocks.ts';
import { keyTrust } from './key-trust.ts';
import { ledger } from './ledger.ts';
import { manifest } from './manifest.ts';
import { path } from './path.ts';
import { payload } from './payload.ts';
import { profile } from './profile.ts';
import { proof } from './proof.ts';
import { ranges } from './ranges.ts';
import { redaction } from './redaction.ts';
import { report } from './report.ts';
import { signature } from './signature.ts';
import { tag } from './tag.ts';
import { timestamp } from './timestamp.ts';
import { viewer } from './viewer.ts';
import { zip } from './zip.ts';

/** Every check of the profile (EVIDENCE §15). */
export const CHECKS: readonly Check[] = [
  blocks,
  keyTrust,
  ledger,
  manifest,
  path,
  payload,
  profile,
  proof,
  ranges,
  redaction,
  report,
  signature,
  tag,
  timestamp,
  viewer,
  zip,
];
