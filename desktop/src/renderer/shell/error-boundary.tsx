import { Component, type ReactNode } from 'react';
import { t } from '../text/message.ts';
import { Notice } from '../widgets/states.tsx';

/** Keeps a fault of one screen from taking the others with it. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, { readonly fault?: string }> {
  override state: { readonly fault?: string } = {};

  static getDerivedStateFromError(error: unknown): { fault: string } {
    return { fault: error instanceof Error ? error.message : String(error) };
  }

  override render(): ReactNode {
    if (this.state.fault === undefined) return this.props.children;
    return (
      <Notice kind="danger">
        <strong>{t('app.broken.title')}</strong>
        <p>{t('app.broken.text')}</p>
        <code>{this.state.fault}</code>
      </Notice>
    );
  }
}
