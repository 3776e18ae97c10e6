import { useCallback, useEffect, useMemo, useState } from 'react';
import { casesCurrent } from '../../host/cases.ts';
import { custodyList, custodyVerify, type LedgerRow, type LedgerState } from '../../host/custody.ts';
import type { Action } from '../state/actions.ts';
import { ROW_HEIGHT } from '../state/preferences.ts';
import { useStore } from '../state/store.ts';
import { useJob, useRequest } from '../state/use-request.ts';
import { isReadOnly, useActions, useWorkbench } from '../state/workbench.ts';
import { type Column, type RowSource, VirtualTable } from '../table/virtual-table.tsx';
import { t } from '../text/message.ts';
import { Button } from '../widgets/button.tsx';
import { Digest } from '../widgets/digest.tsx';
import { SelectField, TextField } from '../widgets/field.tsx';
import { RawText } from '../widgets/raw-text.tsx';
import { Empty, Failure, Loading, Notice, ProgressLine } from '../widgets/states.tsx';
import { TimeText } from '../widgets/time-text.tsx';
import { LedgerEntry } from './ledger-entry.tsx';
import { SignatureMark } from './signature-mark.tsx';
import { TransferDialog } from './transfer-dialog.tsx';

const PAGE = 200;

/** Who did what to the evidence and the case, chained and signed. */
export function CustodyScreen() {
  const workbench = useWorkbench();
  const { host, current, route, preferences } = workbench;
  const open = useStore(current);
  const { item } = useStore(route);
  const { density } = useStore(preferences);
  const readOnly = isReadOnly(workbench, open);
  const [filter, setFilter] = useState<{ readonly act: string; readonly object: string }>({
    act: '',
    object: '',
  });
  const [state, setState] = useState<LedgerState>();
  const [transferring, setTransferring] = useState(false);
  const verify = useJob(custodyVerify);
  const params = useMemo(
    () => ({
      ...(filter.act === '' ? {} : { act: filter.act }),
      ...(filter.object === '' ? {} : { object: filter.object }),
    }),
    [filter],
  );
  const first = useRequest(
    custodyList,
    useMemo(() => ({ ...params, offset: 0, limit: PAGE }), [params]),
  );
  const known = first.value;
  // Acts are the engine's: the choice offers those that this ledger was seen to hold.
  const [acts, setActs] = useState<readonly string[]>([]);
  useEffect(() => {
    const seen = known?.rows.map((row) => row.act) ?? [];
    setActs((old) => [...new Set([...old, ...seen])].sort());
  }, [known]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `known` changes with the filter, when its answer is there
  const source = useMemo<RowSource<LedgerRow> | undefined>(
    () =>
      known && {
        key: JSON.stringify(params),
        rows: known.total,
        fetch: async (from, count, signal) =>
          from === 0 && known.rows.length >= Math.min(count, known.total)
            ? known.rows.slice(0, count)
            : (await host.request(custodyList, { ...params, offset: from, limit: count }, { signal })).rows,
      },
    [known, host],
  );
  const chosen = known?.rows.find((row) => String(row.seq) === item);
  const [opened, setOpened] = useState<LedgerRow>();
  const shown = opened !== undefined && String(opened.seq) === item ? opened : chosen;
  const openRow = useCallback(
    (row: LedgerRow) => {
      setOpened(row);
      route.set({ screen: 'custody', item: String(row.seq) });
    },
    [route],
  );

  const check = useCallback(async () => setState(await verify.run({})), [verify.run]);
  const actions = useMemo<readonly Action[]>(
    () => [
      {
        id: 'verify-ledger',
        group: t('group.case'),
        title: t('custody.verify'),
        keys: ['v'],
        run: () => void check(),
      },
      ...(readOnly
        ? []
        : [
            {
              id: 'transfer',
              group: t('group.case'),
              title: t('custody.transfer'),
              run: () => setTransferring(true),
            },
          ]),
    ],
    [check, readOnly],
  );
  useActions(actions);
  const filtered = filter.act !== '' || filter.object !== '';

  return (
    <div className="split-screen">
      <div className="split-head">
        <h1>{t('custody.title')}</h1>
        <span className="soft grow">{known === undefined ? '' : t('custody.count', { n: known.total })}</span>
        {known === undefined ? undefined : (
          <>
            {readOnly ? undefined : (
              <Button icon="custody" onClick={() => setTransferring(true)}>
                {t('custody.transfer')}
              </Button>
            )}
            <Button icon="check" disabled={verify.running} onClick={check}>
              {t('custody.verify')}
            </Button>
          </>
        )}
      </div>
      <div className="screen-notes">
        {first.error === undefined ? undefined : <Failure error={first.error} onRetry={first.reload} />}
        {verify.error === undefined ? undefined : <Failure error={verify.error} />}
        {verify.running ? (
          <ProgressLine progress={verify.progress} label={t('custody.verify')} onCancel={verify.cancel} />
        ) : undefined}
        {state === undefined ? undefined : (
          <Notice kind={state.intact ? 'ok' : 'danger'}>
            <p>
              <strong>{state.intact ? t('custody.intact', { n: state.size }) : t('custody.broken')}</strong>
            </p>
            {state.problems.map((one) => (
              <p key={`${one.id} ${one.seq}`}>
                {one.seq === undefined ? '' : `${t('custody.problem.at', { seq: one.seq })}: `}
                <RawText text={one.detail} /> <code className="soft small">{one.id}</code>
              </p>
            ))}
            <dl className="facts small">
              <dt>{t('custody.root')}</dt>
              <dd>
                <Digest value={state.root} name={t('custody.root')} />
              </dd>
              <dt>{t('custody.head')}</dt>
              <dd>
                <Digest value={state.head} name={t('custody.head')} />
              </dd>
            </dl>
          </Notice>
        )}
      </div>
      {known === undefined && first.loading ? <Loading /> : undefined}
      {known === undefined ? undefined : (
        <search className="session-filters" aria-label={t('custody.filter')}>
          <SelectField
            label={t('custody.filter.act')}
            value={filter.act}
            onChange={(event) => setFilter((old) => ({ ...old, act: event.target.value }))}
          >
            <option value="">{t('custody.filter.act.all')}</option>
            {acts.map((act) => (
              <option key={act}>{act}</option>
            ))}
          </SelectField>
          <TextField
            label={t('custody.filter.object')}
            value={filter.object}
            onChange={(event) => setFilter((old) => ({ ...old, object: event.target.value }))}
          />
        </search>
      )}
      <div className={shown === undefined ? 'split' : 'split with-detail'}>
        {known !== undefined && known.total === 0 ? (
          <Empty
            icon="custody"
            title={t(filtered ? 'custody.none.title' : 'custody.empty.title')}
            text={t(filtered ? 'custody.none.text' : 'custody.empty.text')}
          />
        ) : undefined}
        {source === undefined || source.rows === 0 ? undefined : (
          <VirtualTable
            label={t('custody.title')}
            source={source}
            columns={COLUMNS}
            rowHeight={ROW_HEIGHT[density]}
            onOpen={openRow}
            isCurrent={(row) => row.seq === shown?.seq}
          />
        )}
        {shown === undefined ? undefined : (
          <LedgerEntry row={shown} onClose={() => route.set({ screen: 'custody' })} />
        )}
      </div>
      {transferring ? (
        <TransferDialog
          onClose={() => setTransferring(false)}
          onWritten={async () => {
            setTransferring(false);
            current.set(await host.request(casesCurrent, {}));
            first.reload();
          }}
        />
      ) : undefined}
    </div>
  );
}

const COLUMNS: readonly Column<LedgerRow>[] = [
  {
    id: 'seq',
    title: t('custody.seq'),
    width: 56,
    numeric: true,
    sortable: false,
    cell: (row) => <span>{row.seq}</span>,
  },
  { id: 'at', title: t('custody.at'), width: 196, sortable: false, cell: (row) => <TimeText at={row.at} /> },
  {
    id: 'act',
    title: t('custody.act'),
    width: 140,
    sortable: false,
    cell: (row) => <span className="mono">{row.act}</span>,
  },
  {
    id: 'summary',
    title: t('custody.summary'),
    width: 320,
    grows: true,
    sortable: false,
    cell: (row) => <RawText text={row.summary} limit={240} />,
  },
  {
    id: 'actor',
    title: t('custody.actor'),
    width: 152,
    sortable: false,
    cell: (row) => <RawText text={row.actor} />,
  },
  {
    id: 'object',
    title: t('custody.objects'),
    width: 96,
    sortable: false,
    cell: (row) => <RawText text={row.object.join(', ')} limit={80} />,
  },
  {
    id: 'signature',
    title: t('custody.signature'),
    width: 96,
    sortable: false,
    cell: (row) => <SignatureMark signature={row.signature} />,
  },
];
