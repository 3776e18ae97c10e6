import { useEffect, useState } from 'react';
import type { ReportChoice } from '../../host/report.ts';
import { useStore } from '../state/store.ts';
import { useWorkbench } from '../state/workbench.ts';

/** What was written for the report of a case, kept for this tab so that looking elsewhere loses nothing. */
export function useDraft(caseId: string): readonly [ReportChoice, (next: ReportChoice) => void] {
  const { preferences } = useWorkbench();
  const { zone } = useStore(preferences);
  const key = `dbwitness.report.${caseId}`;
  const [choice, setChoice] = useState<ReportChoice>(
    () => read(key) ?? { title: '', summary: '', conclusions: '', findings: [], zone },
  );
  useEffect(() => {
    try {
      sessionStorage.setItem(key, JSON.stringify(choice));
    } catch {
      // Forbidden storage costs the draft on reload, nothing else.
    }
  }, [key, choice]);
  return [choice, setChoice];
}

function read(key: string): ReportChoice | undefined {
  try {
    const kept = sessionStorage.getItem(key);
    return kept === null ? undefined : (JSON.parse(kept) as ReportChoice);
  } catch {
    return undefined;
  }
}
