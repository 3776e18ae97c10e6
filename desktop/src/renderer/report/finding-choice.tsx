import type { Finding } from '../../host/findings.ts';
import { t } from '../text/message.ts';
import { RawText } from '../widgets/raw-text.tsx';

/** Which findings the report tells of. An empty choice means: all that are not benign. */
export function FindingChoice({
  findings,
  chosen,
  onChange,
}: {
  readonly findings: readonly Finding[];
  readonly chosen: readonly string[];
  readonly onChange: (ids: readonly string[]) => void;
}) {
  const byItself = findings.filter((one) => one.triage !== 'benign').map((one) => one.id);
  const shown = new Set(chosen.length === 0 ? byItself : chosen);
  const toggle = (id: string) => {
    const next = findings
      .map((one) => one.id)
      .filter((each) => (each === id ? !shown.has(id) : shown.has(each)));
    const natural = next.length === byItself.length && next.every((each) => byItself.includes(each));
    onChange(natural ? [] : next);
  };
  return (
    <fieldset className="field">
      <legend className="field-label">{t('report.findings')}</legend>
      <div className="finding-choice">
        {findings.length === 0 ? (
          <p className="soft">{t('report.findings.none')}</p>
        ) : (
          findings.map((one) => (
            <label key={one.id} className="check">
              {/* The last one cannot be left out: an empty choice means all. */}
              <input
                type="checkbox"
                checked={shown.has(one.id)}
                disabled={shown.size === 1 && shown.has(one.id)}
                onChange={() => toggle(one.id)}
              />
              <span className={`level ${one.level}`}>{one.level}</span>
              <span>
                <RawText text={one.title} />
              </span>
              <span className="soft small">{one.triage}</span>
            </label>
          ))
        )}
      </div>
      <span className="field-hint">
        {findings.length === 0 ? '' : t('report.findings.hint', { n: findings.length })}
      </span>
    </fieldset>
  );
}
