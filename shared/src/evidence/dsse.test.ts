import { expect, test } from 'vitest';
import { pae, readEnvelope, signEnvelope } from './dsse.ts';
import { testSigner, tools, verifySignature } from './fixtures/node-primitives.ts';

const TYPE = 'http://example.com/HelloWorld';

test('the encoding is that of the DSSE protocol text', () => {
  const bytes = pae(tools, TYPE, tools.text.encode('hello world'));
  expect(tools.text.utf8(bytes, 0, bytes.length)).toBe(
    'DSSEv1 29 http://example.com/HelloWorld 11 hello world',
  );
});

test('lengths are of bytes, so that no two pairs encode alike', () => {
  const bytes = pae(tools, 'é', tools.text.encode('ü'));
  expect(tools.text.utf8(bytes, 0, bytes.length)).toBe('DSSEv1 2 é 2 ü');
});

test('an envelope reads back with the payload that was signed', () => {
  const signer = testSigner(3);
  const payload = tools.text.encode('{"a":1}');
  const envelope = readEnvelope(signEnvelope(tools, TYPE, payload, 'hint', signer));
  expect(envelope?.payload).toEqual(payload);
  const [signature] = envelope?.signatures ?? [];
  expect(signature?.keyid).toBe('hint');
  expect(verifySignature(signer.publicKey, pae(tools, TYPE, payload), signature?.sig as Uint8Array)).toBe(
    true,
  );
  expect(verifySignature(signer.publicKey, pae(tools, 'other', payload), signature?.sig as Uint8Array)).toBe(
    false,
  );
});

test('what is no envelope is absent, not an error', () => {
  for (const bad of [
    '',
    '[]',
    '{}',
    '{"payload":"A","payloadType":"t","signatures":[{"sig":"AAAA"}]}',
    '{"payload":"","payloadType":"t","signatures":[]}',
  ]) {
    expect(readEnvelope(bad)).toBeUndefined();
  }
});
