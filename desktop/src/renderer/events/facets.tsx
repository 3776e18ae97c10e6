import { memo, useMemo } from 'react';
import type { Filter } from '../../host/filter.ts';
import { type Facet, timelineFacets } from '../../host/timeline.ts';
import { addValue, removeValue, valueState, withoutField } from '../filter/filter.ts';
import { formatCount } from '../format/quantity.ts';
import { useStore } from '../state/store.ts';
import { useRequest } from '../state/use-request.ts';
import { useWorkbench } from '../state/workbench.ts';
import { t } from '../text/message.ts';
import { Button } from '../widgets/button.tsx';
import { RawText } from '../widgets/raw-text.tsx';
import { Failure, Loading } from '../widgets/states.tsx';

const FIELDS = [
  'class',
  'user',
  'client_ip',
  'action',
  'object',
  'database',
  'server',
  'result',
  'flags',
  'application',
  'exhibit',
] as const;
const LIMIT = 8;

/** Values of the fields that people ask by, with their counts under the other filters. */
export const Facets = memo(function Facets({ onClose }: { readonly onClose: () => void }) {
  const { filter } = useWorkbench();
  const now = useStore(filter.now);
  // A facet leaves out its own clauses, or a chosen value would hide its alternatives: only those fields are asked alone.
  const own = useMemo(() => new Set(now.clauses.map((clause) => clause.field)), [now.clauses]);
  const common = useMemo(() => FIELDS.filter((field) => !own.has(field)), [own]);
  const asked = useRequest(
    timelineFacets,
    common.length === 0 ? undefined : { filter: now, fields: [...common], limit: LIMIT },
  );
  return (
    <aside className="facets" aria-label={t('facets.title')}>
      <div className="facets-head">
        <h2>{t('facets.title')}</h2>
        <Button size="small" kind="quiet" icon="close" label={t('act.close')} onClick={onClose} />
      </div>
      {asked.error === undefined ? undefined : (
        <div className="panel-body">
          <Failure error={asked.error} onRetry={asked.reload} />
        </div>
      )}
      {asked.value === undefined && asked.loading ? <Loading /> : undefined}
      {asked.value === undefined
        ? undefined
        : FIELDS.map((field) =>
            own.has(field) ? (
              <OwnFacet key={field} field={field} filter={now} />
            ) : (
              <FacetList key={field} facet={asked.value?.find((one) => one.field === field)} field={field} />
            ),
          )}
    </aside>
  );
});

function OwnFacet({ field, filter }: { readonly field: string; readonly filter: Filter }) {
  const asked = useRequest(
    timelineFacets,
    useMemo(() => ({ filter: withoutField(filter, field), fields: [field], limit: LIMIT }), [filter, field]),
  );
  return <FacetList field={field} facet={asked.value?.[0]} />;
}

function FacetList({ field, facet }: { readonly field: string; readonly facet: Facet | undefined }) {
  const { filter } = useWorkbench();
  const now = useStore(filter.now);
  const largest = Math.max(1, ...(facet?.values.map((one) => one.count) ?? []));
  return (
    <details className="facet" open>
      <summary>{field}</summary>
      {facet !== undefined && facet.values.length === 0 ? (
        <p className="soft small facet-none">{t('facets.none')}</p>
      ) : undefined}
      <ul>
        {facet?.values.map(({ value, count }) => {
          const state = valueState(now, field, value);
          return (
            <li key={value} className={`facet-value ${state}`}>
              <button
                type="button"
                className="facet-for"
                aria-pressed={state === 'for'}
                aria-label={t(state === 'none' ? 'filter.for' : 'filter.drop', { field, value })}
                onClick={() =>
                  filter.change(
                    state === 'none' ? addValue(now, field, value) : removeValue(now, field, value),
                  )
                }
              >
                <span className="facet-bar" style={{ width: `${(count / largest) * 100}%` }} />
                <span className="facet-name">
                  <RawText text={value} limit={60} />
                </span>
                <span className="facet-count">{formatCount(count)}</span>
              </button>
              <Button
                size="small"
                kind="quiet"
                icon="minus"
                label={t('filter.out', { field, value })}
                onClick={() => filter.change(addValue(now, field, value, true))}
              />
            </li>
          );
        })}
      </ul>
      {facet !== undefined && facet.others > 0 ? (
        <p className="soft small facet-none">{t('facets.others', { n: facet.others })}</p>
      ) : undefined}
    </details>
  );
}
