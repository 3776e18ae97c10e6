import { entry, type YamlValue } from '../../text/yaml-value.ts';
import type { LogSource } from '../rule.ts';
import { defined, textOf } from './read-head.ts';
import type { Reporter } from './report.ts';

/** Reads a log source (SIGMA Y8): at least one of category, product and service; `definition` is prose. */
export function readLogSource(document: YamlValue, reporter: Reporter): LogSource {
  const found = entry(document, 'logsource');
  const attribute = (key: string) => {
    const value = entry(found?.value, key);
    return value === undefined ? undefined : textOf(value.value)?.toLowerCase();
  };
  const logsource = defined({
    category: attribute('category'),
    product: attribute('product'),
    service: attribute('service'),
  });
  if (Object.keys(logsource).length === 0)
    reporter.report('sigma/logsource', found?.keySpan ?? document.span);
  return logsource;
}
