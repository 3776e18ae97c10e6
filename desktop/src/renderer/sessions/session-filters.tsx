import type { SessionFilter } from '../../host/sessions.ts';
import { t } from '../text/message.ts';
import { SelectField, TextField } from '../widgets/field.tsx';

const TEXTS = ['user', 'database', 'client', 'source'] as const;
const ONLY = ['all', 'with findings', 'with holes', 'failed logins', 'torn'] as const;
const SORTS = ['from', 'events', 'failures', 'findings', 'length'] as const;

export function SessionFilters({
  filter,
  onChange,
}: {
  readonly filter: SessionFilter;
  readonly onChange: (next: SessionFilter) => void;
}) {
  return (
    <search className="session-filters" aria-label={t('sessions.filter')}>
      <SelectField
        label={t('sessions.only')}
        value={filter.only}
        onChange={(event) =>
          onChange({ ...filter, only: ONLY.find((one) => one === event.target.value) ?? 'all' })
        }
      >
        {ONLY.map((one) => (
          <option key={one} value={one}>
            {t(`sessions.only.${one}`)}
          </option>
        ))}
      </SelectField>
      {TEXTS.map((name) => (
        <TextField
          key={name}
          label={t(`sessions.${name}`)}
          value={filter[name] ?? ''}
          onChange={(event) =>
            onChange({ ...filter, [name]: event.target.value === '' ? undefined : event.target.value })
          }
        />
      ))}
      <SelectField
        label={t('sessions.sort')}
        value={filter.sort}
        onChange={(event) =>
          onChange({ ...filter, sort: SORTS.find((one) => one === event.target.value) ?? 'from' })
        }
      >
        {SORTS.map((one) => (
          <option key={one} value={one}>
            {t(`sessions.sort.${one}`)}
          </option>
        ))}
      </SelectField>
    </search>
  );
}
