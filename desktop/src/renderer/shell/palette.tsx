import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useStore } from '../state/store.ts';
import { useWorkbench } from '../state/workbench.ts';
import { t } from '../text/message.ts';
import { Icon } from '../widgets/icon.tsx';
import { Keys } from '../widgets/keys.tsx';
import { matchActions } from './match-actions.ts';

/** Every action by name: type, choose with the arrows, Enter. */
export function Palette({ onClose }: { readonly onClose: () => void }) {
  const { actions } = useWorkbench();
  const list = useStore(actions.list);
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState(0);
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const found = useMemo(
    () =>
      matchActions(
        list.filter((one) => one.run !== undefined && (one.when?.() ?? true)),
        text,
      ),
    [list, text],
  );

  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => {
      dialog.current?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  useEffect(() => {
    document.getElementById(`${id}-${chosen}`)?.scrollIntoView({ block: 'nearest' });
  }, [chosen, id]);

  const run = (index: number) => {
    const action = found[index];
    if (action === undefined) return;
    onClose();
    // After the dialog has given the focus back, or the action's own focus would be taken from it.
    setTimeout(() => action.run?.(), 0);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setChosen((old) => Math.min(found.length - 1, Math.max(0, old + step)));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      run(chosen);
    }
  };

  return (
    <dialog
      ref={dialog}
      className="dialog palette"
      aria-label={t('palette.title')}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <div className="palette-search">
        <Icon name="search" />
        <input
          className="palette-input"
          role="combobox"
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={found.length > 0 ? `${id}-${chosen}` : undefined}
          aria-label={t('palette.title')}
          placeholder={t('palette.placeholder')}
          value={text}
          autoComplete="off"
          spellCheck={false}
          onKeyDown={onKeyDown}
          onChange={(event) => {
            setText(event.target.value);
            setChosen(0);
          }}
        />
      </div>
      <div
        className="palette-list"
        id={`${id}-list`}
        role="listbox"
        aria-label={t('palette.results', { n: found.length })}
      >
        {found.map((action, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the search line hears the keys for its options
          <div
            key={action.id}
            id={`${id}-${index}`}
            role="option"
            className="palette-option"
            aria-selected={index === chosen}
            onClick={() => run(index)}
          >
            <span>
              <span className="soft">{action.group}</span> {action.title}
            </span>
            {action.keys?.[0] === undefined ? undefined : <Keys keys={action.keys[0]} />}
          </div>
        ))}
        {found.length === 0 ? (
          <div role="option" aria-selected="false" aria-disabled="true" className="palette-option soft">
            {t('palette.none')}
          </div>
        ) : undefined}
      </div>
    </dialog>
  );
}
