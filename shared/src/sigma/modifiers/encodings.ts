import { base64, base64Offsets } from '../values/base64.ts';
import { type Pattern, textPattern } from '../values/pattern.ts';
import { utf8, utf16 } from '../values/text-bytes.ts';
import type { Modifier, ModifierContext } from './modifier.ts';

export const base64Whole: Modifier = {
  name: 'base64',
  role: 'pattern',
  apply: (pattern, context) => encoded(pattern, context, (bytes) => [textPattern(base64(bytes))]),
};

export const base64Offset: Modifier = {
  name: 'base64offset',
  role: 'pattern',
  apply: (pattern, context) => encoded(pattern, context, (bytes) => base64Offsets(bytes).map(textPattern)),
};

export const utf16le: Modifier = {
  name: 'utf16le',
  aliases: ['wide'],
  role: 'pattern',
  apply: (pattern, context) => encodedText(pattern, context, (text) => utf16(text, 'little')),
};

export const utf16be: Modifier = {
  name: 'utf16be',
  role: 'pattern',
  apply: (pattern, context) => encodedText(pattern, context, (text) => utf16(text, 'big')),
};

/** Byte order mark FF FE and little endian (pySigma writes the mark as UTF-8, which matches nothing). */
export const utf16WithMark: Modifier = {
  name: 'utf16',
  role: 'pattern',
  apply: (pattern, context) =>
    encodedText(pattern, context, (text) => Uint8Array.from([0xff, 0xfe, ...utf16(text, 'little')])),
};

function encoded(
  pattern: Pattern,
  context: ModifierContext,
  encode: (bytes: Uint8Array) => readonly Pattern[],
): readonly Pattern[] {
  const parts: Uint8Array[] = [];
  for (const part of pattern) {
    if (part.kind === 'text') parts.push(utf8(part.text));
    else if (part.kind === 'bytes') parts.push(part.bytes);
    else {
      context.fault('sigma/encoded-wildcard', {});
      return [];
    }
  }
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return encode(bytes);
}

function encodedText(
  pattern: Pattern,
  context: ModifierContext,
  encode: (text: string) => Uint8Array,
): readonly Pattern[] {
  let text = '';
  for (const part of pattern) {
    if (part.kind !== 'text') {
      context.fault('sigma/encoded-wildcard', {});
      return [];
    }
    text += part.text;
  }
  return [[{ kind: 'bytes', bytes: encode(text) }]];
}
