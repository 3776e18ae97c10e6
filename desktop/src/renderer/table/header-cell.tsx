import type { PointerEvent } from 'react';
import { Icon } from '../widgets/icon.tsx';

interface Props {
  readonly title: string;
  readonly index: number;
  readonly width: number;
  readonly numeric: boolean;
  /** Undefined: this column cannot be sorted by. */
  readonly sorted: 'ascending' | 'descending' | 'none' | undefined;
  readonly active: boolean;
  readonly onActivate: () => void;
  readonly onResize: ((width: number) => void) | undefined;
}

/** Title of a column: Enter or a click sorts, Alt+arrows resize, Alt+Shift+arrows move (the grid hears those). */
export function HeaderCell({ title, index, width, numeric, sorted, active, onActivate, onResize }: Props) {
  const startDrag = (event: PointerEvent<HTMLSpanElement>) => {
    event.preventDefault();
    event.stopPropagation();
    const handle = event.currentTarget;
    handle.setPointerCapture(event.pointerId);
    const from = event.clientX;
    handle.onpointermove = (move) => onResize?.(Math.max(48, Math.round(width + move.clientX - from)));
    handle.onpointerup = () => {
      handle.onpointermove = null;
      handle.onpointerup = null;
    };
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid hears the keys of its header
    <div
      className={numeric ? 'grid-cell numeric' : 'grid-cell'}
      role="columnheader"
      data-column={index}
      aria-colindex={index + 1}
      tabIndex={active ? 0 : -1}
      {...(active ? { 'data-active': '' } : {})}
      {...(sorted === undefined ? {} : { 'aria-sort': sorted })}
      onClick={onActivate}
    >
      <span className="grid-title">{title}</span>
      {sorted === 'ascending' || sorted === 'descending' ? (
        <Icon name={sorted === 'ascending' ? 'up' : 'down'} />
      ) : undefined}
      {onResize === undefined ? undefined : (
        <span
          className="grid-handle"
          aria-hidden="true"
          onPointerDown={startDrag}
          onClick={(event) => event.stopPropagation()}
        />
      )}
    </div>
  );
}
