import { t } from '../text/message.ts';
import { Dialog } from '../widgets/dialog.tsx';
import { IdentityPanel } from './identity-panel.tsx';

export function IdentityDialog({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog title={t('identity.title')} onClose={onClose}>
      <IdentityPanel />
    </Dialog>
  );
}
