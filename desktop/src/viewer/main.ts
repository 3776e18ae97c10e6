import { readTrust, type Trust } from '@dbwitness/shared/evidence/trust.ts';
import type { PackageReader } from '@dbwitness/shared/evidence/verify/package-reader.ts';
import { verifyPackageContents } from '@dbwitness/shared/evidence/verify/verify-package.ts';
import { browserHost, browserVerify } from './browser-host.ts';
import { append, count, el, fill } from './dom.ts';
import { droppedFolder, openFolder, pickedFolder } from './folder-reader.ts';
import { PackageFiles } from './package-files.ts';
import { checksView } from './views/checks.ts';
import { exhibitsView } from './views/exhibits.ts';
import { ledgerView } from './views/ledger.ts';
import { recordsView } from './views/records.ts';
import { reportView } from './views/report.ts';
import { tabs } from './views/tabs.ts';
import { verdictView } from './views/verdict.ts';
import { openZip } from './zip-reader.ts';

/** RFC 8032, section 7.1, test 1: the signature of the empty message. Tells whether this browser can check at all. */
const TEST_KEY = 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a';
const TEST_SIGNATURE =
  'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b';

/** What the reader brings along, by another way than the package. */
interface Brought {
  fingerprint: string | undefined;
  trust: Trust | undefined;
}

const brought: Brought = { fingerprint: undefined, trust: undefined };
let chosen: { readonly name: string; readonly reader: PackageReader } | undefined;
let running: AbortController | undefined;

const status = el('p', { class: 'status', role: 'status' });
const progress = el('progress', {
  max: 1,
  value: 0,
  hidden: true,
  'aria-label': 'Verifying',
}) as HTMLProgressElement;
const result = el('div', { id: 'result' });
const again = el('button', { type: 'button', hidden: true, onclick: () => void verify() }, 'Verify again');

start();

function start(): void {
  const zip = el('input', {
    type: 'file',
    accept: '.zip,application/zip',
    id: 'zip',
    class: 'picker',
  }) as HTMLInputElement;
  const folder = el('input', {
    type: 'file',
    webkitdirectory: true,
    id: 'folder',
    class: 'picker',
  }) as HTMLInputElement;
  zip.addEventListener('change', () => void chooseZip(zip.files?.[0]));
  folder.addEventListener('change', () => {
    if (folder.files !== null && folder.files.length > 0)
      void choose(
        folder.files[0]?.webkitRelativePath.split('/')[0] ?? 'folder',
        openFolder(pickedFolder(folder.files)),
      );
  });
  const drop = el(
    'div',
    { class: 'drop' },
    el('p', {}, 'Drop a package here, a zip or its folder.'),
    el(
      'p',
      { class: 'controls' },
      zip,
      el('label', { for: 'zip', class: 'button' }, 'Choose zip'),
      folder,
      el('label', { for: 'folder', class: 'button' }, 'Choose folder'),
    ),
  );
  acceptDrops(drop);
  append(document.body, [
    el('header', {}, el('h1', {}, 'DB Witness'), el('p', {}, 'Package viewer')),
    el(
      'main',
      {},
      el(
        'p',
        { class: 'lead' },
        'Checks an evidence package on this machine and shows what is in it. Nothing leaves this page: it can open no connection.',
      ),
      el('div', { class: 'start' }, drop, expectation()),
      el(
        'p',
        { class: 'remark' },
        'A viewer that came with a package proves nothing about it: whoever altered the one could alter the other. Take the viewer from a release, and compare its digest with the one in the release notes. Time stamps and re-runs of numbers are for dbwitness verify and dbwitness rerun.',
      ),
      el('div', { class: 'run' }, status, progress, again),
      result,
    ),
  ]);
}

function acceptDrops(drop: HTMLElement): void {
  // The whole window takes drops: a file that misses the field must not replace this page.
  addEventListener('dragover', (event) => {
    event.preventDefault();
    drop.classList.add('over');
  });
  addEventListener('dragleave', () => drop.classList.remove('over'));
  addEventListener('drop', (event) => {
    event.preventDefault();
    drop.classList.remove('over');
    const [item] = event.dataTransfer?.items ?? [];
    const entry = item?.webkitGetAsEntry();
    if (entry?.isDirectory === true)
      void droppedFolder(entry as FileSystemDirectoryEntry).then((files) =>
        choose(entry.name, openFolder(files)),
      );
    else void chooseZip(item?.getAsFile() ?? undefined);
  });
}

function expectation(): HTMLElement {
  const field = el('input', {
    type: 'text',
    id: 'fingerprint',
    autocomplete: 'off',
    spellcheck: 'false',
    placeholder: '64 hexadecimal digits',
  }) as HTMLInputElement;
  const file = el('input', {
    type: 'file',
    id: 'trust',
    class: 'picker',
    accept: '.json,application/json',
  }) as HTMLInputElement;
  const said = el('p', { class: 'remark', role: 'status' });
  field.addEventListener('input', () => {
    const plain = field.value.replace(/[\s:]/g, '').toLowerCase();
    const good = /^[0-9a-f]{64}$/.test(plain);
    brought.fingerprint = good ? plain : undefined;
    field.setAttribute('aria-invalid', String(plain !== '' && !good));
    fill(said, plain === '' || good ? '' : 'A fingerprint has 64 hexadecimal digits.');
  });
  file.addEventListener('change', async () => {
    const [picked] = file.files ?? [];
    if (picked === undefined) return;
    const trust = readTrust(browserHost.sha256, await picked.text());
    brought.trust = typeof trust === 'string' ? undefined : trust;
    fill(
      said,
      typeof trust === 'string' ? `Not used: ${trust}.` : `Trust file with ${trust.keys.length} keys.`,
    );
  });
  return el(
    'fieldset',
    {},
    el('legend', {}, 'Who should have sealed it'),
    el('p', {}, 'The fingerprint or trust file that you got by another way than this package.'),
    el('label', { for: 'fingerprint' }, 'Fingerprint'),
    field,
    el('p', { class: 'controls' }, file, el('label', { for: 'trust', class: 'button' }, 'Choose trust file')),
    said,
  );
}

async function chooseZip(file: File | undefined): Promise<void> {
  if (file !== undefined) await choose(file.name, await openZip(file));
}

async function choose(name: string, reader: PackageReader): Promise<void> {
  chosen = { name, reader };
  await verify();
}

async function verify(): Promise<void> {
  if (chosen === undefined) return;
  running?.abort();
  const mine = new AbortController();
  running = mine;
  const { name, reader } = chosen;
  fill(result);
  fill(status, `Verifying ${name}.`);
  again.hidden = true;
  progress.hidden = false;
  try {
    const verification = await verifyPackageContents(reader, browserHost, {
      ...(brought.fingerprint === undefined ? {} : { fingerprint: brought.fingerprint }),
      ...(brought.trust === undefined ? {} : { trust: brought.trust }),
      signal: mine.signal,
      onProgress(done, total) {
        progress.value = total === 0 ? 1 : done / total;
      },
    });
    const files = await PackageFiles.open(reader);
    const given = brought.fingerprint !== undefined || brought.trust !== undefined;
    const bytes = reader.entries.reduce((sum, entry) => sum + entry.length, 0);
    fill(status, `${name}: ${count(bytes)} bytes read.`);
    fill(
      result,
      verdictView(verification, { given, ed25519: await hasEd25519() }),
      tabs([
        { id: 'checks', title: 'Checks', make: () => checksView(verification) },
        { id: 'report', title: 'Report', make: () => reportView(files) },
        { id: 'records', title: 'Cited records', make: () => recordsView(files, verification.checks) },
        { id: 'exhibits', title: 'Exhibits', make: () => exhibitsView(files, verification.checks) },
        { id: 'ledger', title: 'Custody ledger', make: () => ledgerView(files) },
      ]),
    );
    document.getElementById('verdict')?.focus();
  } catch (error) {
    if (mine.signal.aborted) return;
    fill(status, `${name} could not be read: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    if (running === mine) {
      progress.hidden = true;
      again.hidden = false;
    }
  }
}

async function hasEd25519(): Promise<boolean> {
  const bytes = (hex: string): Uint8Array =>
    Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  return (await browserVerify(bytes(TEST_KEY), new Uint8Array(0), bytes(TEST_SIGNATURE))) === true;
}
