import { type DragEvent, useMemo, useState } from 'react';
import { casesCurrent } from '../../host/cases.ts';
import { evidenceImport, evidenceList, evidenceVerify, type ImportOutcome } from '../../host/evidence.ts';
import type { HostError, PickedFile, Progress } from '../../host/request.ts';
import type { Action } from '../state/actions.ts';
import { toHostError } from '../state/host-error.ts';
import { useStore } from '../state/store.ts';
import { useJob, useRequest } from '../state/use-request.ts';
import { isReadOnly, useActions, useWorkbench } from '../state/workbench.ts';
import { t } from '../text/message.ts';
import { Button } from '../widgets/button.tsx';
import { JobEnd } from '../widgets/job-end.tsx';
import { Empty, Failure, Loading, Notice, ProgressLine } from '../widgets/states.tsx';
import { EstatePanel } from './estate-panel.tsx';
import { ExhibitAccount } from './exhibit-account.tsx';
import { ExhibitTable } from './exhibit-table.tsx';
import { advance, type FileProgress } from './import-progress.ts';
import { ImportRunning } from './import-running.tsx';
import { StagedFile } from './staged-file.tsx';
import { type Staged, stage, toImportItem } from './staging.ts';

const NOTHING = {};
/** The same bytes are an exhibit already: told, and nothing to mend. */
const KNOWN = 'intake/already-imported';

/** From dropped files to exhibits with an account of every byte. */
export function EvidenceScreen() {
  const workbench = useWorkbench();
  const { host, current, route, announcement } = workbench;
  const open = useStore(current);
  const { item } = useStore(route);
  const readOnly = isReadOnly(workbench, open);
  const list = useRequest(evidenceList, NOTHING);
  const verify = useJob(evidenceVerify);
  const [verified, setVerified] = useState<readonly { exhibit: string; ok: boolean; detail: string }[]>();
  const [staged, setStaged] = useState<readonly Staged[]>([]);
  const [outcomes, setOutcomes] = useState<readonly ImportOutcome[]>([]);
  const [failure, setFailure] = useState<HostError>();
  const [over, setOver] = useState(false);
  const [files, setFiles] = useState<ReadonlyMap<string, FileProgress>>(new Map());
  const hear = (message: Progress) => {
    const { subject } = message;
    if (subject !== undefined)
      setFiles((old) => new Map(old).set(subject, advance(old.get(subject), message, performance.now())));
  };
  const job = useJob(evidenceImport, hear);

  const add = async (pick: () => Promise<readonly PickedFile[]>) => {
    setFailure(undefined);
    try {
      const picked = await pick();
      setStaged((old) => [...old, ...picked.map(stage)]);
    } catch (thrown) {
      setFailure(toHostError(thrown));
    }
  };
  const pickFiles = () => add(() => host.pick('evidence'));
  // biome-ignore lint/correctness/useExhaustiveDependencies: the function only closes over setters and the host
  const actions = useMemo<readonly Action[]>(
    () =>
      readOnly
        ? []
        : [
            {
              id: 'add-evidence',
              group: t('group.case'),
              title: t('evidence.add'),
              keys: ['a'],
              run: () => void pickFiles(),
            },
          ],
    [readOnly],
  );
  useActions(actions);

  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    if (readOnly) return;
    const dropped = [...event.dataTransfer.files];
    const { upload } = host;
    if (upload === undefined)
      setFailure({
        code: 'host/no-drop',
        message: t('evidence.drop.no'),
        next: t('evidence.drop.no.next'),
      });
    else void add(() => Promise.all(dropped.map((file) => upload(file))));
  };
  const take = async () => {
    setFiles(new Map());
    setOutcomes([]);
    const done = await job.run({ items: staged.map(toImportItem) });
    current.set(await host.request(casesCurrent, {}));
    list.reload();
    if (done === undefined) return;
    setOutcomes(done);
    // What could be read another way stays; what the case has already does not.
    const again = new Set(
      done.filter((one) => one.error !== undefined && one.error.code !== KNOWN).map((one) => one.file),
    );
    setStaged((old) => old.filter((one) => again.has(one.file.id)));
  };

  const exhibits = list.value ?? [];
  const chosen = exhibits.find((one) => one.id === item);
  const bad = verified?.filter((one) => !one.ok) ?? [];
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a short cut of the button Add files
    <div
      className={over ? 'screen drop-over' : 'screen'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(!readOnly);
      }}
      onDragLeave={(event) => event.currentTarget === event.target && setOver(false)}
      onDrop={onDrop}
    >
      <div className="screen-head">
        <h1>{t('evidence.title')}</h1>
        {readOnly || list.value === undefined ? undefined : (
          <div className="row">
            {exhibits.length === 0 ? undefined : (
              <Button
                icon="check"
                disabled={verify.running}
                onClick={async () => setVerified(await verify.run({}))}
              >
                {t('evidence.verify')}
              </Button>
            )}
            {exhibits.length === 0 && staged.length === 0 ? undefined : (
              <Button kind={staged.length === 0 ? 'primary' : 'plain'} icon="add" onClick={pickFiles}>
                {t('evidence.add')}
              </Button>
            )}
          </div>
        )}
      </div>
      {failure === undefined ? undefined : <Failure error={failure} />}
      {list.error === undefined ? undefined : <Failure error={list.error} onRetry={list.reload} />}
      {verify.error === undefined ? undefined : <Failure error={verify.error} />}
      {verify.running ? (
        <ProgressLine progress={verify.progress} label={t('evidence.verifying')} onCancel={verify.cancel} />
      ) : undefined}
      {verified === undefined ? undefined : bad.length === 0 ? (
        <Notice kind="ok">
          <p>{t('evidence.verified', { n: verified.length })}</p>
        </Notice>
      ) : (
        <Notice kind="danger">
          <strong>{t('evidence.verified.bad')}</strong>
          {bad.map((one) => (
            <p key={one.exhibit}>
              {one.exhibit}: {one.detail}
            </p>
          ))}
        </Notice>
      )}
      {outcomes
        .filter((one) => one.error !== undefined)
        .map((one) => (
          <section key={one.file} className="stack tight" aria-label={one.name}>
            {one.error?.code === KNOWN ? (
              <Notice kind="info">
                <p>{one.error.message}</p>
              </Notice>
            ) : (
              <Failure
                error={{
                  ...(one.error ?? { code: '', message: '' }),
                  message: `${t('evidence.outcome.failed')}: ${one.name}. ${one.error?.message ?? ''}`,
                }}
              />
            )}
          </section>
        ))}
      {outcomes.some((one) => one.error === undefined) ? (
        <Notice kind="ok">
          <p>{t('evidence.outcome.ok', { n: outcomes.filter((one) => one.error === undefined).length })}</p>
        </Notice>
      ) : undefined}
      <JobEnd job={job} />

      {staged.length === 0 ? undefined : job.running ? (
        <ImportRunning
          staged={staged}
          files={files}
          step={job.progress?.subject === undefined ? job.progress?.phase : undefined}
          onCancel={job.cancel}
        />
      ) : (
        <section className="panel" aria-labelledby="staged-title">
          <div className="panel-head">
            <div>
              <h2 id="staged-title">{t('evidence.staged', { n: staged.length })}</h2>
              <p className="soft small">{t('evidence.staged.hint')}</p>
            </div>
            <div className="row">
              <Button onClick={() => setStaged([])}>{t('evidence.discard')}</Button>
              <Button kind="primary" icon="download" onClick={take}>
                {t('evidence.take', { n: staged.length })}
              </Button>
            </div>
          </div>
          {staged.map((one) => (
            <StagedFile
              key={one.file.id}
              staged={one}
              onChange={(next) =>
                setStaged((old) => old.map((each) => (each.file.id === next.file.id ? next : each)))
              }
              onFactsForAll={
                staged.length === 1
                  ? undefined
                  : () => {
                      setStaged((old) => old.map((each) => ({ ...each, facts: one.facts })));
                      announcement.set(t('evidence.facts.all.done', { n: staged.length }));
                    }
              }
              onRemove={() => setStaged((old) => old.filter((each) => each.file.id !== one.file.id))}
            />
          ))}
        </section>
      )}

      {list.value === undefined && list.loading ? <Loading /> : undefined}
      {list.value !== undefined && exhibits.length === 0 && staged.length === 0 ? (
        <div className="panel drop-zone">
          <Empty icon="upload" title={t('evidence.empty.title')} text={t('evidence.empty.text')}>
            {readOnly ? undefined : (
              <Button kind="primary" icon="add" onClick={pickFiles}>
                {t('evidence.add')}
              </Button>
            )}
          </Empty>
        </div>
      ) : undefined}
      {exhibits.length === 0 ? undefined : (
        <ExhibitTable
          exhibits={exhibits}
          chosen={chosen?.id}
          onChoose={(id) =>
            route.set(id === chosen?.id ? { screen: 'evidence' } : { screen: 'evidence', item: id })
          }
        />
      )}
      {chosen === undefined ? (
        exhibits.length === 0 ? undefined : (
          <p className="soft">{t('evidence.detail.choose')}</p>
        )
      ) : (
        <ExhibitAccount key={chosen.id} exhibit={chosen} readOnly={readOnly} onChanged={list.reload} />
      )}
      {list.value === undefined || open === undefined ? undefined : (
        <EstatePanel open={open} readOnly={readOnly} />
      )}
      {over ? (
        <div className="drop-hint" aria-hidden="true">
          {t('evidence.drop')}
        </div>
      ) : undefined}
    </div>
  );
}
