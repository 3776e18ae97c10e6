import type { Triage } from '../../host/findings.ts';
import { t } from '../text/message.ts';
import { Badge } from '../widgets/badge.tsx';
import type { IconName } from '../widgets/icon.tsx';

const MARKS: Readonly<
  Record<Triage, { readonly kind: 'plain' | 'ok' | 'warn' | 'danger' | 'info'; readonly icon: IconName }>
> = {
  new: { kind: 'info', icon: 'info' },
  confirmed: { kind: 'danger', icon: 'warning' },
  benign: { kind: 'ok', icon: 'check' },
  'needs more': { kind: 'warn', icon: 'question' },
};

export function TriageMark({ triage }: { readonly triage: Triage }) {
  const { kind, icon } = MARKS[triage];
  return (
    <Badge kind={kind} icon={icon}>
      {t(`findings.state.${triage}`)}
    </Badge>
  );
}
