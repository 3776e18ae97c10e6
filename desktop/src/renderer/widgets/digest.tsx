import { formatDigest } from '../format/quantity.ts';
import { t } from '../text/message.ts';
import { CopyButton } from './copy-button.tsx';

/** A digest in groups that people can compare, with a button that copies it whole. */
export function Digest({
  value,
  name,
  short = false,
}: {
  readonly value: string;
  readonly name: string;
  readonly short?: boolean;
}) {
  return (
    <span className="digest">
      <code title={value}>{short ? `${value.slice(0, 16)}…` : formatDigest(value)}</code>
      <CopyButton text={value} label={t('copy.named', { name })} />
    </span>
  );
}
