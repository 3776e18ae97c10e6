import { useMemo, useState } from 'react';
import { casesClose, casesList, casesOpen } from '../../host/cases.ts';
import { SealedPackagesPanel } from '../package/sealed-packages.tsx';
import type { Action } from '../state/actions.ts';
import { useStore } from '../state/store.ts';
import { useJob, useRequest } from '../state/use-request.ts';
import { useActions, useWorkbench } from '../state/workbench.ts';
import { t } from '../text/message.ts';
import { Button } from '../widgets/button.tsx';
import { Empty, Failure, Loading } from '../widgets/states.tsx';
import { CaseGlance } from './case-glance.tsx';
import { CaseTable } from './case-table.tsx';
import { NewCaseDialog } from './new-case-dialog.tsx';

/** All cases of this machine: create, open, close, or look at a package instead. */
export function CasesScreen() {
  const workbench = useWorkbench();
  const { current, route, filter, host } = workbench;
  const open = useStore(current);
  const list = useRequest(
    casesList,
    useMemo(() => ({}), []),
  );
  const opening = useJob(casesOpen);
  const closing = useJob(casesClose);
  const [creating, setCreating] = useState(false);
  const { readOnly } = host.capabilities;

  const actions = useMemo<readonly Action[]>(
    () =>
      readOnly
        ? []
        : [
            {
              id: 'new-case',
              group: t('group.case'),
              title: t('cases.new'),
              keys: ['n'],
              run: () => setCreating(true),
            },
          ],
    [readOnly],
  );
  useActions(actions);

  const openCase = async (ref: string) => {
    const opened = await opening.run({ ref });
    if (opened === undefined) return;
    filter.reset();
    current.set(opened);
    route.set({ screen: opened.events > 0 ? 'timeline' : 'evidence' });
  };
  const closeCase = async () => {
    await closing.run({});
    current.set(undefined);
    filter.reset();
    list.reload();
  };

  const tools = (
    <div className="row">
      {readOnly ? undefined : (
        <Button kind="primary" icon="add" onClick={() => setCreating(true)}>
          {t('cases.new')}
        </Button>
      )}
      <Button icon="package" onClick={() => route.set({ screen: 'package' })}>
        {t('cases.package')}
      </Button>
    </div>
  );
  return (
    <div className="screen">
      <div className="screen-head">
        <h1>{t('cases.title')}</h1>
        {list.value !== undefined && list.value.length > 0 ? tools : undefined}
      </div>
      {list.error === undefined ? undefined : <Failure error={list.error} onRetry={list.reload} />}
      {opening.error === undefined ? undefined : <Failure error={opening.error} />}
      {closing.error === undefined ? undefined : <Failure error={closing.error} />}
      {list.value === undefined && list.loading ? <Loading /> : undefined}
      {list.value?.length === 0 ? (
        <div className="panel">
          <Empty icon="cases" title={t('cases.empty.title')} text={t('cases.empty.text')}>
            {tools}
          </Empty>
        </div>
      ) : undefined}
      {list.value !== undefined && list.value.length > 0 ? (
        <CaseTable
          cases={list.value}
          openRef={open?.ref}
          busy={opening.running}
          onOpen={openCase}
          onClose={closeCase}
        />
      ) : undefined}
      {open === undefined || open.events === 0 || list.value === undefined ? undefined : (
        <CaseGlance key={`glance of ${open.ref}`} open={open} />
      )}
      {open?.mode === 'examiner' ? <SealedPackagesPanel key={open.ref} /> : undefined}
      {creating ? <NewCaseDialog onClose={() => setCreating(false)} /> : undefined}
    </div>
  );
}
