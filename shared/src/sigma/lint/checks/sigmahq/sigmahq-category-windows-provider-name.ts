import type { DocumentCheck } from '../../check.ts';
import { logSourceKey, logSourceOf } from '../../log-source.ts';

export const sigmahqCategoryWindowsProviderName: DocumentCheck = {
  id: 'sigmahq_category_windows_provider_name',
  origin: 'sigmahq',
  severity: 'warning',
  about: 'a provider stands beside a Windows category that implies it',
  help: 'The category covers several providers; asking for one of them loses the others or says nothing new.',
  examples: {
    invalid: [
      {
        rule: `logsource: {product: windows, category: process_creation}
detection:
  selection:
    Provider_Name: Microsoft-Windows-Sysmon
  condition: selection`,
        marks: ['Provider_Name'],
      },
    ],
    valid: [
      `logsource: {product: windows, category: process_creation}
detection:
  selection:
    Provider_Name: Another-Provider
  condition: selection`,
    ],
  },
  check(document, report, { knowledge: { taxonomy } }) {
    const source = logSourceOf(document);
    const providers = source && taxonomy.providers.get(logSourceKey(source));
    if (source === undefined || providers === undefined) return;
    for (const { field, keySpan, values } of document.items) {
      if (field !== 'Provider_Name') continue;
      const implied = values.find(({ value }) => typeof value === 'string' && providers.includes(value));
      if (implied !== undefined)
        report(keySpan, `The category ${source.category} implies the provider ${implied.value}.`);
    }
  },
};
