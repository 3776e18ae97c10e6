import { FIELDS } from '@dbwitness/shared/events/fields.ts';
import type { CaseSummary, NewCase, OpenCase } from './cases.ts';
import type { LedgerRow } from './custody.ts';
import type { ImportItem } from './evidence.ts';
import { ESTATE, opened, summary } from './fake/cases.ts';
import { eventDetail } from './fake/detail.ts';
import { bytes, exhibits, formats, preview, rejectedRanges } from './fake/exhibits.ts';
import { FakeFailure } from './fake/failure.ts';
import { findingDetail, findings, ruleOutcomes } from './fake/findings.ts';
import { ledgerRow } from './fake/ledger.ts';
import { pause } from './fake/pause.ts';
import { fakeDigest } from './fake/random.ts';
import { reportPreview, sealedPackage, verification } from './fake/report.ts';
import { FakeRows } from './fake/rows.ts';
import { sessionDetail, sessionList, sessionOf } from './fake/sessions.ts';
import { facets, gaps, histogram, sources } from './fake/timeline.ts';
import type { Filter, Sort } from './filter.ts';
import type { Finding, Triage } from './findings.ts';
import type { IdentityState } from './identity.ts';
import type { ReportChoice, SealedPackageRow } from './report.ts';
import type { CallOptions, Host, PickedFile, RequestType } from './request.ts';
import type { SessionFilter } from './sessions.ts';

export interface FakeOptions {
  /** `loaded`: a case is open and full; `empty`: open, without evidence; `none`: no case at all; `error`: every question about the case fails; `auditor`: a package, read-only; `slow`: nothing answers until it is cancelled. */
  readonly scene: 'loaded' | 'empty' | 'none' | 'error' | 'auditor' | 'slow';
  readonly rows: number;
}

type Handler = (params: never, options: CallOptions) => unknown;

/** An in-memory host with data by formula, for tests of the page. It imitates answers, never evidence. */
export function createFakeHost(options: FakeOptions): Host {
  const rows = new FakeRows(options.scene === 'empty' || options.scene === 'none' ? 0 : options.rows);
  const handlers = createHandlers(rows, options);
  const picked = new Map<string, PickedFile>();
  const give = (name: string, size: number): PickedFile => {
    const file = { id: `file-${picked.size + 1}`, name, bytes: size };
    picked.set(file.id, file);
    return file;
  };
  return {
    capabilities: { shell: 'fake', readOnly: options.scene === 'auditor', version: '0.1.0' },
    async request<P, R>(type: RequestType<P, R>, params: P, call: CallOptions = {}): Promise<R> {
      const parsed = type.params.parse(params);
      await pause(
        options.scene === 'slow' &&
          /^(timeline|events|sessions|findings|custody|evidence)\//.test(type.method)
          ? 3_600_000
          : 1,
        call.signal,
      );
      const handler = handlers[type.method];
      if (handler === undefined)
        throw new FakeFailure({
          code: 'host/unknown-request',
          message: `The engine does not know ${type.method}.`,
        });
      if (options.scene === 'error' && !/^(cases\/(current|list)|identity\/state)$/.test(type.method))
        throw new FakeFailure({
          code: 'store/unreadable',
          message: 'The event database of the case could not be read.',
          next: 'Close other programs that use the case folder, then try again.',
          at: { file: 'events.duckdb', byte: 4096 },
        });
      if (options.scene === 'auditor' && type.effect === 'write')
        throw new FakeFailure({ code: 'host/read-only', message: 'This package is open read-only.' });
      const named =
        typeof parsed === 'object' && parsed !== null && 'file' in parsed
          ? { ...parsed, picked: picked.get(String(parsed.file)) }
          : parsed;
      return (await handler(named as never, call)) as R;
    },
    async pick(kind) {
      if (kind === 'package') return [give('case-2026-014.zip', 812_004_112)];
      return [
        give('postgresql-2026-03-04.csv', 98_112_004),
        give('server_audit.log.3.gz', 12_400_220),
        give('core.bin', 48_221),
      ];
    },
    upload: async (file) => give(file.name, file.size),
  };
}

function createHandlers(rows: FakeRows, { scene }: FakeOptions): Readonly<Record<string, Handler>> {
  const cases: CaseSummary[] =
    scene === 'none' ? [] : [summary(rows, 0), ...[1, 2, 3].map((n) => summary(rows, n))];
  let open: OpenCase | undefined =
    scene === 'none' ? undefined : opened(cases[0] ?? summary(rows, 0), rows, scene === 'auditor');
  let evidence = scene === 'empty' || scene === 'none' ? [] : exhibits(rows);
  let found: Finding[] = scene === 'empty' || scene === 'none' ? [] : findings(rows);
  let detected = found.length > 0;
  let identity: IdentityState =
    scene === 'empty' || scene === 'none'
      ? { exists: false, unlocked: false }
      : {
          exists: true,
          unlocked: true,
          name: 'Ines Prasad',
          organisation: 'Forensic Lab',
          fingerprint: fakeDigest(77),
        };
  const ledger: LedgerRow[] = Array.from({ length: scene === 'empty' ? 2 : 41 }, (_, seq) => ledgerRow(seq));
  const packages: SealedPackageRow[] = scene === 'loaded' ? [sealedPackage(1, '2026-03-08T16:40:00Z')] : [];
  const views = new Map<string, { found: Uint32Array | undefined; reversed: boolean }>();
  const enter = (act: string, text: string): LedgerRow => {
    const row = ledgerRow(ledger.length, act, text);
    ledger.push(row);
    return row;
  };
  const bump = () => {
    if (open)
      open = {
        ...open,
        dataVersion: open.dataVersion + 1,
        exhibits: evidence.length,
        ledger: { ...open.ledger, entries: ledger.length },
      };
  };
  const at = (view: string, position: number): number => {
    const known = views.get(view);
    const length = known?.found?.length ?? rows.count;
    const forward = known?.reversed ? length - 1 - position : position;
    return known?.found ? (known.found[forward] ?? 0) : forward;
  };
  const viewLength = (view: string) => views.get(view)?.found?.length ?? rows.count;
  const the = (id: string): Finding => {
    const finding = found.find((one) => one.id === id);
    if (finding === undefined)
      throw new FakeFailure({ code: 'findings/unknown', message: `There is no finding ${id}.` });
    return finding;
  };

  return {
    'cases/list': () => cases,
    'cases/current': () => open,
    'cases/create': (params: NewCase) => {
      const fresh = {
        ...summary(new FakeRows(0), 9),
        ...params,
        id: 'new',
        ref: 'new',
        exhibits: 0,
        events: 0,
        bytes: 0,
      };
      cases.unshift(fresh);
      open = opened(fresh, new FakeRows(0), false);
      return open;
    },
    'cases/open': ({ ref }: { ref: string }) => {
      const one = cases.find((each) => each.ref === ref);
      if (one?.lockedBy !== undefined)
        throw new FakeFailure({
          code: 'store/locked',
          message: `The case is open in another process (${one.lockedBy}).`,
          next: 'Close it there, or wait until it is done.',
        });
      open = one && opened(one, rows, false);
      return open;
    },
    'cases/close': () => {
      open = undefined;
      return undefined;
    },
    'cases/attach-estate': () => {
      if (open) open = { ...open, estate: ESTATE, dataVersion: open.dataVersion + 1 };
      enter('policy.attach', 'An estate file was attached.');
      return open;
    },
    'cases/open-package': () => {
      open = {
        ...opened(cases[0] ?? summary(rows, 0), rows, true),
        package: {
          digest: fakeDigest(5),
          verdict: 'not-trusted',
        },
      };
      return open;
    },
    'identity/state': () => identity,
    'identity/create': (params: { name: string; organisation: string }) => {
      identity = {
        exists: true,
        unlocked: true,
        name: params.name,
        organisation: params.organisation,
        fingerprint: fakeDigest(78),
      };
      return identity;
    },
    'identity/unlock': ({ passphrase }: { passphrase: string }) => {
      if (passphrase.length < 12)
        throw new FakeFailure({
          code: 'identity/passphrase',
          message: 'That passphrase does not open the key.',
          next: 'Try again; after each failure the wait grows.',
        });
      identity = { ...identity, unlocked: true };
      return identity;
    },
    'identity/lock': () => {
      identity = { ...identity, unlocked: false };
      return identity;
    },
    'evidence/formats': () => formats,
    'evidence/list': () => evidence,
    'evidence/preview': (params: { file: string; format?: string; picked?: PickedFile }) =>
      preview(params.file, params.picked?.name ?? 'unknown.csv', params.picked?.bytes ?? 0, params.format),
    'evidence/import': async ({ items }: { items: ImportItem[] }, call) => {
      const outcomes = [];
      for (const [n, item] of items.entries()) {
        const total = 98_112_004;
        for (let step = 0; step <= 8; step++) {
          await pause(40, call.signal);
          call.onProgress?.({
            phase: step < 4 ? 'hashing' : 'reading',
            done: (total * step) / 8,
            total,
            unit: 'bytes',
            subject: item.file,
          });
        }
        if (n === 2)
          outcomes.push({
            file: item.file,
            name: 'core.bin',
            exhibits: [],
            error: {
              code: 'logs/unrecognised',
              message: 'No reader recognises the file: byte 0 is 0x7F, as of a program.',
              next: 'Name the format, or keep the file without events.',
            },
          });
        else {
          const template = exhibits(new FakeRows(3_000_000))[n % 3];
          if (template === undefined) continue;
          const exhibit = {
            ...template,
            id: `E00${evidence.length + 1}`,
            name: n === 0 ? 'postgresql-2026-03-04.csv' : 'server_audit.log.3.gz',
          };
          evidence = [...evidence, exhibit];
          outcomes.push({ file: item.file, name: exhibit.name, exhibits: [exhibit] });
        }
      }
      enter('exhibit.import', `${items.length} files were taken in.`);
      bump();
      return outcomes;
    },
    'evidence/ranges': ({ exhibit }: { exhibit: string }) => rejectedRanges(exhibit),
    'evidence/bytes': (params: { exhibit: string; from: number; to: number }) =>
      bytes(params.exhibit, params.from, params.to),
    'evidence/set-offset': (params: { source: string; offsetMs: number }) => {
      evidence = evidence.map((one) =>
        one.source === params.source ? { ...one, offsetMs: params.offsetMs } : one,
      );
      enter('clock.offset', `Clock offset of ${params.source} was set to ${params.offsetMs} ms.`);
      bump();
      return evidence;
    },
    'evidence/verify': async (_: unknown, call) => {
      for (let step = 0; step <= 4; step++) {
        await pause(30, call.signal);
        call.onProgress?.({ phase: 'hashing', done: step, total: 4, unit: 'files' });
      }
      return evidence.map((one) => ({
        exhibit: one.id,
        ok: true,
        detail: 'SHA-256 and SHA-512 as at intake.',
      }));
    },
    'events/fields': () => FIELDS.map(({ name, type, meaning }) => ({ name, type, meaning })),
    'events/view': async ({ filter, sort }: { filter: Filter; sort?: Sort }, call) => {
      const view = JSON.stringify([filter, sort]);
      if (filter.clauses.some((clause) => clause.values.includes('!fail')))
        throw new FakeFailure({
          code: 'query/too-large',
          message: 'Sorting this many rows needs more memory than the limit of 2 GiB.',
          next: 'Filter further, or sort by time.',
        });
      views.set(view, {
        found: await rows.find(filter, call.signal),
        reversed: sort?.direction === 'descending',
      });
      return { view, rows: viewLength(view), dataVersion: open?.dataVersion ?? 0 };
    },
    'events/page': ({
      view,
      from,
      count,
      fields,
    }: {
      view: string;
      from: number;
      count: number;
      fields: string[];
    }) =>
      Array.from({ length: Math.max(0, Math.min(count, viewLength(view) - from)) }, (_, n) =>
        rows.row(at(view, from + n), fields),
      ),
    'events/locate': ({ view, time, event }: { view: string; time?: number; event?: string }) => {
      const found = views.get(view)?.found;
      const row = event === undefined ? rows.rowFrom(time ?? 0) : rows.rowOf(event);
      if (found === undefined) return row;
      const position = found.findIndex((one) => (event === undefined ? one >= row : one === row));
      return position;
    },
    'events/detail': ({ event }: { event: string }) => eventDetail(rows, event, found),
    'timeline/histogram': ({ filter, bins, split }: { filter: Filter; bins: number; split: string }, call) =>
      histogram(rows, filter, bins, split, call.signal),
    'timeline/gaps': () => (rows.count === 0 ? [] : gaps(rows)),
    'timeline/sources': () => (rows.count === 0 ? [] : sources(rows)),
    'timeline/facets': (
      { filter, fields, limit }: { filter: Filter; fields: string[]; limit: number },
      call,
    ) => facets(rows, filter, fields, limit, call.signal),
    'sessions/list': ({
      filter,
      offset,
      limit,
    }: {
      filter: SessionFilter;
      offset: number;
      limit: number;
    }) => {
      const all = rows.count === 0 ? [] : sessionList(rows, filter);
      return { total: all.length, sessions: all.slice(offset, offset + limit) };
    },
    'sessions/of-event': ({ event }: { event: string }) => sessionOf(rows, event),
    'sessions/detail': ({ id, limit }: { id: string; limit: number }) => sessionDetail(rows, id, limit),
    'findings/list': () => ({ findings: found, rules: detected ? ruleOutcomes(found) : [] }),
    'findings/detect': async (_: unknown, call) => {
      for (let step = 0; step <= 14; step++) {
        await pause(20, call.signal);
        call.onProgress?.({
          phase: 'detecting',
          done: step,
          total: 14,
          unit: 'rules',
          subject: 'Bulk read of a sensitive table',
        });
      }
      if (found.length === 0 && rows.count > 0) found = findings(rows);
      detected = true;
      enter('detect.run', '14 rules were run.');
      return { rules: ruleOutcomes(found), findings: found.length };
    },
    'findings/detail': ({ id }: { id: string }) => findingDetail(rows, the(id)),
    'findings/triage': ({ ids, triage }: { ids: string[]; triage: Triage }) => {
      found = found.map((one) => (ids.includes(one.id) ? { ...one, triage } : one));
      enter('finding.triage', `${ids.length} findings were set to ${triage}.`);
      return found;
    },
    'findings/note': ({ id, text }: { id: string; text: string }) => {
      const at = '2026-03-09T12:00:00Z';
      found = found.map((one) =>
        one.id === id
          ? { ...one, notes: [...one.notes, { id: `N${one.notes.length + 9}`, at, by: 'Ines Prasad', text }] }
          : one,
      );
      return the(id);
    },
    'findings/tag': ({ ids, tag, present }: { ids: string[]; tag: string; present: boolean }) => {
      found = found.map((one) =>
        ids.includes(one.id)
          ? { ...one, userTags: [...one.userTags.filter((each) => each !== tag), ...(present ? [tag] : [])] }
          : one,
      );
      return found;
    },
    'custody/list': ({ act, offset, limit }: { act?: string; offset: number; limit: number }) => {
      const listed = ledger.filter((one) => !act || one.act === act);
      return { total: listed.length, rows: listed.slice(offset, offset + limit) };
    },
    'custody/verify': () => ({
      size: ledger.length,
      root: fakeDigest(300),
      head: fakeDigest(301),
      intact: true,
      problems: [],
    }),
    'custody/transfer': (params: { act: string; from: string; to: string }) =>
      enter(params.act, `From ${params.from} to ${params.to}.`),
    'report/preview': (choice: ReportChoice) => reportPreview(choice, found),
    'report/pdf': () => ({ base64: btoa('%PDF-1.7\n% made up\n'), pages: 12 }),
    'report/seal': async (_: unknown, call) => {
      if (!identity.unlocked)
        throw new FakeFailure({
          code: 'identity/locked',
          message: 'The examiner key is locked.',
          next: 'Unlock it with its passphrase, then seal.',
        });
      for (const [step, phase] of ['writing', 'hashing', 'signing', 'verifying'].entries()) {
        await pause(40, call.signal);
        call.onProgress?.({ phase, done: step + 1, total: 4, unit: 'steps' });
      }
      const sealed = sealedPackage(packages.length + 1, '2026-03-09T14:00:00Z');
      packages.unshift(sealed);
      enter('seal', `The package ${sealed.name} was sealed.`);
      return { ...sealed, fingerprint: fakeDigest(77), verification: verification(sealed.name, false) };
    },
    'package/list': () => packages,
    'package/verify': ({ file, picked }: { file: string; picked?: PickedFile }) =>
      verification(picked?.name ?? file, file.includes('bad')),
  } as Readonly<Record<string, Handler>>;
}
