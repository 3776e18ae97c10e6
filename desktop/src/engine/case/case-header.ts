import { readFile } from 'node:fs/promises';
import type { NewCase } from '../../host/cases.ts';
import { EngineError } from '../engine-error.ts';
import { writeDurably } from './durable-file.ts';

/** `case.json`: what the case is. Its first line tells that the folder is ours. */
export interface CaseHeader extends Omit<NewCase, 'folder'> {
  readonly kind: 'dbwitness-case';
  readonly v: 1;
  /** UUID; binds the ledger to the case. */
  readonly id: string;
  readonly createdAt: string;
}

export async function writeHeader(path: string, header: CaseHeader): Promise<void> {
  await writeDurably(path, `${JSON.stringify(header, undefined, 2)}\n`);
}

/** The header of a case folder; fails with `case/not-a-case` for any other folder. */
export async function readHeader(path: string): Promise<CaseHeader> {
  try {
    const value: unknown = JSON.parse(await readFile(path, 'utf8'));
    if (isHeader(value)) return value;
  } catch {
    // Not there or not JSON: the same answer as for another folder.
  }
  throw new EngineError('case/not-a-case', 'This folder holds no case of DB Witness.', {
    next: 'Pick the folder that holds case.json, or make a new case.',
  });
}

function isHeader(value: unknown): value is CaseHeader {
  return (
    typeof value === 'object' &&
    value !== null &&
    'kind' in value &&
    value.kind === 'dbwitness-case' &&
    'v' in value &&
    value.v === 1 &&
    'id' in value &&
    typeof value.id === 'string'
  );
}
