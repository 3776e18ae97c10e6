import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { evidenceJson, type Json } from '@dbwitness/shared/evidence/canonical-json.ts';
import { completeness } from '@dbwitness/shared/reports/completeness.ts';
import { reportHtml } from '@dbwitness/shared/reports/html.ts';
import type { Report } from '@dbwitness/shared/reports/report-model.ts';
import {
  packagesList,
  packageVerify,
  type ReportChoice,
  reportPdf,
  reportPreview,
  reportSeal,
  type SealedPackageRow,
} from '../../host/report.ts';
import { UsageError, verifyPackage } from '../../verify/verify-package.ts';
import type { EngineContext } from '../context.ts';
import { EngineError } from '../engine-error.ts';
import { handler } from '../handler.ts';
import { collectReport } from '../report/collect.ts';
import { materialOf } from '../report/material-of.ts';
import { reportPdf as renderPdf } from '../report/pdf/report-pdf.ts';
import { STYLE_DIGEST, sealCase } from '../report/seal-case.ts';
import { releasedViewer } from '../report/viewer-file.ts';
import { ledgerRows } from './custody.ts';

export const reportHandlers = [
  handler(reportPreview, async (context, choice, { signal }) => {
    const { report, sha256 } = await current(context, choice, signal);
    return {
      html: reportHtml(report, { report: sha256, style: STYLE_DIGEST }),
      sha256,
      missing: completeness(report),
    };
  }),

  handler(reportPdf, async (context, choice, { signal }) => {
    const { report, sha256 } = await current(context, choice, signal);
    const { bytes, pages } = await renderPdf(report, sha256);
    return { base64: Buffer.from(bytes).toString('base64'), pages };
  }),

  handler(reportSeal, async (context, { form, ...choice }, { signal }) => {
    checkZone(choice.zone);
    const { path, name, digest, bytes, verification } = await sealCase(context, {
      choice,
      form,
      viewer: await releasedViewer(),
      rows: () => ledgerRows(context.open().ledger),
      signal,
    });
    return {
      ref: context.files.add(path),
      name,
      digest,
      bytes,
      fingerprint: context.identity()?.fingerprint ?? '',
      verification,
    };
  }),

  handler(packageVerify, async (context, { file, fingerprint, trust }, { signal, onProgress }) => {
    const viewer = await releasedViewer();
    try {
      return await verifyPackage(context.files.path(file), {
        ...(fingerprint === undefined || fingerprint.trim() === '' ? {} : { fingerprint }),
        ...(trust === undefined ? {} : { trust: context.files.path(trust) }),
        ...(viewer === undefined
          ? {}
          : { knownViewers: [createHash('sha256').update(viewer).digest('hex')] }),
        ...(signal === undefined ? {} : { signal }),
        onProgress: (done, total) => onProgress?.({ phase: 'verify', done, total, unit: 'bytes' }),
      });
    } catch (error) {
      if (error instanceof UsageError)
        throw new EngineError('verify/usage', `This cannot be verified: ${error.message}.`);
      throw error;
    }
  }),

  handler(packagesList, async (context) => {
    const { store, ledger } = context.open();
    const found: SealedPackageRow[] = [];
    for (const row of await ledgerRows(ledger)) {
      const [name] = row.object;
      if (row.act !== 'export.done' || name === undefined) continue;
      const { digest } = JSON.parse(row.body) as { readonly digest?: unknown };
      const path = [`${name}.zip`, name]
        .map((candidate) => join(store.folder.packages, candidate))
        .find((candidate) => existsSync(candidate));
      // A package that was moved away is no longer here to open; its entry stays in the ledger.
      if (path === undefined) continue;
      found.push({
        ref: context.files.add(path),
        name,
        form: path.endsWith('.zip') ? 'zip' : 'folder',
        place: relative(context.casesDir, path),
        digest: String(digest),
        sealedAt: row.at,
        bytes: await sizeOf(path),
      });
    }
    return found.reverse();
  }),
] as const;

/** Bytes of a file, or of all files of a folder. */
async function sizeOf(path: string): Promise<number> {
  const own = await stat(path);
  if (!own.isDirectory()) return own.size;
  const parts = await Promise.all((await readdir(path)).map((name) => sizeOf(join(path, name))));
  return parts.reduce((sum, part) => sum + part, 0);
}

async function current(
  context: EngineContext,
  choice: ReportChoice,
  signal: AbortSignal | undefined,
): Promise<{ readonly report: Report; readonly sha256: string }> {
  checkZone(choice.zone);
  const report = await collectReport(
    await materialOf(context, { rows: await ledgerRows(context.open().ledger), signal }),
    choice,
    signal,
  );
  return {
    report,
    sha256: createHash('sha256')
      .update(evidenceJson(report as unknown as Json))
      .digest('hex'),
  };
}

function checkZone(zone: string): void {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone === '' ? 'UTC' : zone });
  } catch {
    throw new EngineError('report/zone', `There is no time zone “${zone}”.`, {
      next: 'Name one as in Europe/Berlin, or UTC.',
    });
  }
}
