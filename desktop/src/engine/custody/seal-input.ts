import type { Json } from '@dbwitness/shared/evidence/canonical-json.ts';
import type { ItemFile } from '@dbwitness/shared/evidence/item.ts';
import type { RangeRun } from '@dbwitness/shared/evidence/ranges.ts';
import type { TreeHead } from '@dbwitness/shared/evidence/statement.ts';
import type { VerificationResult } from '@dbwitness/shared/evidence/verify/verify-package.ts';
import type { UnlockedIdentity } from './identity.ts';
import type { LedgerFile } from './ledger-file.ts';
import type { PackageFile } from './package-file.ts';
import type { CitedRecord } from './proofs.ts';

/** An exhibit to be sealed. */
export interface SealExhibit {
  /** What its item file says; the package's own facts are added here. */
  readonly item: Omit<ItemFile, 'v' | 'path' | 'blocks'>;
  /** Its bytes, of the vault or derived again from there; may be asked for more than once. */
  bytes(): AsyncIterable<Uint8Array>;
  /** Block leaves made at intake. */
  readonly leaves: Uint8Array;
  /** Its range table; empty where nobody read it, as with a compressed file whose content is an exhibit of its own. */
  readonly ranges: readonly RangeRun[];
}

/** What the report and its views may cite of the package. */
export interface SealFacts {
  readonly packageId: string;
  readonly sequence: number;
  /** Name of the package's folder. */
  readonly name: string;
  readonly fingerprint: string;
  /** The ledger before the seal: its size, root and the hash of its last entry. The seal is the next entry. */
  readonly ledger: TreeHead & { readonly head: string };
  /** Exhibits as read again just now, with their package paths. */
  readonly exhibits: readonly ItemFile[];
}

/** A checkpoint of an earlier package of the case, and the number of that package. */
export interface EarlierPackage {
  readonly sequence: number;
  /** Text of its `custody/ledger.checkpoint`. */
  readonly checkpoint: string;
  readonly ledgerSize: number;
}

export interface SealInput {
  readonly caseId: string;
  /** Name for the folder: `<slug>-<sequence>`. */
  readonly slug: string;
  readonly sequence: number;
  readonly organisation: string;
  readonly tool: string;
  readonly exhibits: readonly SealExhibit[];
  readonly cited: readonly CitedRecord[];
  readonly ledger: LedgerFile;
  readonly identity: UnlockedIdentity;
  /** Raw public keys of everybody who signed in the ledger. */
  readonly keys: readonly Uint8Array[];
  /** Rules, policies, queries, normalised rows: everything below `data/` that is made before the report. */
  readonly files: readonly PackageFile[];
  readonly earlier: readonly EarlierPackage[];
  /** Package digest of the one that this one replaces. */
  readonly supersedes?: string;
  /** The report's value; asked for when everything that it cites is known. */
  report(facts: SealFacts): Promise<Json> | Json;
  /** Views of the final report: `data/report/report.html` and `.pdf`, `custody/case.jsonld`, `viewer.html`. */
  views(
    report: { readonly json: string; readonly sha256: string },
    facts: SealFacts,
  ): Promise<readonly PackageFile[]> | readonly PackageFile[];
  readonly form: 'folder' | 'zip';
  /** Existing folder that the package is put into. */
  readonly target: string;
  /** Keeps what later packages need of this one: called when it verified, before the ledger calls it done. */
  keep?(path: string): Promise<void>;
  readonly signal?: AbortSignal;
}

export interface SealedPackage {
  readonly path: string;
  readonly name: string;
  readonly packageId: string;
  /** Package digest: SHA-256 of `tagmanifest-sha256.txt`. */
  readonly digest: string;
  readonly bytes: number;
  readonly verification: VerificationResult;
}
