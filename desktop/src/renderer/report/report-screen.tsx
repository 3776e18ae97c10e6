import { useDeferredValue, useMemo } from 'react';
import { findingsList } from '../../host/findings.ts';
import { type ReportChoice, reportPdf, reportPreview } from '../../host/report.ts';
import { SealedPackages, useSealedPackages } from '../package/sealed-packages.tsx';
import { useStore } from '../state/store.ts';
import { useDelayed } from '../state/use-delayed.ts';
import { useJob, useRequest } from '../state/use-request.ts';
import { useWorkbench } from '../state/workbench.ts';
import { t } from '../text/message.ts';
import { Button } from '../widgets/button.tsx';
import { Digest } from '../widgets/digest.tsx';
import { SelectField, TextArea, TextField } from '../widgets/field.tsx';
import { decodeBase64 } from '../widgets/hex-view.tsx';
import { Icon } from '../widgets/icon.tsx';
import { RawText } from '../widgets/raw-text.tsx';
import { Failure, Loading } from '../widgets/states.tsx';
import { FindingChoice } from './finding-choice.tsx';
import { foldRuns } from './fold-runs.ts';
import { ReportFrame } from './report-frame.tsx';
import { SealPanel } from './seal-panel.tsx';
import { useDraft } from './use-draft.ts';

const NOTHING = {};

/** Write, see what is missing, look at it, seal it. */
export function ReportScreen() {
  const { current, preferences, announcement } = useWorkbench();
  const open = useStore(current);
  const { zone } = useStore(preferences);
  const [choice, setChoice] = useDraft(open?.id ?? '');
  const findings = useRequest(findingsList, NOTHING);
  const asked: ReportChoice = useDelayed(choice, 400);
  const preview = useRequest(reportPreview, asked);
  const shown = useDeferredValue(preview.value);
  const pdf = useJob(reportPdf);
  const packages = useSealedPackages();
  const zones = useMemo(() => [...new Set(['UTC', zone, choice.zone])], [zone, choice.zone]);
  const set =
    (name: 'title' | 'summary' | 'conclusions' | 'zone') => (event: { target: { value: string } }) =>
      setChoice({ ...choice, [name]: event.target.value });

  const downloadPdf = async () => {
    const made = await pdf.run(choice);
    if (made === undefined) return;
    const url = URL.createObjectURL(
      new Blob([decodeBase64(made.base64).slice()], { type: 'application/pdf' }),
    );
    const link = document.createElement('a');
    link.href = url;
    link.download = 'report.pdf';
    link.click();
    URL.revokeObjectURL(url);
    announcement.set(t('report.pdf.done', { n: made.pages }));
  };

  return (
    <div className="report">
      <div className="report-form">
        <h1>{t('report.title')}</h1>
        {findings.error === undefined ? undefined : (
          <Failure error={findings.error} onRetry={findings.reload} />
        )}
        <TextField
          label={t('report.heading')}
          hint={t('report.heading.hint', { name: open?.name ?? '' })}
          value={choice.title}
          onChange={set('title')}
        />
        <TextArea
          label={t('report.summary')}
          hint={t('report.summary.hint')}
          rows={4}
          value={choice.summary}
          onChange={set('summary')}
        />
        <TextArea
          label={t('report.conclusions')}
          rows={4}
          value={choice.conclusions}
          onChange={set('conclusions')}
        />
        <FindingChoice
          findings={findings.value?.findings ?? []}
          chosen={choice.findings}
          onChange={(ids) => setChoice({ ...choice, findings: [...ids] })}
        />
        <SelectField label={t('report.zone')} value={choice.zone} onChange={set('zone')}>
          {zones.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </SelectField>
        {shown === undefined ? undefined : shown.missing.length === 0 ? (
          <p className="row complete">
            <Icon name="check" />
            {t('report.complete')}
          </p>
        ) : (
          <section className="missing" aria-labelledby="missing-title">
            <h2 id="missing-title">
              <Icon name="warning" />
              {t('report.missing')}
            </h2>
            <ul>
              {shown.missing.map(({ field, why }) => (
                <li key={field}>
                  <strong>
                    <RawText text={foldRuns(field)} />
                  </strong>
                  <br />
                  <RawText text={why} />
                </li>
              ))}
            </ul>
            <p className="soft small">{t('report.missing.hint')}</p>
          </section>
        )}
        <SealPanel choice={choice} packages={packages.value ?? []} onSealed={packages.reload} />
        {packages.value === undefined || packages.value.length === 0 ? undefined : (
          <section className="stack tight" aria-labelledby="packages-title">
            <h2 id="packages-title">{t('report.packages')}</h2>
            <SealedPackages packages={packages.value} />
          </section>
        )}
      </div>
      <section className="report-preview" aria-label={t('report.preview')} aria-busy={preview.loading}>
        <div className="report-preview-head">
          <h2>{t('report.preview')}</h2>
          <span className="soft small grow preview-digest">
            {preview.loading ? (
              t('report.preview.busy')
            ) : shown === undefined ? (
              ''
            ) : (
              <>
                {t('report.preview.digest')} <Digest value={shown.sha256} name="SHA-256" short />
              </>
            )}
          </span>
          <Button
            size="small"
            icon="download"
            disabled={pdf.running || shown === undefined}
            onClick={downloadPdf}
          >
            {t('report.pdf')}
          </Button>
        </div>
        {pdf.error === undefined ? undefined : (
          <div className="panel-body">
            <Failure error={pdf.error} />
          </div>
        )}
        {preview.error === undefined ? undefined : (
          <div className="panel-body">
            <Failure error={preview.error} onRetry={preview.reload} />
          </div>
        )}
        {shown === undefined ? preview.loading ? <Loading /> : undefined : <ReportFrame html={shown.html} />}
      </section>
    </div>
  );
}
