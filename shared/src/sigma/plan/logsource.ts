import { and, type Predicate } from '../predicate.ts';
import type { LogSource } from '../rule.ts';
import { openEnd, openStart, textPattern } from '../values/pattern.ts';

/** Products that a log source may name for a family. */
const FAMILIES: Readonly<Record<string, readonly string[]>> = {
  postgresql: ['postgresql', 'aurora-postgresql'],
  mysql: ['mysql', 'mariadb', 'aurora-mysql'],
};

/**
 * The events that a log source means (EVENTS.md): `category: database`, with `product` the database product and
 * `service` the format or audit facility. Undefined where it means other logs than a database's.
 */
export function logSourcePredicate({ category, product, service }: LogSource): Predicate | undefined {
  const anyDatabase = category === 'application' && product === 'sql';
  if (category !== undefined && category !== 'database' && !anyDatabase) return undefined;
  const tests: Predicate[] = [];
  if (product !== undefined && !anyDatabase) {
    const products = FAMILIES[product] ?? [product];
    tests.push({
      kind: 'or',
      of: products.map((name) => ({
        kind: 'text',
        field: 'product',
        pattern: textPattern(name),
        cased: false,
      })),
    });
  }
  if (service !== undefined) {
    tests.push({
      kind: 'text',
      field: 'format',
      pattern: openEnd(openStart(textPattern(service))),
      cased: false,
    });
  }
  return and(tests);
}

/** Whether log source `wide` covers `narrow`: every attribute of it is equal there (SIGMA Y8). */
export function covers(wide: LogSource, narrow: LogSource): boolean {
  return (['category', 'product', 'service'] as const).every(
    (key) => wide[key] === undefined || wide[key] === narrow[key],
  );
}
