import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { type UuidTools, uuid5 } from './uuid5.ts';

const tools: UuidTools = {
  sha1: (bytes) => createHash('sha1').update(bytes).digest(),
  encode: (text) => new TextEncoder().encode(text),
};

test('UUID version 5 gives the example of RFC 9562, appendix A.4', () => {
  expect(uuid5('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'www.example.com', tools)).toBe(
    '2ed6657d-e927-568b-95e1-2665a8aea6a2',
  );
});

test('a namespace that is no UUID is a bug and names nothing', () => {
  expect(() => uuid5('6ba7b810-9dad-11d1-80b4', 'x', tools)).toThrow('no UUID');
});
