// The page gets one frozen function and, through it, one message port. No ipcRenderer, no channel names (SECURITY EL-7).
import { contextBridge, ipcRenderer } from 'electron';

const CONNECT = 'dbwitness:connect';
const PORT = 'dbwitness:port';

ipcRenderer.on(PORT, (event) => {
  // A port cannot pass the context bridge; the page receives it as a message of its own window.
  window.postMessage(PORT, window.location.origin, [...event.ports]);
});

contextBridge.exposeInMainWorld(
  'dbwitness',
  Object.freeze({ connect: (): void => ipcRenderer.send(CONNECT) }),
);
