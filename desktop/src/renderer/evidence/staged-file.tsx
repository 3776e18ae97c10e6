import { useMemo } from 'react';
import { evidenceFormats, evidencePreview, type FormatGuess } from '../../host/evidence.ts';
import { formatBytes } from '../format/quantity.ts';
import { useRequest } from '../state/use-request.ts';
import { type MessageKey, t } from '../text/message.ts';
import { Badge } from '../widgets/badge.tsx';
import { Button } from '../widgets/button.tsx';
import { SelectField, TextField } from '../widgets/field.tsx';
import { RawText } from '../widgets/raw-text.tsx';
import { Failure, Notice } from '../widgets/states.tsx';
import { PreviewTable } from './preview-table.tsx';
import { SOURCE_FACTS } from './source-facts.ts';
import type { Staged } from './staging.ts';

const NOTHING = {};
const KINDS = { certain: 'ok', strong: 'ok', weak: 'warn', no: 'danger' } as const;
const MORE: readonly {
  readonly name: 'linePrefix' | 'source' | 'offsetMs' | 'providerDigest';
  readonly label: MessageKey;
  readonly hint?: MessageKey;
}[] = [
  { name: 'source', label: 'evidence.source', hint: 'evidence.source.hint' },
  { name: 'offsetMs', label: 'evidence.offset', hint: 'evidence.offset.hint' },
  { name: 'linePrefix', label: 'evidence.prefix', hint: 'evidence.prefix.hint' },
  { name: 'providerDigest', label: 'evidence.digest', hint: 'evidence.digest.hint' },
];

/** One file before it is kept: how it was recognised and why, its first records, and what the examiner can change. */
export function StagedFile({
  staged,
  onChange,
  onRemove,
  onFactsForAll,
}: {
  readonly staged: Staged;
  readonly onChange: (next: Staged) => void;
  readonly onRemove: () => void;
  /** Gives every staged file the source facts of this one; absent when it is the only one. */
  readonly onFactsForAll: (() => void) | undefined;
}) {
  const { file } = staged;
  const formats = useRequest(evidenceFormats, NOTHING);
  const asked = useRequest(
    evidencePreview,
    useMemo(
      () => ({
        file: file.id,
        ...(staged.format === '' ? {} : { format: staged.format }),
        ...(staged.zone === '' ? {} : { zone: staged.zone }),
      }),
      [file.id, staged.format, staged.zone],
    ),
  );
  const preview = asked.value;
  const best: FormatGuess | undefined = preview?.guesses[0];
  const shown =
    staged.format === '' ? best : (preview?.guesses.find((one) => one.format === staged.format) ?? undefined);
  const zones = useMemo(() => ['UTC', ...Intl.supportedValuesOf('timeZone')], []);
  return (
    <article className="staged" aria-label={file.name} aria-busy={asked.loading}>
      <div className="row apart">
        <div className="row">
          <strong>
            <RawText text={file.name} />
          </strong>
          <span className="soft">
            {formatBytes(file.bytes)}
            {preview?.compression === undefined ? '' : `, ${preview.compression}`}
          </span>
          {preview === undefined ? (
            <span className="soft">{asked.error === undefined ? t('evidence.previewing') : ''}</span>
          ) : shown === undefined || shown.confidence === 'no' ? (
            <Badge kind="danger" icon="question">
              {t('evidence.format.none')}
            </Badge>
          ) : (
            <Badge kind={KINDS[shown.confidence]} icon={shown.confidence === 'weak' ? 'warning' : 'check'}>
              {shown.title}, {t(`evidence.confidence.${shown.confidence}`)}
            </Badge>
          )}
        </div>
        <Button
          kind="quiet"
          size="small"
          icon="close"
          label={t('evidence.remove', { name: file.name })}
          onClick={onRemove}
        />
      </div>
      {shown === undefined ? undefined : (
        <p className="soft">
          {t('evidence.because')}: <RawText text={shown.because} />
        </p>
      )}
      {asked.error === undefined ? undefined : <Failure error={asked.error} onRetry={asked.reload} />}
      {preview?.problems.map((one) => (
        <Notice key={one.code} kind="warn">
          <p>
            <RawText text={one.message} /> <code className="soft small">{one.code}</code>
          </p>
        </Notice>
      ))}
      <div className="staged-fields">
        <SelectField
          label={t('evidence.format')}
          value={staged.format}
          onChange={(event) => onChange({ ...staged, format: event.target.value })}
        >
          <option value="">
            {best === undefined ? t('evidence.format.none') : `${t('evidence.format.auto')}: ${best.title}`}
          </option>
          {formats.value?.map((one) => (
            <option key={one.id} value={one.id}>
              {one.title}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={t('evidence.zone')}
          hint={preview?.zone.state === 'ask' ? undefined : preview?.zone.note}
          error={preview?.zone.state === 'ask' && staged.zone === '' ? t('evidence.zone.ask') : undefined}
          value={staged.zone}
          onChange={(event) => onChange({ ...staged, zone: event.target.value })}
        >
          <option value="">{preview?.zone.state === 'ask' ? '–' : t('evidence.zone.inRecord')}</option>
          {zones.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </SelectField>
        <SelectField
          label={t('evidence.encoding')}
          value={staged.encoding}
          onChange={(event) => onChange({ ...staged, encoding: event.target.value as Staged['encoding'] })}
        >
          <option value="">{t('evidence.encoding.auto', { name: preview?.encoding ?? '…' })}</option>
          <option value="latin1">ISO 8859-1</option>
          <option value="cp1252">Windows-1252</option>
        </SelectField>
      </div>
      <details>
        <summary>{t('evidence.more')}</summary>
        <div className="staged-fields">
          {MORE.map(({ name, label, hint }) => (
            <TextField
              key={name}
              label={t(label)}
              hint={hint === undefined ? undefined : t(hint)}
              value={staged[name]}
              onChange={(event) => onChange({ ...staged, [name]: event.target.value })}
            />
          ))}
        </div>
      </details>
      <details>
        <summary>{t('evidence.facts')}</summary>
        <p className="soft small">{t('evidence.facts.hint')}</p>
        <div className="staged-fields">
          {SOURCE_FACTS.map((fact) => (
            <TextField
              key={fact.name}
              label={t(fact.label)}
              hint={'hint' in fact ? t(fact.hint) : undefined}
              value={staged.facts[fact.name] ?? ''}
              onChange={(event) =>
                onChange({ ...staged, facts: { ...staged.facts, [fact.name]: event.target.value } })
              }
            />
          ))}
        </div>
        {onFactsForAll === undefined ? undefined : (
          <div className="row end">
            <Button size="small" icon="copy" onClick={onFactsForAll}>
              {t('evidence.facts.all')}
            </Button>
          </div>
        )}
      </details>
      {preview === undefined ? undefined : preview.rows.length === 0 ? (
        <p className="soft">{t('evidence.preview.none')}</p>
      ) : (
        <PreviewTable name={file.name} rows={preview.rows} />
      )}
    </article>
  );
}
