import { FIELDS, fieldNamed } from '@dbwitness/shared/events/fields.ts';
import { DEFAULT_COLUMNS } from '../state/preferences.ts';
import { useStore } from '../state/store.ts';
import { useWorkbench } from '../state/workbench.ts';
import { t } from '../text/message.ts';
import { Button } from '../widgets/button.tsx';
import { Dialog } from '../widgets/dialog.tsx';
import { SelectField } from '../widgets/field.tsx';
import { moved } from './moved.ts';

/** Which columns the table has, in which order and how wide. */
export function ColumnsDialog({ onClose }: { readonly onClose: () => void }) {
  const { preferences } = useWorkbench();
  const { columns } = useStore(preferences);
  const set = (next: typeof columns) => preferences.update((old) => ({ ...old, columns: next }));
  const shown = new Set(columns.map((column) => column.field));
  return (
    <Dialog
      title={t('events.columns.title')}
      onClose={onClose}
      foot={<Button onClick={() => set(DEFAULT_COLUMNS)}>{t('events.columns.reset')}</Button>}
    >
      <div className="stack">
        <ul className="column-list">
          {columns.map(({ field, width }, index) => (
            <li key={field}>
              <span className="column-name">
                <strong>{field}</strong>
                <span className="soft small">{meaning(field)}</span>
              </span>
              <input
                className="input column-width"
                type="number"
                min={48}
                max={1200}
                step={16}
                value={width}
                aria-label={t('events.columns.width', { name: field })}
                onChange={(event) =>
                  set(
                    columns.map((one) =>
                      one.field === field
                        ? { field, width: Math.max(48, Number(event.target.value) || 48) }
                        : one,
                    ),
                  )
                }
              />
              <Button
                size="small"
                kind="quiet"
                icon="up"
                label={t('events.columns.up', { name: field })}
                disabled={index === 0}
                onClick={() => set(moved(columns, field, -1))}
              />
              <Button
                size="small"
                kind="quiet"
                icon="down"
                label={t('events.columns.down', { name: field })}
                disabled={index === columns.length - 1}
                onClick={() => set(moved(columns, field, 1))}
              />
              <Button
                size="small"
                kind="quiet"
                icon="close"
                label={t('events.columns.remove', { name: field })}
                disabled={columns.length === 1}
                onClick={() => set(columns.filter((one) => one.field !== field))}
              />
            </li>
          ))}
        </ul>
        <SelectField
          label={t('events.columns.add')}
          value=""
          onChange={(event) =>
            event.target.value && set([...columns, { field: event.target.value, width: 140 }])
          }
        >
          <option value="">–</option>
          {FIELDS.filter((field) => !shown.has(field.name) && field.name !== 'raw').map((field) => (
            <option key={field.name} value={field.name}>{`${field.name}: ${meaning(field.name)}`}</option>
          ))}
        </SelectField>
      </div>
    </Dialog>
  );
}

/** The dictionary's words are Markdown for the generated reference. */
function meaning(field: string): string {
  return fieldNamed(field)?.meaning.replaceAll('`', '') ?? '';
}
