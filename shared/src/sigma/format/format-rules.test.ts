import { describe, expect, it } from 'vitest';
import { formatRules } from './format-rules.ts';

function format(text: string): string {
  const made = formatRules('r.yml', text);
  if (!('text' in made)) throw new Error(made.problems.map(({ message }) => message).join());
  const again = formatRules('r.yml', made.text);
  expect('text' in again ? again.text : again.problems).toBe(made.text);
  return made.text;
}

describe('formatRules', () => {
  it('puts keys in the order of the specification, each with the comments above it', () => {
    const text = `# Licence: CC0

level: high # very
# why it is here
custom: 1
detection:
  condition: sel   and not other

  # what it looks for
  sel:
    - a
    -   b: 1
        c|contains:
        - 'x'   # quoted
        - "y"


  other:
    d: null
title:   T

logsource: {category: database}
`;
    expect(format(text)).toBe(`# Licence: CC0

title: T
logsource: {category: database}
detection:
    # what it looks for
    sel:
        - a
        - b: 1
          c|contains:
              - 'x'   # quoted
              - "y"

    other:
        d: null
    condition: sel   and not other
level: high # very
# why it is here
custom: 1
`);
  });

  it('keeps what blocks and quotes over several lines say', () => {
    const text = `title: T
description: |
  first

    deeper${'  '}
  # no comment

  last

author: "one
  two"
falsepositives:
- >-
  folded
  text
- plain
  over lines
references: [
  a,
  b
]
logsource:
  definition: |2
      two more
  product: x
detection:
  sel:
    a: |+
      kept

  condition: sel
level: low
`;
    expect(format(text)).toBe(`title: T
description: |
    first

      deeper${'  '}
    # no comment

    last
references: [
  a,
  b
]
author: "one
  two"
logsource:
    definition: |2
        two more
    product: x
detection:
    sel:
        a: |+
            kept

    condition: sel
falsepositives:
    - >-
      folded
      text
    - plain
      over lines
level: low
`);
  });

  it('ends lines with LF, without blanks, and the file with one line feed', () => {
    expect(
      format(
        '\ufefftitle: T  \r\nlogsource:\r\n    category: a\t\r\ndetection:\r\n    s: [x]\r\n    condition: s\r\n\r\n\r\n',
      ),
    ).toBe('title: T\nlogsource:\n    category: a\ndetection:\n    s: [x]\n    condition: s\n');
    expect(format('title: T\ndetection: {s: [x], condition: s}\nlogsource: {category: a}')).toBe(
      'title: T\nlogsource: {category: a}\ndetection: {s: [x], condition: s}\n',
    );
  });

  it('formats each document of a file, and keeps what stands between them', () => {
    const one = 'detection:\n  s: [x]\n  condition: s\ntitle: A\nlogsource:\n  category: a\n';
    expect(format(`${one}\n# end\n--- # next\n\n# about B\n${one}`)).toBe(`title: A
logsource:
    category: a
detection:
    s: [x]
    condition: s
# end
--- # next
# about B
title: A
logsource:
    category: a
detection:
    s: [x]
    condition: s
`);
  });

  it('leaves alone what it cannot read, and says why', () => {
    const codes = (text: string) => {
      const made = formatRules('r.yml', text);
      return 'problems' in made ? made.problems.map(({ code }) => code) : made.text;
    };
    expect(codes('title: "open\n')).toContain('sigma/yaml');
    expect(codes('title: a\ntitle: b\n')).toEqual(['sigma/duplicate-key']);
    expect(codes('- a\n')).toEqual(['sigma/not-a-rule']);
    // The alias would stand before its anchor.
    expect(codes('level: &x high\ntitle: *x\ndetection: {}\n')).not.toBe('');
    expect(codes('')).toBe('');
  });
});
