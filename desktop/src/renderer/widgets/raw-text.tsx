import { visible } from '@dbwitness/shared/text/problem.ts';
import { Fragment, memo } from 'react';

/** What `visible` would replace; line feed and tab may stay where the layout keeps them. */
const MARKED = /([\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff])/;

interface Props {
  readonly text: string;
  /** Keeps line feeds and tabs as layout instead of marks. */
  readonly lines?: boolean;
  /** Cuts after so many characters; the whole value is in the detail. */
  readonly limit?: number;
}

/**
 * Text from outside (SECURITY OU-6): controls and bidi marks are shown, the rest is isolated so that it cannot reorder
 * its surroundings. Marks carry their code point, from which `copyRaw` restores the exact text.
 */
export const RawText = memo(function RawText({
  text,
  lines = false,
  limit = Number.POSITIVE_INFINITY,
}: Props) {
  const cut = text.length > limit;
  const shown = cut ? text.slice(0, limit) : text;
  const parts = MARKED.test(shown) ? shown.split(MARKED) : [shown];
  return (
    <bdi data-raw="">
      {parts.map((part, index) => {
        if (index % 2 === 0 || (lines && (part === '\n' || part === '\t'))) {
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a fixed text have no other identity
          return <Fragment key={index}>{part}</Fragment>;
        }
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: as above
          <span key={index} className="control-mark" data-code={part.charCodeAt(0)}>
            {markName(part)}
          </span>
        );
      })}
      {cut ? '…' : ''}
    </bdi>
  );
});

const C0 =
  'NUL SOH STX ETX EOT ENQ ACK BEL BS TAB LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US'.split(
    ' ',
  );

/** C0 by their names: the fonts that a bare Debian has draw empty boxes for the control pictures. */
function markName(char: string): string {
  return C0[char.charCodeAt(0)] ?? (char === '\u007f' ? 'DEL' : visible(char));
}
