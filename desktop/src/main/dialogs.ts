import type { BrowserWindow, Dialog } from 'electron';
import { type ShellAnswer, shellRequestSchema } from './engine-process.ts';

const TITLES = {
  evidence: 'Add evidence',
  package: 'Open an evidence package',
  estate: 'Choose an estate file',
  save: 'Choose where to write',
} as const;

/** Shows the file dialog that the engine asked for. Anything else it might send is ignored. */
export async function answerShellRequest(
  message: unknown,
  window: BrowserWindow,
  dialog: Pick<Dialog, 'showOpenDialog'>,
): Promise<ShellAnswer | undefined> {
  const asked = shellRequestSchema.safeParse(message);
  if (!asked.success) return undefined;
  const { id, kind } = asked.data;
  const chosen = await dialog.showOpenDialog(window, {
    title: TITLES[kind],
    properties:
      kind === 'evidence'
        ? ['openFile', 'multiSelections']
        : [kind === 'save' ? 'openDirectory' : 'openFile'],
  });
  return { answer: 'pick', id, paths: chosen.canceled ? [] : chosen.filePaths };
}
