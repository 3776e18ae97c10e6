import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';

/** A state in a word, with a shape as well as a colour. */
export function Badge({
  kind = 'plain',
  icon,
  children,
}: {
  readonly kind?: 'plain' | 'ok' | 'warn' | 'danger' | 'info';
  readonly icon?: IconName;
  readonly children: ReactNode;
}) {
  return (
    <span className={`badge ${kind}`}>
      {icon === undefined ? undefined : <Icon name={icon} />}
      {children}
    </span>
  );
}
