import type { FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import yauzl from 'yauzl';
import { copies } from './copies.ts';
import { readRange } from './read-range.ts';

/** Headers are read a few bytes at a time and one after the other: a window over the file saves the trips to the disk. */
const WINDOW_BYTES = 65_536;

/** Lets yauzl read from a handle that its opener closes. */
export class HandleReader extends yauzl.RandomAccessReader {
  private readonly handle: FileHandle;
  private window = { at: 0, bytes: new Uint8Array(0) };

  constructor(handle: FileHandle) {
    super();
    this.handle = handle;
  }

  override _readStreamForRange(start: number, end: number): Readable {
    // Chunks that wait in a stream outlive the next read: they are copies.
    return Readable.from(copies(readRange(this.handle, start, end)));
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    done: (error: Error | null) => void,
  ): void {
    // Never called back at once: yauzl's listing would recurse as deep as there are entries.
    this.bytes(position, position + length).then((found) => {
      buffer.set(found, offset);
      done(found.length === length ? null : new Error('the archive ends early'));
    }, done);
  }

  /** Bytes `[from, to)`, fewer where the file ends before. They stay as they are: windows are not written again. */
  async bytes(from: number, to: number): Promise<Uint8Array> {
    const { at, bytes } = await this.windowOver(from, to - from);
    return bytes.subarray(from - at, to - at);
  }

  /** A window that holds `[position, position + length)`, as far as the file goes. */
  private async windowOver(position: number, length: number) {
    const { at, bytes } = this.window;
    if (position >= at && position + length <= at + bytes.length) return this.window;
    const size = Math.max(length, WINDOW_BYTES);
    const { bytesRead, buffer } = await this.handle.read(new Uint8Array(size), 0, size, position);
    const window = { at: position, bytes: buffer.subarray(0, bytesRead) };
    this.window = window;
    return window;
  }
}
