import { useWorkbench } from '../state/workbench.ts';
import { t } from '../text/message.ts';
import { Button } from './button.tsx';

/** Copies the exact text, controls and all. */
export function CopyButton({ text, label }: { readonly text: string; readonly label: string }) {
  const copy = useCopy();
  return <Button kind="quiet" size="small" icon="copy" label={label} onClick={() => copy(text)} />;
}

/** A function that puts a text on the clipboard and says whether that worked. */
export function useCopy(): (text: string) => void {
  const { announcement } = useWorkbench();
  return (text) => {
    navigator.clipboard.writeText(text).then(
      () => announcement.set(t('copy.done')),
      () => announcement.set(t('copy.refused')),
    );
  };
}
