import type { LedgerRow } from '../../host/custody.ts';
import { t } from '../text/message.ts';
import { Badge } from '../widgets/badge.tsx';

const MARKS = {
  valid: { kind: 'ok', icon: 'check' },
  adopted: { kind: 'info', icon: 'info' },
  unsigned: { kind: 'warn', icon: 'warning' },
  invalid: { kind: 'danger', icon: 'error' },
} as const;

export function SignatureMark({ signature }: { readonly signature: LedgerRow['signature'] }) {
  const { kind, icon } = MARKS[signature];
  return (
    <Badge kind={kind} icon={icon}>
      {t(`custody.signature.${signature}`)}
    </Badge>
  );
}
