// The engine's process under Electron: owns the case, speaks to the page through a message port, asks main for file dialogs.
import { stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import 'vscode-jsonrpc/node';
import { createEngine } from '../engine/engine.ts';
import { casesOpen } from '../host/cases.ts';
import type { Channel } from '../host/channel.ts';
import type { PickedFile } from '../host/request.ts';
import { serve } from '../host/rpc.ts';
import { SHIPPED_RULES } from '../product/locations.ts';
import { VERSION } from '../product/version.ts';
import type { ShellAnswer } from './engine-process.ts';

/** The two ports of Electron's utility process that are used here; its types would bring Electron into this file. */
interface Port {
  postMessage(message: unknown): void;
  on(
    name: 'message',
    listener: (event: { readonly data: unknown; readonly ports: readonly Port[] }) => void,
  ): void;
  on(name: 'close', listener: () => void): void;
  start?(): void;
  close?(): void;
}
const parent = (process as unknown as { readonly parentPort: Port }).parentPort;

const { values } = parseArgs({
  options: { cases: { type: 'string' }, profile: { type: 'string' }, case: { type: 'string' } },
  strict: false,
});
const text = (value: unknown, otherwise: string) => (typeof value === 'string' ? value : otherwise);
const engine = createEngine({
  casesDir: text(values.cases, join(homedir(), 'DB Witness')),
  profileDir: text(values.profile, join(homedir(), '.dbwitness')),
  rulesDir: SHIPPED_RULES,
  version: VERSION,
});
if (typeof values.case === 'string') await engine.request(casesOpen, { ref: values.case });

const waiting = new Map<number, (paths: readonly string[]) => void>();
let asked = 0;

parent.on('message', ({ data, ports }) => {
  const [port] = ports;
  if (port !== undefined)
    serve(portChannel(port), answer, { shell: 'electron', readOnly: false, version: VERSION });
  else if (isAnswer(data)) {
    waiting.get(data.id)?.(data.paths);
    waiting.delete(data.id);
  }
});

async function answer(
  method: string,
  params: unknown,
  options: Parameters<typeof engine.handle>[2],
): Promise<unknown> {
  if (method !== 'files/pick') return engine.handle(method, params, options);
  const kind = (params as { readonly kind?: unknown }).kind;
  const paths = await new Promise<readonly string[]>((resolve) => {
    const id = asked++;
    waiting.set(id, resolve);
    parent.postMessage({ ask: 'pick', id, kind });
  });
  return Promise.all(
    paths.map(
      async (path): Promise<PickedFile> => ({
        id: engine.files.add(path),
        name: basename(path),
        bytes: (await stat(path)).size,
      }),
    ),
  );
}

function isAnswer(data: unknown): data is ShellAnswer {
  return typeof data === 'object' && data !== null && 'answer' in data && data.answer === 'pick';
}

function portChannel(port: Port): Channel {
  return {
    send: (message) => port.postMessage(message),
    listen: (onMessage, onClose) => {
      port.on('message', ({ data }) => onMessage(String(data)));
      port.on('close', onClose);
      port.start?.();
    },
    close: () => port.close?.(),
  };
}
