import { type ReactNode, useEffect, useId, useRef } from 'react';
import { t } from '../text/message.ts';
import { Button } from './button.tsx';

interface Props {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly foot?: ReactNode;
  readonly className?: string;
}

/** A modal of the browser's own kind: it keeps the focus inside, closes on Escape and gives the focus back. */
export function Dialog({ title, onClose, children, foot, className = '' }: Props) {
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const dialog = ref.current;
    const before = document.activeElement;
    dialog?.showModal();
    return () => {
      dialog?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={ref}
      className={`dialog ${className}`}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <div className="dialog-head">
        <h2 id={titleId}>{title}</h2>
        <Button kind="quiet" size="small" icon="close" label={t('act.close')} onClick={onClose} />
      </div>
      <div className="dialog-body">{children}</div>
      {foot === undefined ? undefined : <div className="dialog-foot">{foot}</div>}
    </dialog>
  );
}
