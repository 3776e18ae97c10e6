import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { REPORT_STYLE } from '@dbwitness/shared/reports/report-style.ts';
import { build } from 'esbuild';

const HERE = fileURLToPath(new URL('.', import.meta.url));

export interface BuiltViewer {
  readonly html: string;
  /** SHA-256 of the file, hex: the release notes list it. */
  readonly sha256: string;
}

/**
 * `viewer.html`: script and style in one file under a policy that lets in exactly these two, and the style of the report,
 * by their digests, and no connection at all. The same sources give the same bytes. `folder` holds this file's sources,
 * for callers that run it from a bundle.
 */
export async function buildViewer(folder = HERE): Promise<BuiltViewer> {
  const script = await bundled(folder, 'main.ts');
  // `</script>` inside the bundle would end the element.
  const inline = script.replaceAll('</script', '<\\/script');
  const style = await bundled(folder, 'viewer.css');
  const policy = [
    "default-src 'none'",
    `script-src '${digest(inline)}'`,
    `style-src '${digest(style)}' '${digest(REPORT_STYLE)}'`,
    "connect-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types dbwitness',
  ].join('; ');
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>DB Witness package viewer</title>
<style>${style}</style>
</head>
<body>
<noscript>This page checks a package with a script of its own. Allow scripts, or use dbwitness verify.</noscript>
<script type="module">${inline}</script>
</body>
</html>
`;
  return { html, sha256: createHash('sha256').update(html).digest('hex') };
}

function digest(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

async function bundled(folder: string, entry: string): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: folder,
    entryPoints: [entry],
    bundle: true,
    format: 'esm',
    target: ['chrome123', 'firefox120', 'safari17.5'],
    minify: true,
    charset: 'utf8',
    legalComments: 'none',
    write: false,
    logLevel: 'error',
  });
  return (outputFiles[0]?.text ?? '').trimEnd();
}
