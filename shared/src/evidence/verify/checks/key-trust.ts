import { pae } from '../../dsse.ts';
import type { Check, Findings } from '../check.ts';
import type { PackageContents } from '../package-contents.ts';
import { ledgerEntries } from '../seal-entry.ts';

/** A signer, and whether the reader's own list knows the key. Never decided by the package (EVIDENCE §7). */
export interface SignerReading {
  readonly fingerprint: string;
  /** Person, as the trust file says. */
  readonly name?: string;
  readonly role?: string;
  readonly trusted: boolean;
  readonly state: 'accepted' | 'not-accepted' | 'bad-signature' | 'not-checked';
  readonly why: string;
}

/** The keys are ones that the reader accepts, valid at the seal, and not revoked. */
export const keyTrust: Check = {
  ids: ['signature/key-revoked', 'signature/key-validity', 'signature/untrusted-key'],
  async run(contents, findings) {
    const { trust, fingerprint } = contents.expectations;
    if (trust === undefined && fingerprint === undefined) {
      for (const id of this.ids) {
        findings.skip(
          id,
          '',
          'neither a trust file nor a fingerprint was given: who signed is not established',
        );
      }
      return;
    }
    if (trust === undefined) {
      for (const id of ['signature/key-revoked', 'signature/key-validity']) {
        findings.skip(id, '', 'a fingerprint alone says nothing of validity');
      }
    }
    const signers = await readSigners(contents);
    for (const { fingerprint: key, state, why } of signers) {
      if (state === 'not-accepted') findings.fail('signature/untrusted-key', key, why);
      else if (state !== 'accepted') findings.skip('signature/untrusted-key', key, why);
      checkDates(contents, key, findings);
    }
    // One key that signed twice is one signer: signatures stand outside the manifests, so anybody can double one.
    const accepted = new Set(signers.filter(({ trusted }) => trusted).map((signer) => signer.fingerprint))
      .size;
    const wanted = trust?.minSigners ?? 1;
    if (signers.length === 0)
      findings.skip('signature/untrusted-key', 'signatures/', 'there is no signature');
    else if (accepted < wanted && signers.every(({ trusted }) => trusted)) {
      findings.fail(
        'signature/untrusted-key',
        'signatures/',
        `${accepted} accepted signers of ${wanted} that the trust file asks for`,
      );
    }
    const known = new Set([
      ...(trust?.keys.map((key) => key.fingerprint) ?? []),
      ...(fingerprint === undefined ? [] : [fingerprint]),
    ]);
    for (const key of await ledgerKeys(contents)) {
      if (known.has(key) || signers.some((signer) => signer.fingerprint === key)) continue;
      findings.fail(
        'signature/untrusted-key',
        'custody/ledger.jsonl',
        `entries are signed by the unknown key ${key}`,
      );
    }
  },
};

/** Every signer of the package with a good signature or none to speak of, by fingerprint. */
export async function readSigners(contents: PackageContents): Promise<readonly SignerReading[]> {
  const { trust, fingerprint } = contents.expectations;
  const signers: SignerReading[] = [];
  for (const { envelope } of contents.signatures) {
    for (const { keyid, sig } of envelope?.signatures ?? []) {
      const key = contents.key(keyid);
      const known = trust?.keys.find((candidate) => candidate.fingerprint === keyid);
      const message = envelope && pae(contents.host, envelope.payloadType, envelope.payload);
      const good = key && message && (await contents.host.verify(key, message, sig));
      // Who names one signer accepts no other, whoever else the trust file knows.
      const state = stateOf(good, fingerprint === undefined ? known !== undefined : keyid === fingerprint);
      signers.push({
        fingerprint: keyid,
        ...(known === undefined ? {} : { name: known.person, role: known.role }),
        trusted: state === 'accepted',
        state,
        why:
          known !== undefined && state === 'accepted'
            ? `in the trust file (bound: ${known.boundBy})`
            : WHY[state],
      });
    }
  }
  return signers;
}

function stateOf(good: boolean | undefined, accepted: boolean): SignerReading['state'] {
  if (good === undefined) return 'not-checked';
  if (!good) return 'bad-signature';
  return accepted ? 'accepted' : 'not-accepted';
}

const WHY: Readonly<Record<SignerReading['state'], string>> = {
  accepted: 'the fingerprint is the one given',
  'not-accepted': 'the signature is good, but the key is not one that the reader said to accept',
  'bad-signature': 'the signature is not good',
  'not-checked': 'the signature could not be checked',
};

function checkDates(contents: PackageContents, keyid: string, findings: Findings): void {
  const key = contents.expectations.trust?.keys.find((candidate) => candidate.fingerprint === keyid);
  const sealedAt = contents.statement?.predicate.sealedAt;
  if (key === undefined || sealedAt === undefined) return;
  const sealed = Date.parse(sealedAt);
  if (key.revokedAt !== undefined) {
    const when =
      sealed < Date.parse(key.revokedAt)
        ? 'the seal says it is older, but no time stamp proves it'
        : 'before the seal';
    findings.fail('signature/key-revoked', keyid, `revoked at ${key.revokedAt}: ${when}`);
  }
  const early = key.validFrom !== undefined && sealed < Date.parse(key.validFrom);
  const late = key.validTo !== undefined && sealed > Date.parse(key.validTo);
  if (early || late || Number.isNaN(sealed)) {
    const expected = `${key.validFrom ?? '…'} to ${key.validTo ?? '…'}`;
    findings.fail('signature/key-validity', keyid, 'sealed outside the time for which the key is valid', {
      expected,
      actual: sealedAt,
    });
  }
}

async function ledgerKeys(contents: PackageContents): Promise<ReadonlySet<string>> {
  const entries = await ledgerEntries(contents);
  return new Set(
    entries.flatMap(({ sig, actor }) => (sig === null || actor.key === null ? [] : [actor.key])),
  );
}
