import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CHECK_MEANING } from '../check-meaning.ts';
import { CHECKS } from './index.ts';

test('every file of the folder is in the registry, and the reverse', () => {
  const files = readdirSync(import.meta.dirname).filter(
    (name) => !name.startsWith('index.') && !name.endsWith('.test.ts'),
  );
  expect(CHECKS).toHaveLength(files.length);
});

test('an id belongs to one check, and is a family and a kind', () => {
  const ids = CHECKS.flatMap((check) => check.ids);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^[a-z]+\/[a-z-]+$/);
});

test('every id says what it proves, and nothing else does', () => {
  expect(Object.keys(CHECK_MEANING).sort()).toEqual(CHECKS.flatMap((check) => check.ids).sort());
});

test('the ids of the profile are these, and a change of them is a change of the profile (EVIDENCE §15)', () => {
  expect(CHECKS.flatMap((check) => check.ids).sort()).toMatchInlineSnapshot(`
    [
      "blocks/leaf",
      "blocks/tree",
      "ledger/body",
      "ledger/chain",
      "ledger/clock-backwards",
      "ledger/genesis",
      "ledger/inconsistent-with-earlier",
      "ledger/sequence",
      "ledger/shorter-than-checkpoint",
      "ledger/signature",
      "ledger/unsigned",
      "manifest/duplicate",
      "manifest/sets-differ",
      "manifest/syntax",
      "path/absolute",
      "path/backslash",
      "path/control",
      "path/device",
      "path/drive",
      "path/hard-link",
      "path/home",
      "path/name",
      "path/nul",
      "path/parent",
      "path/reserved",
      "path/symlink",
      "path/too-long",
      "path/twin",
      "path/unc",
      "payload/digest",
      "payload/missing",
      "payload/unlisted",
      "profile/bagit-txt",
      "profile/fetch-present",
      "profile/missing-element",
      "profile/oxum",
      "profile/unexpected-entry",
      "proof/invalid",
      "ranges/tiling",
      "redaction/commitment",
      "redaction/count",
      "report/digest",
      "report/number",
      "report/view",
      "signature/companion",
      "signature/fingerprint",
      "signature/invalid",
      "signature/key-revoked",
      "signature/key-validity",
      "signature/missing",
      "signature/payload-type",
      "signature/subject",
      "signature/untrusted-key",
      "tag/digest",
      "tag/missing",
      "tag/unlisted",
      "timestamp/authority",
      "timestamp/before-seal",
      "timestamp/certificate",
      "timestamp/imprint",
      "timestamp/late",
      "timestamp/nonce",
      "timestamp/usage",
      "viewer/unknown-build",
      "zip/damaged",
      "zip/duplicate",
      "zip/encrypted",
      "zip/gap",
      "zip/local-header",
      "zip/lying-size",
      "zip/method",
      "zip/ratio",
      "zip/size",
      "zip/top-folders",
    ]
  `);
});
