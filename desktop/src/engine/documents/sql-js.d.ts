/** What of sql.js is used: types of its own would bring those of Emscripten and of browsers. */
declare module 'sql.js' {
  import type { SqliteDatabase } from '@dbwitness/shared/sigma/engines/sqlite/sqlite-engine.ts';
  // biome-ignore lint/style/noDefaultExport: it is another's module, and has one.
  export default function initSqlJs(): Promise<{ readonly Database: new () => SqliteDatabase }>;
}
