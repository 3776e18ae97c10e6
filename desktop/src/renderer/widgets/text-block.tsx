import { RawText } from './raw-text.tsx';

/** A text of any length as it is. What is longer than the block scrolls, by keyboard too. */
export function TextBlock({ text, label }: { readonly text: string; readonly label: string }) {
  return (
    <pre className="statement" role="region" aria-label={label} tabIndex={0}>
      <RawText text={text} lines />
    </pre>
  );
}
