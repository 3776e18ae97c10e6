import { type KeyboardEvent, useEffect, useRef } from 'react';
import { t } from '../text/message.ts';

export interface MenuItem {
  readonly title: string;
  readonly run: () => void;
}

/** What can be done with a cell, at the cell. Arrows move, Enter acts, Escape goes back. */
export function CellMenu({
  at,
  items,
  onClose,
}: {
  readonly at: { readonly x: number; readonly y: number };
  readonly items: readonly MenuItem[];
  readonly onClose: () => void;
}) {
  const menu = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    menu.current?.querySelector('button')?.focus();
    const onPointer = (event: Event) => {
      if (event.target instanceof Node && !menu.current?.contains(event.target)) onClose();
    };
    document.addEventListener('pointerdown', onPointer);
    return () => {
      document.removeEventListener('pointerdown', onPointer);
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, [onClose]);
  const onKeyDown = (event: KeyboardEvent) => {
    const buttons = [...(menu.current?.querySelectorAll('button') ?? [])];
    const focused = document.activeElement;
    const here = focused instanceof HTMLButtonElement ? buttons.indexOf(focused) : -1;
    const to = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      buttons.at(to % buttons.length)?.focus();
    } else if (event.key === 'Escape' || event.key === 'Tab') {
      event.preventDefault();
      onClose();
    }
    event.stopPropagation();
  };
  return (
    <div
      ref={menu}
      className="menu"
      role="menu"
      tabIndex={-1}
      aria-label={t('events.menu')}
      onKeyDown={onKeyDown}
      style={{
        left: Math.min(at.x, innerWidth - 230),
        top: Math.min(at.y, innerHeight - items.length * 30 - 16),
      }}
    >
      {items.map((item) => (
        <button
          key={item.title}
          type="button"
          role="menuitem"
          onClick={() => {
            onClose();
            item.run();
          }}
        >
          {item.title}
        </button>
      ))}
    </div>
  );
}
