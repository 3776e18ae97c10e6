const APPLE = /Mac|iP(hone|ad)/.test(navigator.userAgent);
const SHOWN: Readonly<Record<string, string>> = {
  Mod: APPLE ? '⌘' : 'Ctrl',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  PageUp: 'PgUp',
  PageDown: 'PgDn',
  ' ': 'Space',
};

/** A key combination of the action registry, as it is printed on keyboards. */
export function Keys({ keys }: { readonly keys: string }) {
  const parts = keys === '+' ? ['+'] : keys.split('+');
  return (
    <span className="keys" aria-hidden="true">
      {parts.map((part) => (
        <kbd key={part}>
          {SHOWN[part] ?? (part.length === 1 && parts.length > 1 ? part.toUpperCase() : part)}
        </kbd>
      ))}
    </span>
  );
}
