import type { IpcMainEvent, WebContents } from 'electron';
import { ORIGIN } from './app-protocol.ts';

/** Names of the two messages between preload and main; the page itself knows neither. */
export const CONNECT = 'dbwitness:connect';
export const PORT = 'dbwitness:port';

/** A port goes only to the top frame of our own page in our own window (SECURITY EL-8). */
export function acceptsConnect(
  event: Pick<IpcMainEvent, 'sender' | 'senderFrame'>,
  contents: WebContents,
): boolean {
  const frame = event.senderFrame;
  return (
    event.sender === contents &&
    frame !== null &&
    frame === contents.mainFrame &&
    frame.url.startsWith(`${ORIGIN}/`)
  );
}
