import { useEffect, useMemo, useRef, useState } from 'react';
import { casesCurrent } from '../../host/cases.ts';
import {
  type Finding,
  findingsDetect,
  findingsList,
  findingsTriage,
  TRIAGE_STATES,
  type Triage,
} from '../../host/findings.ts';
import type { Action } from '../state/actions.ts';
import { useStore } from '../state/store.ts';
import { useJob, useRequest } from '../state/use-request.ts';
import { isReadOnly, useActions, useWorkbench } from '../state/workbench.ts';
import { t } from '../text/message.ts';
import { Button } from '../widgets/button.tsx';
import { SelectField } from '../widgets/field.tsx';
import { Empty, Failure, Loading, ProgressLine } from '../widgets/states.tsx';
import { ActorOverview } from './actor-overview.tsx';
import { FindingPane } from './finding-pane.tsx';
import { FindingQueue } from './finding-queue.tsx';
import { GROUPINGS, type Grouping, groupFindings } from './group-findings.ts';
import { RuleOutcomes } from './rule-outcomes.tsx';

const NOTHING = {};
const KEYS: Readonly<Record<Triage, string>> = { new: 'r', confirmed: 'c', benign: 'b', 'needs more': 'm' };

/** Triage by keyboard: next, why, decide. */
export function FindingsScreen() {
  const workbench = useWorkbench();
  const { host, current, route, announcement } = workbench;
  const open = useStore(current);
  const { item } = useStore(route);
  const readOnly = isReadOnly(workbench, open);
  const list = useRequest(findingsList, NOTHING);
  const detect = useJob(findingsDetect);
  const triage = useJob(findingsTriage);
  const [by, setBy] = useState<Grouping>('level');
  const [state, setState] = useState<Triage | 'all'>('all');
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const note = useRef<HTMLTextAreaElement>(null);

  const findings = list.value?.findings ?? [];
  const groups = useMemo(() => groupFindings(list.value?.findings ?? [], by, state), [list.value, by, state]);
  const order = useMemo(() => groups.flatMap((group) => group.findings), [groups]);
  const chosen = findings.find((one) => one.id === item);

  const run = async () => {
    if ((await detect.run({})) === undefined) return;
    current.set(await host.request(casesCurrent, {}));
    list.reload();
  };
  const latest = useRef({ order, item, selected, run });
  latest.current = { order, item, selected, run };

  // biome-ignore lint/correctness/useExhaustiveDependencies: what changes is read through `latest`; the rest is stable
  const actions = useMemo<readonly Action[]>(() => {
    const group = t('group.findings');
    const choose = (id: string | undefined) =>
      id !== undefined && route.set({ screen: 'findings', item: id });
    const step = (by: 1 | -1) => () => {
      const { order: now, item: here } = latest.current;
      const at = now.findIndex((one) => one.id === here);
      choose(now[at < 0 ? 0 : Math.min(now.length - 1, Math.max(0, at + by))]?.id);
    };
    const decide = (to: Triage) => async () => {
      const { selected: many, item: one, order: now } = latest.current;
      const ids = many.size > 0 ? [...many] : one === undefined ? [] : [one];
      if (ids.length === 0) return;
      const at = now.findIndex((each) => each.id === one);
      const following = now[at + 1]?.id;
      const done = await triage.run({ ids, triage: to });
      if (done === undefined) return;
      announcement.set(t('findings.triaged', { n: ids.length, state: to }));
      setSelected(new Set());
      list.reload();
      if (many.size === 0) choose(following);
    };
    return [
      { id: 'finding-next', group, title: t('findings.next'), keys: ['j'], run: step(1) },
      { id: 'finding-previous', group, title: t('findings.previous'), keys: ['k'], run: step(-1) },
      ...(readOnly
        ? []
        : [
            ...TRIAGE_STATES.map((to) => ({
              id: `triage-${to}`,
              group,
              title: t(`findings.act.${to}`),
              keys: [KEYS[to]],
              run: decide(to),
            })),
            {
              id: 'finding-select',
              group,
              title: t('findings.act.select'),
              keys: ['x'],
              run: () => {
                const id = latest.current.item;
                if (id !== undefined) setSelected((old) => toggled(old, id));
              },
            },
            {
              id: 'finding-note',
              group,
              title: t('findings.act.note'),
              keys: ['n'],
              when: () => latest.current.item !== undefined,
              run: () => note.current?.focus(),
            },
            { id: 'detect', group, title: t('findings.run'), run: () => void latest.current.run() },
          ]),
    ];
  }, [readOnly, route]);
  useActions(actions);

  useEffect(() => {
    if (item !== undefined) document.getElementById(`finding-${item}`)?.scrollIntoView({ block: 'nearest' });
  }, [item]);

  const rules = list.value?.rules ?? [];
  const ran = rules.filter((rule) => rule.status === 'ran').length;
  const act = (to: Triage) => actions.find((action) => action.id === `triage-${to}`)?.run?.();

  return (
    <div className="split-screen">
      <div className="split-head">
        <h1>{t('findings.title')}</h1>
        <span className="soft grow">
          {list.value === undefined || rules.length === 0 ? '' : t('findings.count', { n: findings.length })}
        </span>
        {readOnly || list.value === undefined || rules.length === 0 ? undefined : (
          <Button icon="findings" disabled={detect.running} onClick={run}>
            {t('findings.run')}
          </Button>
        )}
      </div>
      <div className="screen-notes">
        {list.error === undefined ? undefined : <Failure error={list.error} onRetry={list.reload} />}
        {detect.error === undefined ? undefined : <Failure error={detect.error} />}
        {triage.error === undefined ? undefined : <Failure error={triage.error} />}
        {detect.running ? (
          <ProgressLine progress={detect.progress} label={t('findings.running')} onCancel={detect.cancel} />
        ) : undefined}
      </div>
      {list.value === undefined && list.loading ? <Loading /> : undefined}
      {list.value !== undefined && rules.length === 0 ? (
        <div className="panel-body">
          <div className="panel">
            <Empty icon="findings" title={t('findings.empty.title')} text={t('findings.empty.text')}>
              {readOnly ? undefined : (
                <Button kind="primary" disabled={detect.running} onClick={run}>
                  {t('findings.run')}
                </Button>
              )}
            </Empty>
          </div>
        </div>
      ) : undefined}
      {list.value !== undefined && rules.length > 0 ? (
        <div className="findings">
          <section className="queue" aria-label={t('findings.queue')}>
            <div className="queue-tools">
              <SelectField
                label={t('findings.state')}
                value={state}
                onChange={(event) =>
                  setState(TRIAGE_STATES.find((one) => one === event.target.value) ?? 'all')
                }
              >
                {(['all', ...TRIAGE_STATES] as const).map((one) => (
                  <option
                    key={one}
                    value={one}
                  >{`${t(`findings.state.${one}`)} (${one === 'all' ? findings.length : findings.filter((each) => each.triage === one).length})`}</option>
                ))}
              </SelectField>
              <SelectField
                label={t('findings.group')}
                value={by}
                onChange={(event) => setBy(GROUPINGS.find((one) => one === event.target.value) ?? 'level')}
              >
                {GROUPINGS.map((one) => (
                  <option key={one} value={one}>
                    {t(`findings.group.${one}`)}
                  </option>
                ))}
              </SelectField>
            </div>
            {selected.size === 0 ? undefined : (
              <div className="queue-selected">
                <span>{t('findings.selected', { n: selected.size })}</span>
                {TRIAGE_STATES.filter((one) => one !== 'new').map((one) => (
                  <Button key={one} size="small" onClick={() => act(one)}>
                    {t(`findings.act.${one}`)}
                  </Button>
                ))}
                <Button size="small" kind="quiet" onClick={() => setSelected(new Set())}>
                  {t('findings.unselect')}
                </Button>
              </div>
            )}
            {findings.length === 0 ? (
              <Empty
                icon="check"
                title={t('findings.none.title')}
                text={t('findings.none.text', { n: ran })}
              />
            ) : order.length === 0 ? (
              <Empty
                icon="filter"
                title={t('findings.noneShown.title')}
                text={t('findings.noneShown.text')}
              />
            ) : (
              <FindingQueue
                groups={groups}
                by={by}
                chosen={item}
                selected={selected}
                readOnly={readOnly}
                onChoose={(id) => route.set({ screen: 'findings', item: id })}
                onSelect={(id) => setSelected((old) => toggled(old, id))}
              />
            )}
            <RuleOutcomes rules={rules} />
          </section>
          {chosen === undefined ? (
            <ActorOverview
              findings={findings}
              onChoose={(id) => {
                setBy('actor');
                route.set({ screen: 'findings', item: id });
              }}
            />
          ) : (
            <FindingPane
              key={chosen.id}
              finding={chosen}
              readOnly={readOnly}
              noteRef={note}
              onTriage={act}
              onChanged={list.reload}
            />
          )}
        </div>
      ) : undefined}
    </div>
  );
}

function toggled(set: ReadonlySet<string>, id: Finding['id']): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(id)) next.add(id);
  return next;
}
