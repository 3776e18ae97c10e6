import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import { Icon, type IconName } from './icon.tsx';
import { Keys } from './keys.tsx';

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly kind?: 'plain' | 'primary' | 'quiet';
  readonly size?: 'small' | 'regular';
  readonly icon?: IconName;
  /** The name of a button that shows its icon alone. */
  readonly label?: string;
  readonly keys?: string;
  readonly children?: ReactNode;
  readonly ref?: Ref<HTMLButtonElement>;
}

export function Button({
  kind = 'plain',
  size = 'regular',
  icon,
  label,
  keys,
  children,
  className = '',
  ...rest
}: Props) {
  const classes = ['button', kind, size, children === undefined ? 'icon-only' : '', className]
    .filter(Boolean)
    .join(' ');
  return (
    <button
      type="button"
      className={classes}
      {...(label === undefined ? {} : { 'aria-label': label, title: label })}
      {...rest}
    >
      {icon === undefined ? undefined : <Icon name={icon} />}
      {children}
      {keys === undefined ? undefined : <Keys keys={keys} />}
    </button>
  );
}
