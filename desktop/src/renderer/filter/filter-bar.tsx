import { type FormEvent, useId, useMemo, useRef, useState } from 'react';
import { NO_FILTER } from '../../host/filter.ts';
import { formatTime } from '../format/time.ts';
import type { Action } from '../state/actions.ts';
import { useStore } from '../state/store.ts';
import { useActions, useWorkbench } from '../state/workbench.ts';
import { t } from '../text/message.ts';
import { Button } from '../widgets/button.tsx';
import { Icon } from '../widgets/icon.tsx';
import { RawText } from '../widgets/raw-text.tsx';
import { clauseText } from './clause-text.ts';
import { addValue, isFiltered, negateClause, removeClause, withRange, withText } from './filter.ts';
import { parseQuery } from './query-text.ts';

/** The search line and the filters in force, as chips that can be turned round or removed. */
export function FilterBar() {
  const { filter, preferences } = useWorkbench();
  const now = useStore(filter.now);
  const { zone } = useStore(preferences);
  const [text, setText] = useState('');
  const [unknown, setUnknown] = useState<readonly string[]>([]);
  const input = useRef<HTMLInputElement>(null);
  const helpId = useId();

  const actions = useMemo<readonly Action[]>(
    () => [
      {
        id: 'search',
        group: t('group.filter'),
        title: t('filter.focus'),
        keys: ['/'],
        run: () => input.current?.focus(),
      },
      {
        id: 'undo-filter',
        group: t('group.filter'),
        title: t('filter.undo'),
        keys: ['u'],
        when: filter.canUndo,
        run: filter.undo,
      },
      {
        id: 'redo-filter',
        group: t('group.filter'),
        title: t('filter.redo'),
        keys: ['U'],
        when: filter.canRedo,
        run: filter.redo,
      },
      {
        id: 'clear-filter',
        group: t('group.filter'),
        title: t('filter.clear'),
        keys: ['x'],
        when: () => isFiltered(filter.now.get()),
        run: () => filter.change(NO_FILTER),
      },
    ],
    [filter],
  );
  useActions(actions);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { filter: typed, unknownFields } = parseQuery(text);
    setUnknown(unknownFields);
    let next = typed.text === undefined ? now : withText(now, typed.text);
    for (const clause of typed.clauses)
      for (const value of clause.values)
        next = addValue(next, clause.field, value, clause.negated, clause.operator);
    filter.change(next);
    setText('');
  };

  return (
    <search className="filter-bar">
      <form className="filter-line" onSubmit={submit}>
        <Icon name="search" />
        <input
          ref={input}
          className="filter-input"
          aria-label={t('filter.label')}
          aria-describedby={helpId}
          placeholder={t('filter.placeholder')}
          title={t('filter.help')}
          value={text}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setText(event.target.value)}
        />
        <span id={helpId} className="hidden-text">
          {t('filter.help')}
        </span>
      </form>
      <ul className="chips" aria-label={t('filter.chips')}>
        {now.from === undefined && now.to === undefined ? undefined : (
          <Chip
            text={`${t('filter.time')} ${now.from === undefined ? '' : formatTime(now.from, zone, 'second')} – ${now.to === undefined ? '' : formatTime(now.to, zone, 'second')}`}
            onRemove={() => filter.change(withRange(now, undefined, undefined))}
          />
        )}
        {now.text === undefined ? undefined : (
          <Chip
            text={`${t('filter.text')} “${now.text}”`}
            onRemove={() => filter.change(withText(now, ''))}
          />
        )}
        {now.clauses.map((clause) => (
          <Chip
            key={clause.id}
            text={clauseText(clause)}
            negated={clause.negated}
            onInvert={() => filter.change(negateClause(now, clause.id))}
            onRemove={() => filter.change(removeClause(now, clause.id))}
          />
        ))}
      </ul>
      <div className="row filter-tools">
        {isFiltered(now) ? (
          <Button kind="quiet" size="small" onClick={() => filter.change(NO_FILTER)}>
            {t('filter.clear')}
          </Button>
        ) : undefined}
        <Button
          kind="quiet"
          size="small"
          icon="undo"
          label={t('filter.undo')}
          disabled={!filter.canUndo()}
          onClick={filter.undo}
        />
      </div>
      {unknown.length === 0 ? undefined : (
        <p className="small filter-note" role="status">
          {unknown.map((field) => t('filter.unknown', { field })).join(' ')}
        </p>
      )}
    </search>
  );
}

function Chip({
  text,
  negated = false,
  onInvert,
  onRemove,
}: {
  readonly text: string;
  readonly negated?: boolean;
  readonly onInvert?: () => void;
  readonly onRemove: () => void;
}) {
  return (
    <li className={negated ? 'chip negated' : 'chip'}>
      {onInvert === undefined ? (
        <span className="chip-text">
          <RawText text={text} limit={80} />
        </span>
      ) : (
        <button
          type="button"
          className="chip-text"
          aria-label={t('filter.invert', { text })}
          title={t('filter.invert', { text })}
          onClick={onInvert}
        >
          <RawText text={text} limit={80} />
        </button>
      )}
      <button
        type="button"
        className="chip-remove"
        aria-label={t('filter.remove', { text })}
        onClick={onRemove}
      >
        <Icon name="close" />
      </button>
    </li>
  );
}
