import { expect, test } from 'vitest';
import { readStatement, type Statement, statementJson } from './statement.ts';

const hex = (digits: number) => 'ab'.repeat(digits / 2);
const statement: Statement = {
  subject: [{ name: 'tagmanifest-sha256.txt', digest: { sha256: hex(64), sha512: hex(128) } }],
  predicate: {
    package: 'p',
    case: 'c',
    sequence: 1,
    supersedes: null,
    profile: '1',
    tool: '0.1.0',
    sealedAt: '2026-05-01T12:00:00.000Z',
    ledger: { size: 3, root: hex(64) },
    evidence: [{ exhibit: 'E001', length: 3, sha256: hex(64), blocks: { size: 1, root: hex(64) } }],
    signer: { role: 'examiner' },
  },
};

test('a statement reads back from its canonical text', () => {
  expect(readStatement(statementJson(statement))).toEqual(statement);
});

test('another type, a missing member or another spelling is no statement', () => {
  const text = statementJson(statement);
  for (const bad of [
    text.replace('Statement/v1', 'Statement/v0.1'),
    text.replace('evidence-package:v1', 'evidence-package:v2'),
    text.replace('"profile":"1",', ''),
    text.replace('"size":3', '"size":3.5'),
    text.replace(hex(64), hex(64).toUpperCase()),
    `${text}\n`,
  ]) {
    expect(readStatement(bad), bad).toBeUndefined();
  }
});
