import { ALGORITHMS, tagManifestPath } from '../../bag.ts';
import { isJsonObject } from '../../canonical-json.ts';
import { pae } from '../../dsse.ts';
import { equalBytes } from '../../encoding.ts';
import { fp16 } from '../../key.ts';
import { STATEMENT_MEDIA_TYPE, type Statement } from '../../statement.ts';
import type { Check, Findings } from '../check.ts';
import type { PackageContents, SignatureFile } from '../package-contents.ts';
import { sealEntry } from '../seal-entry.ts';

/** Each signature is good, over a statement of this profile, about this package and no other (EVIDENCE §9). */
export const signature: Check = {
  ids: [
    'signature/companion',
    'signature/fingerprint',
    'signature/invalid',
    'signature/missing',
    'signature/payload-type',
    'signature/subject',
  ],
  async run(contents, findings) {
    for (const path of contents.badKeys) {
      findings.fail(
        'signature/fingerprint',
        path,
        'the key in it has not the fingerprint that its name says',
      );
    }
    if (contents.signatures.length === 0) {
      findings.fail('signature/missing', 'signatures/', 'the package is not signed');
      for (const id of ['companion', 'invalid', 'payload-type', 'subject']) {
        findings.skip(`signature/${id}`, 'signatures/', 'there is no signature');
      }
    }
    for (const file of contents.signatures) await checkFile(contents, file, findings);
  },
};

async function checkFile(contents: PackageContents, file: SignatureFile, findings: Findings): Promise<void> {
  const { path, envelope, statement } = file;
  if (envelope === undefined) return findings.fail('signature/invalid', path, 'not a DSSE envelope');
  if (envelope.payloadType !== STATEMENT_MEDIA_TYPE) {
    findings.fail('signature/payload-type', path, 'signed as another kind of thing', {
      expected: STATEMENT_MEDIA_TYPE,
      actual: envelope.payloadType,
    });
  } else if (statement === undefined) {
    findings.fail('signature/payload-type', path, 'what is signed is no statement of this profile');
  }
  await checkSignatures(contents, file, findings);
  await checkCompanions(contents, file, findings);
  if (statement === undefined)
    findings.skip('signature/subject', path, 'there is no statement to compare with');
  else await checkSubject(contents, path, statement, findings);
}

async function checkSignatures(
  contents: PackageContents,
  file: SignatureFile,
  findings: Findings,
): Promise<void> {
  const { path, envelope } = file;
  if (envelope === undefined) return;
  const message = pae(contents.host, envelope.payloadType, envelope.payload);
  for (const { keyid, sig } of envelope.signatures) {
    if (fp16(keyid) !== file.fp16) {
      findings.fail('signature/fingerprint', path, 'names another key inside than its file name', {
        expected: file.fp16,
        actual: keyid,
      });
    }
    const key = contents.key(keyid);
    const good = key && (await contents.host.verify(key, message, sig));
    if (good === false) findings.fail('signature/invalid', path, 'the signature is not good');
    else if (key !== undefined && good === undefined)
      findings.skip('signature/invalid', path, 'no Ed25519 here to check the signature');
    else if (key === undefined && contents.badKeys.includes(`custody/keys/${file.fp16}.pem`)) {
      findings.skip('signature/invalid', path, 'the package holds another key than the one that signed');
    } else if (key === undefined) findings.fail('signature/invalid', path, `the key ${keyid} is not at hand`);
  }
}

async function checkCompanions(
  contents: PackageContents,
  file: SignatureFile,
  findings: Findings,
): Promise<void> {
  const { envelope } = file;
  const first = envelope?.signatures[0];
  if (envelope === undefined || first === undefined) return;
  const companions = [
    ['signatures/statement.json', envelope.payload],
    ['signatures/statement.pae', pae(contents.host, envelope.payloadType, envelope.payload)],
    [`signatures/${file.fp16}.sig`, first.sig],
  ] as const;
  for (const [path, expected] of companions) {
    const actual = await contents.bytes(path);
    if (actual === undefined) findings.fail('signature/companion', path, 'is not there');
    else if (!equalBytes(actual, expected))
      findings.fail('signature/companion', path, `not what ${file.path} encodes`);
  }
}

async function checkSubject(
  contents: PackageContents,
  path: string,
  statement: Statement,
  findings: Findings,
): Promise<void> {
  const differs = (detail: string, expected: string, actual: string | undefined) =>
    findings.fail('signature/subject', path, detail, {
      expected,
      ...(actual === undefined ? {} : { actual }),
    });
  for (const name of ALGORITHMS.map(tagManifestPath)) {
    const subject = statement.subject.find((s) => s.name === name);
    const hashes = contents.files.get(name);
    if (subject === undefined) findings.fail('signature/subject', path, `the statement is not about ${name}`);
    else if (hashes !== undefined) {
      for (const algorithm of ALGORITHMS) {
        const actual = hashes[algorithm];
        if (actual !== subject.digest[algorithm])
          differs(`${name} is not the one signed (${algorithm})`, subject.digest[algorithm], actual);
      }
    }
  }
  const { predicate } = statement;
  const { values } = contents.bagInfo;
  const named = [
    ['External-Identifier', predicate.case],
    ['Internal-Sender-Identifier', predicate.package],
    ['Bagging-Date', predicate.sealedAt.slice(0, 10)],
  ] as const;
  for (const [label, expected] of named) {
    const actual = values.get(label);
    if (actual !== undefined && actual !== expected)
      differs(`${label} is not the one signed`, expected, actual);
  }
  for (const { item, itemPath } of contents.exhibits.values()) {
    const sealed = predicate.evidence.find((exhibit) => exhibit.exhibit === item.exhibit);
    if (sealed === undefined)
      findings.fail('signature/subject', itemPath, `the statement does not cover ${item.exhibit}`);
    else if (sealed.sha256 !== item.sha256)
      differs(`${item.exhibit} is not the exhibit signed`, sealed.sha256, item.sha256);
  }
  const seal = await sealEntry(contents);
  if (seal !== undefined && seal.body.package !== predicate.package) {
    differs('the seal is of another package', predicate.package, String(seal.body.package));
  }
  const signed = new Set(predicate.evidence.map(({ exhibit }) => exhibit));
  for (const exhibit of signed) {
    if (!contents.exhibits.has(exhibit))
      findings.fail('signature/subject', path, `${exhibit} is signed for and not described`);
  }
  for (const exhibit of sealedExhibits(seal?.body.evidence)) {
    if (!signed.has(exhibit))
      findings.fail('signature/subject', path, `the seal covers ${exhibit}, and the statement does not`);
  }
}

/** Ids of the exhibits that the seal entry names. */
function sealedExhibits(evidence: unknown): readonly string[] {
  if (!Array.isArray(evidence)) return [];
  return evidence.flatMap((named: unknown) =>
    isJsonObject(named) && typeof named.exhibit === 'string' ? [named.exhibit] : [],
  );
}
