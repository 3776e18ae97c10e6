import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { createEngine } from '../../engine/engine.ts';
import { casesOpen } from '../../host/cases.ts';
import { identityCreate, identityState, identityUnlock } from '../../host/identity.ts';
import { SHIPPED_RULES } from '../../product/locations.ts';
import { VERSION } from '../../product/version.ts';
import type { Command } from '../command.ts';
import { openWindow } from '../electron-window.ts';
import { wholeNumber } from '../option-values.ts';
import { runTabletop } from '../tabletop/run.ts';
import { serveWorkbench } from './serve.ts';

/** The practice key opens nothing and protects nothing: its passphrase may stand here. */
const PRACTICE_PASSPHRASE = 'practice makes perfect';

export const tabletopCommand: Command = {
  name: 'tabletop',
  summary:
    'The shipped exercise: from the logs of an incident to a verified package, then the workbench on that case.',
  usage: '',
  arity: [0, 0],
  options: {
    fresh: { type: 'boolean', help: 'throw the case of the last time away and begin anew' },
    'no-open': { type: 'boolean', help: 'end after the account; do not open the workbench' },
    'no-browser': { type: 'boolean', help: 'serve the workbench but open no browser' },
    web: { type: 'boolean', help: 'serve the workbench even where Electron could show it' },
    port: { type: 'string', value: 'N', help: 'port of the local web host (default: a free one)' },
    cases: { type: 'string', value: 'DIR', help: 'folder for the case (default ./cases)' },
  },
  examples: ['npm start', 'npm start -- --fresh', 'npm start -- --no-open'],
  async run(input, terminal) {
    const port = wholeNumber(input, 'port', { most: 65_535 }) ?? 0;
    const casesDir = resolve(input.text('cases') ?? 'cases');
    const profileDir = join(casesDir, '.practice');
    if (input.on('fresh')) {
      await rm(join(casesDir, 'tabletop'), { recursive: true, force: true });
      await rm(profileDir, { recursive: true, force: true });
    }
    const engine = createEngine({ casesDir, profileDir, rulesDir: SHIPPED_RULES, version: VERSION });
    try {
      const { exists } = await engine.request(identityState, {});
      if (exists) await engine.request(identityUnlock, { passphrase: PRACTICE_PASSPHRASE });
      else {
        await engine.request(identityCreate, {
          name: 'Practice Examiner',
          organisation: 'DB Witness tabletop',
          role: 'examiner',
          passphrase: PRACTICE_PASSPHRASE,
        });
      }
      if (existsSync(join(casesDir, 'tabletop', 'case.json'))) {
        await engine.request(casesOpen, { ref: 'tabletop' });
        terminal.line('The case of the last time is still there; --fresh begins anew.');
        terminal.value({ folder: join(casesDir, 'tabletop') });
      } else await runTabletop(engine, terminal);
      const packages = join(casesDir, 'tabletop', 'packages');
      const [latest] = (await readdir(packages)).sort().reverse();
      terminal.line(`Case folder  ${join(casesDir, 'tabletop')}`);
      if (latest !== undefined) {
        terminal.line(`Package      ${join(packages, latest)}`);
        terminal.line(`Check it     npx dbwitness verify ${relative(process.cwd(), join(packages, latest))}`);
      }
      terminal.line(`The key is for practice only; its passphrase is “${PRACTICE_PASSPHRASE}”.`);
      if (input.on('no-open')) return 0;
      terminal.line();
      if (!input.on('web') && (await openWindow(engine, casesDir, profileDir, terminal))) return 0;
      await serveWorkbench(engine, terminal, { port, browser: !input.on('no-browser'), readOnly: false });
      return 0;
    } finally {
      await engine.close();
    }
  },
};
