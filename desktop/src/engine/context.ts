import type { CaseAnalysis } from './analysis/case-analysis.ts';
import type { CaseStore } from './case/case-store.ts';
import type { SigningKeys } from './case/signing-keys.ts';
import type { UnlockedIdentity } from './custody/identity.ts';
import type { LedgerFile } from './custody/ledger-file.ts';
import type { Notes } from './detection/notes.ts';
import type { FileMap } from './files.ts';
import type { Readers } from './import/reading.ts';
import type { ViewCache } from './query/views.ts';

/** What requests work on: the case that is open and what the engine was given. */
export interface EngineContext {
  readonly casesDir: string;
  /** Identity and settings of the person: never inside a case. */
  readonly profileDir: string;
  /** The rules that are shipped. */
  readonly rulesDir: string;
  readonly version: string;
  readonly clock: () => Date;
  readonly random: (bytes: number) => Uint8Array;
  readonly readOnly: boolean;
  readonly files: FileMap;
  readonly readers: Readers;
  /** The unlocked identity, in memory of this process only; undefined while locked. */
  identity(): UnlockedIdentity | undefined;
  /** Acts are signed from now on; the open case keeps the public key. */
  unlock(identity: UnlockedIdentity): Promise<void>;
  lock(): void;
  /** Who acts: the unlocked identity's name, else the operating system's account. */
  examiner(): string;
  /** The open case, or `case/none-open`. */
  open(): OpenedCase;
  current(): OpenedCase | undefined;
  /** Closes what is open and opens the case in `root`. */
  openCase(root: string): Promise<OpenedCase>;
  closeCase(): Promise<void>;
}

/** An open case with what is kept in memory about it. */
export interface OpenedCase {
  readonly store: CaseStore;
  readonly ledger: LedgerFile;
  readonly signers: SigningKeys;
  readonly views: ViewCache;
  readonly notes: Notes;
  readonly analysis: CaseAnalysis;
}
