import type { App, Session, WebContents } from 'electron';
import { ORIGIN } from './app-protocol.ts';

/** Closes every door that web contents could open by themselves: views, windows, navigation (SECURITY EL-2). */
export function guardContents(app: App): void {
  app.on('web-contents-created', (_event, contents: WebContents) => {
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.on('will-navigate', (event) => event.preventDefault());
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-frame-navigate', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}

/** The page, its inline images, and what it made itself to be saved, such as the report's PDF. */
const OWN = [`${ORIGIN}/`, 'data:image/', `blob:${ORIGIN}/`];

/** No remote content and no permission, whoever asks (SECURITY EL-3, EL-5). */
export function lockSession(session: Session): void {
  session.webRequest.onBeforeRequest((details, callback) => {
    callback({ cancel: !OWN.some((start) => details.url.startsWith(start)) });
  });
  session.setPermissionRequestHandler((_contents, _permission, callback) => callback(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setSpellCheckerEnabled(false);
}
