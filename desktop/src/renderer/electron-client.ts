import 'vscode-jsonrpc/browser';
import { z } from 'zod';
import type { Channel } from '../host/channel.ts';
import { type Host, type PickedFile, writes } from '../host/request.ts';
import { connect } from '../host/rpc.ts';

/** What the preload script offers, where there is one. */
export interface Bridge {
  connect(): void;
}

/** Asks the shell for a file dialog; answered by the engine process, which keeps the paths. */
export const filesPick = writes<{ kind: string }, readonly PickedFile[]>(
  'files/pick',
  z.strictObject({ kind: z.enum(['evidence', 'package', 'estate', 'save']) }),
);

/**
 * The Host of a page in the Electron window. It takes no dropped files: only the preload could learn their paths, and the
 * page is offered one function and no more (SECURITY EL-7). The dialog of Add files goes to the engine without the page.
 */
export async function connectElectronHost(bridge: Bridge, onClose: () => void): Promise<Host> {
  const port = await receivePort(bridge);
  const client = await connect(portChannel(port), onClose);
  return {
    capabilities: client.capabilities,
    request: client.request,
    pick: (kind) => client.request(filesPick, { kind }),
  };
}

function receivePort(bridge: Bridge): Promise<MessagePort> {
  return new Promise((resolve) => {
    const receive = (event: MessageEvent) => {
      const [port] = event.ports;
      if (event.source !== window || event.data !== 'dbwitness:port' || port === undefined) return;
      window.removeEventListener('message', receive);
      resolve(port);
    };
    window.addEventListener('message', receive);
    bridge.connect();
  });
}

function portChannel(port: MessagePort): Channel {
  return {
    send: (message) => port.postMessage(message),
    listen: (onMessage, onClose) => {
      port.addEventListener('message', (event) => onMessage(String(event.data)));
      port.addEventListener('close', onClose);
      port.start();
    },
    close: () => port.close(),
  };
}
