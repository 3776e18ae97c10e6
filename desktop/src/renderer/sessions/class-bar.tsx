import { classToken } from '../events/class-colour.ts';

/** Shares of the event classes in a session as one bar; the words are in its name and its tooltip. */
export function ClassBar({ classes }: { readonly classes: Readonly<Record<string, number>> }) {
  const parts = Object.entries(classes).sort((a, b) => b[1] - a[1]);
  const total = parts.reduce((sum, [, count]) => sum + count, 0);
  const text = parts.map(([name, count]) => `${name} ${count}`).join(', ');
  return (
    <span className="class-bar" role="img" aria-label={text} title={text}>
      {parts.map(([name, count]) => (
        <span
          key={name}
          style={{ width: `${(count / Math.max(1, total)) * 100}%`, background: `var(${classToken(name)})` }}
        />
      ))}
    </span>
  );
}
