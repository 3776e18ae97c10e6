import { formatCount } from '../format/quantity.ts';
import { t } from '../text/message.ts';
import { RawText } from '../widgets/raw-text.tsx';
import { TimeText } from '../widgets/time-text.tsx';
import type { FindingGroup, Grouping } from './group-findings.ts';
import { TriageMark } from './triage-mark.tsx';

interface Props {
  readonly groups: readonly FindingGroup[];
  readonly by: Grouping;
  readonly chosen: string | undefined;
  readonly selected: ReadonlySet<string>;
  readonly readOnly: boolean;
  readonly onChoose: (id: string) => void;
  readonly onSelect: (id: string) => void;
}

export function FindingQueue({ groups, by, chosen, selected, readOnly, onChoose, onSelect }: Props) {
  return (
    <div className="queue-list">
      {groups.map((group) => (
        <section key={group.key} aria-label={group.key || t('findings.group.none')}>
          <h2 className="queue-group">
            {by === 'level' ? (
              <span className={`level ${group.key}`}>{group.key}</span>
            ) : (
              <RawText text={group.key || t('findings.group.none')} />
            )}
            <span className="soft">{formatCount(group.findings.length)}</span>
          </h2>
          <ul>
            {group.findings.map((one) => (
              <li
                key={one.id}
                id={`finding-${one.id}`}
                className={one.id === chosen ? 'queue-item current' : 'queue-item'}
              >
                {readOnly ? undefined : (
                  <label className="queue-check">
                    <input
                      type="checkbox"
                      checked={selected.has(one.id)}
                      onChange={() => onSelect(one.id)}
                      aria-label={t('findings.select', { title: one.title })}
                    />
                  </label>
                )}
                <button
                  type="button"
                  className="queue-button"
                  aria-current={one.id === chosen}
                  onClick={() => onChoose(one.id)}
                >
                  <span className="queue-title">
                    <strong>
                      <RawText text={one.title} />
                    </strong>
                    <TriageMark triage={one.triage} />
                  </span>
                  <span className="queue-meta">
                    {by === 'level' ? undefined : <span className={`level ${one.level}`}>{one.level}</span>}
                    <span>
                      <RawText
                        text={[one.user, one.object].filter((part) => part !== undefined).join(' · ')}
                      />
                    </span>
                  </span>
                  <span className="queue-meta soft">
                    <TimeText at={one.first} precision="minute" /> · {t('findings.records', { n: one.count })}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
