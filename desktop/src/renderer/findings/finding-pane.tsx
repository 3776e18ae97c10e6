import { type FormEvent, type RefObject, useId, useMemo, useState } from 'react';
import { NO_FILTER } from '../../host/filter.ts';
import {
  type Finding,
  type FindingDetail,
  findingsDetail,
  findingsNote,
  findingsTag,
  TRIAGE_STATES,
  type Triage,
} from '../../host/findings.ts';
import { SessionLink } from '../events/session-link.tsx';
import { addValue, withRange } from '../filter/filter.ts';
import { formatCount } from '../format/quantity.ts';
import { useStore } from '../state/store.ts';
import { useJob, useRequest } from '../state/use-request.ts';
import { useWorkbench } from '../state/workbench.ts';
import { t } from '../text/message.ts';
import { Button } from '../widgets/button.tsx';
import { Icon } from '../widgets/icon.tsx';
import { RawText } from '../widgets/raw-text.tsx';
import { Failure, Loading } from '../widgets/states.tsx';
import { TextBlock } from '../widgets/text-block.tsx';
import { TimeText } from '../widgets/time-text.tsx';
import { TriageMark } from './triage-mark.tsx';

interface Props {
  readonly finding: Finding;
  readonly readOnly: boolean;
  readonly noteRef: RefObject<HTMLTextAreaElement | null>;
  readonly onTriage: (to: Triage) => void;
  readonly onChanged: () => void;
}

const KEYS: Readonly<Record<Triage, string>> = { new: 'r', confirmed: 'c', benign: 'b', 'needs more': 'm' };

/** Why a finding fired, what else it could be, and what was decided. */
export function FindingPane({ finding, readOnly, noteRef, onTriage, onChanged }: Props) {
  const { filter, route, preferences } = useWorkbench();
  const { letters } = useStore(preferences);
  const asked = useRequest(
    findingsDetail,
    useMemo(() => ({ id: finding.id }), [finding.id]),
  );
  const detail = asked.value;
  const show = () => {
    let next = withRange(NO_FILTER, finding.first, finding.last + 1);
    if (finding.user !== undefined) next = addValue(next, 'user', finding.user);
    filter.change(next);
    route.set({ screen: 'timeline' });
  };
  return (
    <section className="finding" aria-label={finding.title}>
      <div className="finding-head">
        <div className="row">
          <span className={`level ${finding.level}`}>{finding.level}</span>
          <TriageMark triage={finding.triage} />
        </div>
        <h2>
          <RawText text={finding.title} />
        </h2>
        <div className="row apart">
          {readOnly ? undefined : (
            <div className="row">
              {TRIAGE_STATES.map((state) => (
                <Button
                  key={state}
                  size="small"
                  aria-pressed={finding.triage === state}
                  onClick={() => onTriage(state)}
                  {...(letters ? { keys: KEYS[state] } : {})}
                >
                  {t(`findings.act.${state}`)}
                </Button>
              ))}
            </div>
          )}
          <Button size="small" icon="timeline" onClick={show}>
            {t('findings.timeline')}
          </Button>
        </div>
      </div>
      <div className="finding-body">
        <dl className="facts">
          <dt>{t('findings.actor')}</dt>
          <dd>
            <RawText text={finding.user ?? '–'} />
          </dd>
          <dt>{t('findings.object')}</dt>
          <dd className="mono">
            <RawText text={finding.object ?? '–'} />
          </dd>
          <dt>{t('findings.source')}</dt>
          <dd>
            <RawText text={finding.source} />
          </dd>
          <dt>{t('findings.first')}</dt>
          <dd>
            <TimeText at={finding.first} />
          </dd>
          {finding.last === finding.first ? undefined : (
            <>
              <dt>{t('findings.last')}</dt>
              <dd>
                <TimeText at={finding.last} />
              </dd>
            </>
          )}
          {finding.value === undefined ? undefined : (
            <>
              <dt>{t('findings.value')}</dt>
              <dd>{formatCount(finding.value)}</dd>
            </>
          )}
          {finding.windowIncomplete !== true ? undefined : (
            <>
              <dt>{t('findings.window')}</dt>
              <dd>{t('findings.window.incomplete')}</dd>
            </>
          )}
          {finding.group === undefined ? undefined : (
            <>
              <dt>{t('findings.grouped')}</dt>
              <dd>
                <RawText
                  text={Object.entries(finding.group)
                    .map(([name, value]) => `${name} ${value}`)
                    .join(', ')}
                />
              </dd>
            </>
          )}
          {finding.selections.length === 0 ? undefined : (
            <>
              <dt>{t('findings.selections')}</dt>
              <dd className="mono">{finding.selections.join(', ')}</dd>
            </>
          )}
        </dl>
        {asked.error === undefined ? undefined : <Failure error={asked.error} onRetry={asked.reload} />}
        {detail === undefined && asked.loading ? <Loading /> : undefined}
        {detail === undefined ? undefined : <Reasons detail={detail} />}
        <Tags finding={finding} readOnly={readOnly} onChanged={onChanged} />
        <Notes finding={finding} readOnly={readOnly} noteRef={noteRef} onChanged={onChanged} />
        {detail === undefined ? undefined : <Rule detail={detail} />}
      </div>
    </section>
  );
}

function Reasons({ detail }: { readonly detail: FindingDetail }) {
  return (
    <>
      {detail.description === '' ? undefined : (
        <section className="stack tight">
          <h3>{t('findings.description')}</h3>
          <p>
            <RawText text={detail.description} lines />
          </p>
        </section>
      )}
      <section className="stack tight">
        <h3>{t('findings.alternatives')}</h3>
        {detail.falsepositives.length === 0 ? (
          <p>{t('findings.alternatives.none')}</p>
        ) : (
          <ul className="alternatives">
            {detail.falsepositives.map((one) => (
              <li key={one}>
                <Icon name="question" />
                <RawText text={one} />
              </li>
            ))}
          </ul>
        )}
      </section>
      <section className="stack tight">
        <div className="row">
          <h3>{t('findings.why')}</h3>
          <span className="soft small">{t('findings.records', { n: detail.count })}</span>
        </div>
        <ol className="why">
          {detail.why.map(({ event, record, fields }) => (
            <li key={event}>
              <CitedRecord event={event} record={record} fields={fields} />
            </li>
          ))}
        </ol>
        {detail.why.length < detail.count ? (
          <p className="soft small">
            {t('findings.why.more', { n: detail.why.length, total: detail.count })}
          </p>
        ) : undefined}
      </section>
    </>
  );
}

/** What one record says, which of it met the rule, and the ways on: the event, and its session. */
function CitedRecord({ event, record, fields }: FindingDetail['why'][number]) {
  const { route } = useWorkbench();
  const text = (name: string) => {
    const value = record[name];
    return typeof value === 'string' ? value : undefined;
  };
  const [time, said] = [text('time'), text('statement') ?? text('message')];
  const what = [text('user'), text('action'), text('object')].filter((part) => part !== undefined);
  const met = fields.filter(({ name }) => !['time', 'statement', 'message'].includes(name));
  return (
    <>
      <div className="why-head">
        {time === undefined ? undefined : <TimeText at={time} precision="millisecond" />}
        <strong>
          <RawText text={what.join(' · ')} />
        </strong>
        <span className="why-ways">
          <button
            type="button"
            className="link"
            aria-label={t('findings.why.event', { id: event })}
            onClick={() => route.set({ screen: 'timeline', item: event })}
          >
            {event}
          </button>
          <SessionLink event={event} quiet />
        </span>
      </div>
      {said === undefined ? undefined : (
        <p className="mono small why-text">
          <RawText text={said} limit={400} />
        </p>
      )}
      {met.length === 0 ? undefined : (
        <dl>
          {met.map(({ name, value }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>
                <RawText text={value} limit={400} />
              </dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}

function Rule({ detail }: { readonly detail: FindingDetail }) {
  return (
    <section className="stack tight">
      <h3>{t('findings.rule')}</h3>
      <p>
        <code>
          <RawText text={detail.rule} />
        </code>{' '}
        <span className="soft">
          <RawText text={[detail.author, ...detail.tags].filter(Boolean).join(' · ')} />
        </span>
      </p>
      {detail.references.length === 0 ? undefined : (
        <ul className="small">
          {detail.references.map((one) => (
            <li key={one} className="mono">
              <RawText text={one} />
            </li>
          ))}
        </ul>
      )}
      <details className="source">
        <summary>{t('findings.rule.text')}</summary>
        <TextBlock text={detail.ruleText} label={t('findings.rule.text')} />
      </details>
      <details className="source">
        <summary>{t('findings.rule.sql')}</summary>
        <TextBlock text={detail.sql} label={t('findings.rule.sql')} />
      </details>
    </section>
  );
}

function Tags({
  finding,
  readOnly,
  onChanged,
}: {
  readonly finding: Finding;
  readonly readOnly: boolean;
  readonly onChanged: () => void;
}) {
  const job = useJob(findingsTag);
  const [text, setText] = useState('');
  const id = useId();
  const set = async (tag: string, present: boolean) => {
    if ((await job.run({ ids: [finding.id], tag, present })) !== undefined) onChanged();
  };
  if (readOnly && finding.userTags.length === 0) return undefined;
  return (
    <section className="stack tight">
      <h3>{t('findings.tags')}</h3>
      {job.error === undefined ? undefined : <Failure error={job.error} />}
      <div className="row">
        {finding.userTags.map((tag) => (
          <span key={tag} className="chip">
            <span className="chip-text">
              <RawText text={tag} />
            </span>
            {readOnly ? undefined : (
              <button
                type="button"
                className="chip-remove"
                aria-label={t('findings.tag.remove', { tag })}
                onClick={() => set(tag, false)}
              >
                <Icon name="close" />
              </button>
            )}
          </span>
        ))}
        {readOnly ? undefined : (
          <form
            className="tag-form"
            onSubmit={(event: FormEvent) => {
              event.preventDefault();
              if (text.trim() !== '') void set(text.trim(), true);
              setText('');
            }}
          >
            <label className="hidden-text" htmlFor={id}>
              {t('findings.tag.add')}
            </label>
            <input
              id={id}
              className="input tag-input"
              value={text}
              maxLength={60}
              placeholder={t('findings.tag.add')}
              autoComplete="off"
              onChange={(event) => setText(event.target.value)}
            />
          </form>
        )}
      </div>
    </section>
  );
}

function Notes({
  finding,
  readOnly,
  noteRef,
  onChanged,
}: {
  readonly finding: Finding;
  readonly readOnly: boolean;
  readonly noteRef: RefObject<HTMLTextAreaElement | null>;
  readonly onChanged: () => void;
}) {
  const job = useJob(findingsNote);
  const [text, setText] = useState('');
  const id = useId();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() === '' || (await job.run({ id: finding.id, text })) === undefined) return;
    setText('');
    onChanged();
  };
  if (readOnly && finding.notes.length === 0) return undefined;
  return (
    <section className="stack tight">
      <h3>{t('findings.notes')}</h3>
      {finding.notes.map((note) => (
        <div key={note.id} className="note">
          <p className="soft small">
            <RawText text={note.by} />, <TimeText at={note.at} precision="minute" />
          </p>
          <p className="note-text">
            <RawText text={note.text} lines />
          </p>
        </div>
      ))}
      {job.error === undefined ? undefined : <Failure error={job.error} />}
      {readOnly ? undefined : (
        <form className="stack tight" onSubmit={submit}>
          <label className="hidden-text" htmlFor={id}>
            {t('findings.note.label')}
          </label>
          <textarea
            ref={noteRef}
            id={id}
            className="textarea"
            rows={2}
            value={text}
            maxLength={20_000}
            placeholder={t('findings.note.label')}
            onChange={(event) => setText(event.target.value)}
          />
          <div className="row end">
            <Button type="submit" size="small" disabled={job.running || text.trim() === ''}>
              {t('findings.note.add')}
            </Button>
          </div>
        </form>
      )}
    </section>
  );
}
