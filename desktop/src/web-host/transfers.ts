import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { PickedFile } from '../host/request.ts';
import { COMMON_HEADERS } from './headers.ts';

/** Where uploads go and what may be downloaded. Ids cross the wire, never paths (WH-7). */
export interface Shelf {
  /** Folder for uploads, inside the profile. */
  readonly uploads: string;
  register(path: string, name: string): Promise<PickedFile>;
  /** The file behind a download reference, or undefined. */
  resolve(ref: string): string | undefined;
}

/** Takes the body of a POST as a file. Answers with its id, name and size as JSON. */
export async function receiveUpload(
  request: IncomingMessage,
  response: ServerResponse,
  shelf: Shelf,
  id: string,
): Promise<void> {
  const sent = request.headers['x-file-name'];
  const name = typeof sent === 'string' ? basename(decodeURIComponent(sent)) : 'upload';
  const folder = join(shelf.uploads, id);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // The name inside the folder is ours; what the file was called is data and travels beside it.
  const path = join(folder, 'content');
  try {
    await pipeline(request, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
    const picked = await shelf.register(path, name);
    response.writeHead(200, { ...COMMON_HEADERS, 'Content-Type': 'application/json; charset=utf-8' });
    response.end(JSON.stringify(picked));
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    const full = (error as NodeJS.ErrnoException).code === 'ENOSPC';
    response.writeHead(full ? 507 : 400, COMMON_HEADERS);
    response.end(
      full
        ? 'The disk is full: nothing of this file was kept.'
        : 'The upload broke off: nothing of this file was kept.',
    );
  }
}

/** Sends a file under a safe name as an attachment. */
export async function sendDownload(response: ServerResponse, shelf: Shelf, ref: string): Promise<void> {
  const path = shelf.resolve(ref);
  const found = path === undefined ? undefined : await stat(path).catch(() => undefined);
  if (path === undefined || found === undefined || !found.isFile()) {
    response.writeHead(404, COMMON_HEADERS);
    response.end('No such file here.');
    return;
  }
  response.writeHead(200, {
    ...COMMON_HEADERS,
    'Content-Type': 'application/octet-stream',
    'Content-Length': String(found.size),
    'Content-Disposition': `attachment; filename="${basename(path).replace(/[^\w.-]/g, '_')}"`,
  });
  await pipeline(createReadStream(path), response);
}
