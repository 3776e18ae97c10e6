import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds `shared/content`: found upwards, because bundle and source lie at different depths. */
function productRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'shared', 'content'))) {
    const above = dirname(folder);
    if (above === folder) throw new Error('the folder shared/content with the rules that ship is missing');
    folder = above;
  }
  return folder;
}

const root = productRoot();

/** The rules that ship with the product. */
export const SHIPPED_RULES = join(root, 'shared', 'content', 'rules');
/** What checks of rules know of ATT&CK, D3FEND and log sources. */
export const SHIPPED_KNOWLEDGE = join(root, 'shared', 'content', 'knowledge');
/** What the names of other taxonomies are in the event dictionary. */
export const SHIPPED_MAPPINGS = join(root, 'shared', 'content', 'mappings');
export const SHIPPED_ESTATES = join(root, 'shared', 'content', 'estates');
/** Logs of the tabletop exercise: made by real servers, see the README beside them. */
export const TABLETOP_LOGS = join(root, 'test', 'fixtures', 'tabletop', 'logs');
export const RENDERER = join(root, 'desktop', 'dist', 'renderer');
export const DIST = join(root, 'desktop', 'dist');
