import { useId } from 'react';
import type { Density, Theme } from '../state/preferences.ts';
import { useStore } from '../state/store.ts';
import { useWorkbench } from '../state/workbench.ts';
import { t } from '../text/message.ts';
import { Dialog } from '../widgets/dialog.tsx';
import { SelectField } from '../widgets/field.tsx';

const THEMES: readonly Theme[] = ['system', 'light', 'dark'];
const DENSITIES: readonly Density[] = ['compact', 'regular', 'roomy'];

export function SettingsDialog({ onClose }: { readonly onClose: () => void }) {
  const { preferences, host } = useWorkbench();
  const { theme, density, zone, letters } = useStore(preferences);
  const lettersId = useId();
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const zones = [...new Set(['UTC', own, zone, ...Intl.supportedValuesOf('timeZone')])];
  return (
    <Dialog title={t('settings.title')} onClose={onClose}>
      <div className="stack">
        <Choice
          label={t('settings.theme')}
          values={THEMES}
          value={theme}
          name={(one) => t(`settings.theme.${one}`)}
          onChoose={(next) => preferences.update((old) => ({ ...old, theme: next }))}
        />
        <Choice
          label={t('settings.density')}
          values={DENSITIES}
          value={density}
          name={(one) => t(`settings.density.${one}`)}
          onChoose={(next) => preferences.update((old) => ({ ...old, density: next }))}
        />
        <SelectField
          label={t('settings.zone')}
          hint={t('settings.zone.hint')}
          value={zone}
          onChange={(event) => preferences.update((old) => ({ ...old, zone: event.target.value }))}
        >
          {zones.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </SelectField>
        <div>
          <label className="check" htmlFor={lettersId}>
            <input
              id={lettersId}
              type="checkbox"
              checked={letters}
              onChange={(event) => preferences.update((old) => ({ ...old, letters: event.target.checked }))}
            />
            {t('settings.letters')}
          </label>
          <p className="field-hint">{t('settings.letters.hint')}</p>
        </div>
        <p className="soft small">
          {t('app.name')}, {t('settings.version', { version: host.capabilities.version })}
        </p>
      </div>
    </Dialog>
  );
}

function Choice<V extends string>({
  label,
  values,
  value,
  name,
  onChoose,
}: {
  readonly label: string;
  readonly values: readonly V[];
  readonly value: V;
  readonly name: (value: V) => string;
  readonly onChoose: (value: V) => void;
}) {
  return (
    <fieldset className="field">
      <legend className="field-label">{label}</legend>
      <div className="segmented">
        {values.map((one) => (
          <button
            key={one}
            type="button"
            className="button"
            aria-pressed={one === value}
            onClick={() => onChoose(one)}
          >
            {name(one)}
          </button>
        ))}
      </div>
    </fieldset>
  );
}
