import { Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { IdentityDialog } from '../identity/identity-dialog.tsx';
import type { Action } from '../state/actions.ts';
import { useStore } from '../state/store.ts';
import { isReadOnly, useActions, useWorkbench } from '../state/workbench.ts';
import { t } from '../text/message.ts';
import { Badge } from '../widgets/badge.tsx';
import { Button } from '../widgets/button.tsx';
import { Icon } from '../widgets/icon.tsx';
import { Keys } from '../widgets/keys.tsx';
import { RawText } from '../widgets/raw-text.tsx';
import { Loading, Notice } from '../widgets/states.tsx';
import { CheatSheet } from './cheat-sheet.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { Palette } from './palette.tsx';
import { SCREEN_LIST } from './screens.tsx';
import { SettingsDialog } from './settings-dialog.tsx';
import { StatusBar } from './status-bar.tsx';

type Overlay = 'palette' | 'keys' | 'settings' | 'identity' | undefined;

/** Head, list of screens, the screen, state of the case. */
export function Frame() {
  const workbench = useWorkbench();
  const { route, current, identity, preferences, announcement, connection, actions } = workbench;
  const here = useStore(route);
  const open = useStore(current);
  const key = useStore(identity);
  const lost = useStore(connection) === 'lost';
  const { zone, letters } = useStore(preferences);
  const [overlay, setOverlay] = useState<Overlay>();
  const main = useRef<HTMLElement>(null);
  const nav = useRef<HTMLElement>(null);

  const entries = SCREEN_LIST.filter(
    (entry) => entry.when(open) || (open === undefined && entry.id !== 'report'),
  );
  const entry = SCREEN_LIST.find((one) => one.id === here.screen && one.when(open)) ?? SCREEN_LIST[0];
  const Screen = entry?.component;
  const title = entry === undefined ? '' : t(entry.title);

  useEffect(() => {
    document.title = [title, open?.name, t('app.name')].filter(Boolean).join(' · ');
  }, [title, open?.name]);

  const list = useMemo<readonly Action[]>(
    () => [
      {
        id: 'palette',
        group: t('group.view'),
        title: t('palette.open'),
        keys: ['Mod+K'],
        run: () => setOverlay('palette'),
      },
      {
        id: 'keys',
        group: t('group.view'),
        title: t('keys.open'),
        keys: ['?'],
        run: () => setOverlay('keys'),
      },
      {
        id: 'settings',
        group: t('group.view'),
        title: t('settings.open'),
        keys: ['Mod+,'],
        run: () => setOverlay('settings'),
      },
      {
        id: 'theme',
        group: t('group.view'),
        title: t('settings.theme.next'),
        run: () =>
          preferences.update((old) => ({
            ...old,
            theme: old.theme === 'system' ? 'light' : old.theme === 'light' ? 'dark' : 'system',
          })),
      },
      {
        id: 'identity',
        group: t('group.case'),
        title: t('identity.title'),
        when: () => !workbench.host.capabilities.readOnly,
        run: () => setOverlay('identity'),
      },
      ...SCREEN_LIST.map((one) => ({
        id: `go-${one.id}`,
        group: t('group.go'),
        title: t(one.title),
        keys: [one.key],
        when: () => one.when(current.get()),
        run: () => route.set({ screen: one.id }),
      })),
    ],
    [preferences, route, current, workbench],
  );
  useActions(list);

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || document.querySelector('dialog[open]') !== null) return;
      if (actions.handle(event, letters)) event.preventDefault();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [actions, letters]);

  const close = () => setOverlay(undefined);
  const readOnly = isReadOnly(workbench, open);

  return (
    <div className="app">
      <div className="skips">
        <button type="button" className="button" onClick={() => main.current?.focus()}>
          {t('app.skip.main')}
        </button>
        <button type="button" className="button" onClick={() => nav.current?.querySelector('a')?.focus()}>
          {t('app.skip.nav')}
        </button>
      </div>
      <header className="top">
        <span className="brand">
          <img src="./icon.svg" alt="" width="20" height="20" />
          <span className="brand-name">{t('app.name')}</span>
        </span>
        <span className="top-case">
          {open === undefined ? (
            <span className="soft">{t('app.noCase')}</span>
          ) : (
            <strong>
              <RawText text={open.name} />
            </strong>
          )}
          {open?.classification ? (
            <Badge>
              <RawText text={open.classification} />
            </Badge>
          ) : undefined}
          {open?.mode === 'auditor' ? (
            <Badge kind="info" icon="lock">
              {t('app.auditor')}
            </Badge>
          ) : undefined}
        </span>
        <span className="row top-tools">
          <button type="button" className="button palette-button" onClick={() => setOverlay('palette')}>
            <Icon name="search" />
            <span className="palette-label">{t('palette.open')}</span>
            <Keys keys="Mod+K" />
          </button>
          {readOnly ? undefined : (
            <Button
              kind="quiet"
              icon={key?.unlocked ? 'unlock' : 'lock'}
              onClick={() => setOverlay('identity')}
            >
              <span className="tool-label">
                {key?.exists ? (
                  key.unlocked ? (
                    <RawText text={key.name ?? ''} />
                  ) : (
                    t('identity.button.locked')
                  )
                ) : (
                  t('identity.button.none')
                )}
              </span>
              <span className="hidden-text">, {t('identity.title')}</span>
            </Button>
          )}
          <Button kind="quiet" icon="clock" onClick={() => setOverlay('settings')}>
            <span className="hidden-text">{t('settings.zone')}: </span>
            {zone}
          </Button>
          <Button
            kind="quiet"
            icon="settings"
            label={t('settings.open')}
            onClick={() => setOverlay('settings')}
          />
          <Button kind="quiet" icon="question" label={t('keys.open')} onClick={() => setOverlay('keys')} />
        </span>
      </header>
      <nav ref={nav} className="rail" aria-label={t('app.nav')}>
        <ul>
          {entries.map((one) => {
            const usable = one.when(open);
            return (
              <li key={one.id}>
                <a
                  className="rail-link"
                  {...(usable ? { href: `#/${one.id}` } : { 'aria-disabled': true, role: 'link' })}
                  {...(one.id === entry?.id ? { 'aria-current': 'page' as const } : {})}
                  title={t(one.title)}
                >
                  <Icon name={one.icon} />
                  <span>{t(one.title)}</span>
                  {usable && letters ? <kbd aria-hidden="true">{one.key}</kbd> : undefined}
                </a>
              </li>
            );
          })}
        </ul>
      </nav>
      <main ref={main} className="main" tabIndex={-1} aria-label={title}>
        {lost ? (
          <Notice kind="danger">
            <strong>{t('app.lost.title')}</strong>
            <p>{t('app.lost.text')}</p>
            <div className="row">
              <Button size="small" onClick={() => location.reload()}>
                {t('app.reload')}
              </Button>
            </div>
          </Notice>
        ) : undefined}
        <ErrorBoundary key={`${here.screen}-${open?.id}`}>
          <Suspense fallback={<Loading />}>
            {Screen === undefined ? undefined : <Screen key={open?.id} />}
          </Suspense>
        </ErrorBoundary>
      </main>
      <StatusBar />
      <div className="hidden-text" role="status" aria-live="polite">
        {useStore(announcement)}
      </div>
      {overlay === 'palette' ? <Palette onClose={close} /> : undefined}
      {overlay === 'keys' ? <CheatSheet onClose={close} /> : undefined}
      {overlay === 'settings' ? <SettingsDialog onClose={close} /> : undefined}
      {overlay === 'identity' ? <IdentityDialog onClose={close} /> : undefined}
    </div>
  );
}
