declare const __FAKE_HOST__: boolean;

declare module '*.css';

/** What an Electron preload offers the page: one function, nothing else (SECURITY EL-7). */
declare var dbwitness: import('./electron-client.ts').Bridge | undefined;

/** Chromium's Trusted Types, as far as the one trusted door (report/safe-document.ts) needs them. */
declare var trustedTypes:
  | {
      createPolicy(
        name: string,
        rules: { createHTML: (text: string) => string },
      ): { createHTML(text: string): string };
    }
  | undefined;
