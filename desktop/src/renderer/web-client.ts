// The browser entry installs the platform half that the neutral entry (host/rpc.ts) needs.
import 'vscode-jsonrpc/browser';
import type { Channel } from '../host/channel.ts';
import type { Host, PickedFile } from '../host/request.ts';
import { connect, RequestFailure } from '../host/rpc.ts';

/** Why the local web host ended a connection, as sentences; codes as in web-host/server.ts. */
const CLOSED: Readonly<Record<number, string>> = {
  4001: 'The address does not carry the right token. Open the address that DB Witness printed when it started.',
  4002: 'The workbench is already open in another page. Close that page first.',
  4003: 'Too many wrong tokens: wait a minute and open the printed address again.',
};

/**
 * The Host of a page that the local web host serves. The token comes in the URL fragment, moves to memory and
 * leaves the address bar and the history (SECURITY WH-2); a reload finds it in this tab's session storage.
 * Rejects with `RequestFailure` when the connection is refused.
 */
export async function connectWebHost(onClose: () => void): Promise<Host> {
  const token = takeToken();
  const channel = await openChannel(token);
  const client = await connect(channel, onClose);
  const send = async (file: { readonly name: string; readonly body: Blob }): Promise<PickedFile> => {
    const response = await fetch('/upload', {
      method: 'POST',
      body: file.body,
      headers: { 'x-dbwitness-token': token, 'x-file-name': encodeURIComponent(file.name) },
    });
    if (!response.ok) throw new RequestFailure({ code: 'host/upload', message: await response.text() });
    return (await response.json()) as PickedFile;
  };
  return {
    capabilities: client.capabilities,
    request: client.request,
    // What is dropped on a page is always a File, and only a Blob can be sent with its length known.
    upload: (file) => send({ name: file.name, body: file as unknown as Blob }),
    pick: async (kind) => {
      const chosen = await chooseFiles(kind === 'evidence');
      return Promise.all(chosen.map((file) => send({ name: file.name, body: file })));
    },
    download: async (ref, name) => {
      const response = await fetch(`/download/${encodeURIComponent(ref)}`, {
        headers: { 'x-dbwitness-token': token },
      });
      if (!response.ok) throw new RequestFailure({ code: 'host/download', message: await response.text() });
      const url = URL.createObjectURL(await response.blob());
      const link = document.createElement('a');
      link.href = url;
      link.download = name;
      link.click();
      URL.revokeObjectURL(url);
    },
  };
}

const TOKEN_KEY = 'dbwitness.token';

function takeToken(): string {
  const fragment = location.hash.slice(1);
  if (/^[\w-]{43}$/.test(fragment)) {
    sessionStorage.setItem(TOKEN_KEY, fragment);
    history.replaceState(undefined, '', location.pathname + location.search);
    return fragment;
  }
  return sessionStorage.getItem(TOKEN_KEY) ?? '';
}

function openChannel(token: string): Promise<Channel> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://${location.host}/host`);
    socket.addEventListener('open', () => socket.send(token));
    const refused = (event: CloseEvent) => {
      const message = CLOSED[event.code] ?? 'DB Witness is not answering. Is it still running?';
      reject(new RequestFailure({ code: 'host/refused', message }));
    };
    socket.addEventListener('close', refused);
    socket.addEventListener(
      'message',
      () => {
        socket.removeEventListener('close', refused);
        resolve({
          send: (message) => socket.send(message),
          listen: (onMessage, onClose) => {
            socket.addEventListener('message', (event) => onMessage(String(event.data)));
            socket.addEventListener('close', onClose);
          },
          close: () => socket.close(),
        });
      },
      { once: true },
    );
  });
}

function chooseFiles(multiple: boolean): Promise<readonly File[]> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.multiple = multiple;
    input.addEventListener('change', () => resolve([...(input.files ?? [])]));
    input.addEventListener('cancel', () => resolve([]));
    input.click();
  });
}
