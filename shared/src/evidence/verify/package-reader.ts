/** One entry of a package folder or archive, named from the package's own folder with forward slashes, as found. */
export interface PackageEntry {
  readonly path: string;
  readonly kind: 'file' | 'folder';
  /** Bytes of a file, as the container states them. */
  readonly length: number;
}

/** Something wrong with the container itself, by the verifier's check id: `zip/<kind>` or `path/<kind>`. */
export interface ContainerProblem {
  readonly id: string;
  readonly target: string;
  readonly detail: string;
}

/** A package in a folder or a zip. Nothing is ever extracted to disk. */
export interface PackageReader {
  readonly container: 'folder' | 'zip';
  /** Safe entries only: what is not safe to open is in `problems` instead. */
  readonly entries: readonly PackageEntry[];
  readonly problems: readonly ContainerProblem[];
  /** Bytes of an entry in order. Throws `UnreadableEntry` when the container lies about it. */
  open(path: string): AsyncIterable<Uint8Array>;
}

/** An entry whose container contradicts itself: found only while reading. */
export class UnreadableEntry extends Error {
  readonly problem: ContainerProblem;

  constructor(problem: ContainerProblem) {
    super(problem.detail);
    this.name = 'UnreadableEntry';
    this.problem = problem;
  }
}
