import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PackageReader } from '@dbwitness/shared/evidence/verify/package-reader.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CraftedEntry, craftZip } from '../verify/fixtures/craft-zip.ts';
import { openZip as openInNode } from '../verify/zip-reader.ts';
import { openZip } from './zip-reader.ts';

const data = Buffer.from('hello, evidence\n');
const good: CraftedEntry = { name: 'case-1/data/a.txt', data };
const other: CraftedEntry = { name: 'case-1/data/b.txt', data: Buffer.from('second') };

/** The extra field 0x7075 of Info-ZIP. */
function secondName(name: string): Buffer {
  const field = Buffer.concat([Buffer.alloc(9), Buffer.from(name)]);
  field.writeUInt16LE(0x7075, 0);
  field.writeUInt16LE(field.length - 4, 2);
  return field;
}

/** What an archive may do wrong, and an honest one. */
const ARCHIVES: readonly (readonly [what: string, bytes: Buffer])[] = [
  ['is honest', craftZip([good, other])],
  ['is empty', craftZip([])],
  ['is no archive', Buffer.from('not a zip')],
  ['has the same name twice', craftZip([good, { ...good, data: Buffer.from('other') }])],
  ['has another name in the local header', craftZip([{ ...good, localName: 'case-1/data/c.txt' }, other])],
  ['has another size in the local header', craftZip([{ ...good, localSize: 3 }, other])],
  ['has another checksum in the local header', craftZip([{ ...good, localCrc: 1 }, other])],
  ['hides bytes between entries', craftZip([good, { ...other, before: Buffer.from('hidden') }])],
  ['hides bytes before the directory', craftZip([good], { beforeCentral: Buffer.from('hidden') })],
  ['has a comment', craftZip([good], { comment: Buffer.from('hidden') })],
  ['has a folder with bytes', craftZip([{ name: 'case-1/data/', data: Buffer.from('hidden') }, good])],
  ['gives an entry a second name', craftZip([{ ...good, extra: secondName('case-1/data/c.txt') }, other])],
  ['goes on after its end', craftZip([good], { after: Buffer.from('more') })],
  ['has an encrypted entry', craftZip([{ ...good, flags: 1 }, other])],
  ['has a symbolic link', craftZip([{ ...good, mode: 0o120777 }, other])],
  ['has a device', craftZip([{ ...good, mode: 0o020644 }, other])],
  ['has two top folders', craftZip([good, { ...other, name: 'case-2/b.txt' }])],
  ['climbs out', craftZip([good, { ...other, name: 'case-1/../../etc/passwd' }])],
  ['names an absolute path', craftZip([good, { ...other, name: '/etc/passwd' }])],
  ['has a backslash', craftZip([good, { ...other, name: 'case-1\\b.txt' }])],
];

describe('the zip reader of the viewer', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dbwitness-zip-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each(ARCHIVES)('judges as the command line does an archive that %s', async (_, bytes) => {
    const file = join(folder, 'one.zip');
    await writeFile(file, bytes);
    const [here, there] = [await openZip(new Blob([new Uint8Array(bytes)])), await openInNode(file)];
    expect(problems(here)).toEqual(problems(there));
    expect(here.entries).toEqual(there.entries);
    for (const { path } of here.entries)
      expect(await content(here, path)).toEqual(await content(there, path));
    await there.close();
  });

  it('refuses deflated entries, which a package never has', async () => {
    const { entries, problems: found } = await openZip(
      new Blob([new Uint8Array(craftZip([{ ...good, deflate: true }]))]),
    );
    expect(entries).toEqual([]);
    expect(found.map(({ id }) => id)).toEqual(['zip/method']);
  });

  it('is not led astray by an archive cut anywhere', async () => {
    const whole = craftZip([good, other]);
    for (let length = 0; length < whole.length; length += 1) {
      const { problems: found } = await openZip(new Blob([new Uint8Array(whole.subarray(0, length))]));
      expect(found.map(({ id }) => id)).toContain('zip/damaged');
    }
  });
});

function problems({ problems: found }: PackageReader): readonly string[] {
  return [...new Set(found.map(({ id }) => id))].sort();
}

async function content(reader: PackageReader, path: string): Promise<string> {
  const parts: Buffer[] = [];
  try {
    for await (const chunk of reader.open(path)) parts.push(Buffer.from(chunk));
  } catch {
    return 'unreadable';
  }
  return Buffer.concat(parts).toString();
}
