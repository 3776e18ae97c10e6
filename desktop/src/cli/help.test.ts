import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseConfig } from './command.ts';
import { overview, page } from './help.ts';
import { COMMANDS } from './index.ts';

test('every file of the folder of commands is one command of the registry', () => {
  const files = readdirSync(new URL('./commands', import.meta.url)).filter(
    (file) => !file.endsWith('.test.ts'),
  );
  expect(files.map((file) => file.replace(/\.ts$/, '')).sort()).toEqual(
    COMMANDS.map(({ name }) => name).sort(),
  );
});

test('the overview names every command and every exit code', () => {
  const text = overview(COMMANDS, '1.2.3');
  for (const { name, summary } of COMMANDS) expect(text).toContain(`${name.padEnd(8)}  ${summary}`);
  for (const code of ['0 fine', '1 findings', '2 usage', '3 bad input', '4 internal', '130 stopped'])
    expect(text).toContain(code);
});

test.each(COMMANDS)(
  'the page of $name has its usage, all its options and examples that it accepts',
  (command) => {
    const text = page(command);
    expect(text.startsWith(`dbwitness ${command.name} ${command.usage}`.trimEnd())).toBe(true);
    const options = parseConfig(command);
    for (const name of Object.keys(options)) expect(text).toContain(`--${name}`);
    expect(command.examples.length).toBeGreaterThan(0);
    for (const example of command.examples)
      for (const [, name = ''] of example.matchAll(/ --([a-z-]+)/g)) expect(options).toHaveProperty([name]);
  },
);
