import { COMMON_HEADERS } from '../web-host/headers.ts';
import type { StaticFile } from '../web-host/static-files.ts';

export const SCHEME = 'dbwitness';
export const ORIGIN = `${SCHEME}://workbench`;

/** Answers a request of the page from the fixed map of built files, never from the disk (SECURITY EL-4). */
export function answerFrom(files: ReadonlyMap<string, StaticFile>): (request: Request) => Response {
  return (request) => {
    const url = URL.canParse(request.url) ? new URL(request.url) : undefined;
    const own = url !== undefined && url.protocol === `${SCHEME}:` && url.host === 'workbench';
    const file = own && request.method === 'GET' ? files.get(url.pathname) : undefined;
    if (file === undefined) return new Response('No such page.', { status: 404, headers: COMMON_HEADERS });
    return new Response(new Uint8Array(file.bytes), {
      headers: { ...COMMON_HEADERS, 'Content-Type': file.type },
    });
  };
}
