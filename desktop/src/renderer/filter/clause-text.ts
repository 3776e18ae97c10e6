import type { Clause } from '../../host/filter.ts';
import { t } from '../text/message.ts';

/** A clause in words: `user is not app_shop or etl_night`. */
export function clauseText({ field, operator, values, negated }: Clause): string {
  const words = [
    field,
    negated ? t('filter.not') : '',
    t(`filter.${operator}`),
    values.join(` ${t('filter.or')} `),
  ];
  return words.filter((word) => word !== '').join(' ');
}
