import type * as z from 'zod';

/**
 * One request that the renderer (or any front end) can make of the engine: a name, a schema that the engine checks
 * every call against, and whether it changes the case (such requests do not exist in read-only mode).
 */
export interface RequestType<P, R> {
  readonly method: string;
  readonly effect: 'read' | 'write';
  readonly params: z.ZodType<P>;
  /** Type witness for the result; never present at run time. */
  readonly result?: R;
}

export interface Progress {
  readonly phase: string;
  readonly done: number;
  /** 0 when it is not known how much there is. */
  readonly total: number;
  readonly unit: 'bytes' | 'records' | 'files' | 'rules' | 'steps';
  /** What is being worked on: a file name, a rule title. */
  readonly subject?: string;
}

export interface CallOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/** The only door out of the renderer. Adapters: Electron MessagePort, loopback WebSocket, in-memory fake, in-process (CLI). */
export interface Host {
  request<P, R>(type: RequestType<P, R>, params: P, options?: CallOptions): Promise<R>;
  /** Files that the person picked or dropped become opaque ids; paths stay with the host. */
  pick(kind: 'evidence' | 'package' | 'estate' | 'save'): Promise<readonly PickedFile[]>;
  upload?(file: {
    readonly name: string;
    readonly size: number;
    stream(): ReadableStream;
  }): Promise<PickedFile>;
  /** Brings a file that the engine made (a package, an export) to the person, where the host is not their own disk. */
  download?(ref: string, name: string): Promise<void>;
  readonly capabilities: HostCapabilities;
}

export interface PickedFile {
  readonly id: string;
  readonly name: string;
  readonly bytes: number;
}

export interface HostCapabilities {
  readonly shell: 'electron' | 'web' | 'fake' | 'cli';
  /** Auditor mode: no request with effect `write` exists. */
  readonly readOnly: boolean;
  readonly version: string;
}

/** What a failed request carries: what was wrong, where, and what to do next. */
export interface HostError {
  readonly code: string;
  readonly message: string;
  readonly next?: string;
  readonly at?: { readonly file?: string; readonly byte?: number; readonly line?: number };
}

/** Declares a request that only reads. */
export function reads<P, R>(method: string, params: z.ZodType<P>): RequestType<P, R> {
  return { method, effect: 'read', params };
}

/** Declares a request that changes the case: one ledger entry before it is reported done. */
export function writes<P, R>(method: string, params: z.ZodType<P>): RequestType<P, R> {
  return { method, effect: 'write', params };
}
