import { type ComponentType, lazy } from 'react';
import type { OpenCase } from '../../host/cases.ts';
import type { Screen } from '../state/route.ts';
import type { MessageKey } from '../text/message.ts';
import type { IconName } from '../widgets/icon.tsx';

export interface ScreenEntry {
  readonly id: Screen;
  readonly title: MessageKey;
  readonly icon: IconName;
  readonly key: string;
  readonly when: (current: OpenCase | undefined) => boolean;
  readonly component: ComponentType;
}

const always = () => true;
const whenOpen = (current: OpenCase | undefined) => current !== undefined;
const whenExamining = (current: OpenCase | undefined) => current?.mode === 'examiner';

/** The screens in the order of the work. */
export const SCREEN_LIST: readonly ScreenEntry[] = [
  {
    id: 'cases',
    title: 'screen.cases',
    icon: 'cases',
    key: '1',
    when: always,
    component: lazy(async () => ({ default: (await import('../cases/cases-screen.tsx')).CasesScreen })),
  },
  {
    id: 'evidence',
    title: 'screen.evidence',
    icon: 'evidence',
    key: '2',
    when: whenOpen,
    component: lazy(async () => ({
      default: (await import('../evidence/evidence-screen.tsx')).EvidenceScreen,
    })),
  },
  {
    id: 'timeline',
    title: 'screen.timeline',
    icon: 'timeline',
    key: '3',
    when: whenOpen,
    component: lazy(async () => ({
      default: (await import('../timeline/timeline-screen.tsx')).TimelineScreen,
    })),
  },
  {
    id: 'sessions',
    title: 'screen.sessions',
    icon: 'sessions',
    key: '4',
    when: whenOpen,
    component: lazy(async () => ({
      default: (await import('../sessions/sessions-screen.tsx')).SessionsScreen,
    })),
  },
  {
    id: 'findings',
    title: 'screen.findings',
    icon: 'findings',
    key: '5',
    when: whenOpen,
    component: lazy(async () => ({
      default: (await import('../findings/findings-screen.tsx')).FindingsScreen,
    })),
  },
  {
    id: 'custody',
    title: 'screen.custody',
    icon: 'custody',
    key: '6',
    when: whenOpen,
    component: lazy(async () => ({ default: (await import('../custody/custody-screen.tsx')).CustodyScreen })),
  },
  {
    id: 'report',
    title: 'screen.report',
    icon: 'report',
    key: '7',
    when: whenExamining,
    component: lazy(async () => ({ default: (await import('../report/report-screen.tsx')).ReportScreen })),
  },
  {
    id: 'package',
    title: 'screen.package',
    icon: 'package',
    key: '8',
    when: always,
    component: lazy(async () => ({ default: (await import('../package/package-screen.tsx')).PackageScreen })),
  },
];
