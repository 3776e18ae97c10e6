// The Electron shell: one window, one engine process, and a message port between them. No evidence logic.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  MessageChannelMain,
  protocol,
  session,
  utilityProcess,
} from 'electron';
import { loadStaticFiles } from '../web-host/static-files.ts';
import { answerFrom, ORIGIN, SCHEME } from './app-protocol.ts';
import { answerShellRequest } from './dialogs.ts';
import { guardContents, lockSession } from './lock-down.ts';
import { acceptsConnect, CONNECT, PORT } from './port-request.ts';
import { windowOptions } from './window-options.ts';

const dist = dirname(fileURLToPath(import.meta.url));

app.enableSandbox();
protocol.registerSchemesAsPrivileged([
  { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
]);
guardContents(app);

void app.whenReady().then(() => {
  lockSession(session.defaultSession);
  protocol.handle(SCHEME, answerFrom(loadStaticFiles(join(dist, 'renderer'))));
  openWorkbench();
});
app.on('window-all-closed', () => app.quit());

function openWorkbench(): void {
  // Arguments after `--` (a case to open) are the engine's to read.
  const engine = utilityProcess.fork(join(dist, 'electron-engine.mjs'), process.argv.slice(2), {
    serviceName: 'DB Witness engine',
  });
  const window = new BrowserWindow(windowOptions(join(dist, 'preload.cjs')));
  engine.on('message', (message: unknown) => {
    void answerShellRequest(message, window, dialog).then((answer) => {
      if (answer !== undefined) engine.postMessage(answer);
    });
  });
  engine.on('exit', (code) => {
    if (code !== 0)
      dialog.showErrorBox(
        'The engine has stopped',
        'Nothing that was reported done is lost. Close the window and open the case again.',
      );
  });
  ipcMain.on(CONNECT, (event) => {
    if (!acceptsConnect(event, window.webContents)) return;
    const { port1, port2 } = new MessageChannelMain();
    engine.postMessage({ connect: true }, [port1]);
    window.webContents.postMessage(PORT, undefined, [port2]);
  });
  window.once('ready-to-show', () => window.show());
  window.on('closed', () => engine.kill());
  void window.loadURL(`${ORIGIN}/index.html`);
}
