import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { EngineError } from './engine-error.ts';

/** The only place that knows which path an opaque id stands for: front ends never see paths of files they pick. */
export class FileMap {
  readonly #paths = new Map<string, string>();
  readonly #names = new Map<string, string>();

  /** Makes `path` known; returns the id that stands for it. `name` is what people call it, where the path does not say. */
  add(path: string, name = basename(path)): string {
    for (const [id, known] of this.#paths) if (known === path) return id;
    const id = `file-${randomUUID()}`;
    this.#paths.set(id, path);
    this.#names.set(id, name);
    return id;
  }

  /** The path of an id, where it is known. */
  find(id: string): string | undefined {
    return this.#paths.get(id);
  }

  /** The path of an id, or `file/unknown`. */
  path(id: string): string {
    const path = this.find(id);
    if (path !== undefined) return path;
    throw new EngineError('file/unknown', 'This file was not picked in this session.', {
      next: 'Pick it again.',
    });
  }

  name(id: string): string {
    return this.#names.get(id) ?? basename(this.path(id));
  }
}
