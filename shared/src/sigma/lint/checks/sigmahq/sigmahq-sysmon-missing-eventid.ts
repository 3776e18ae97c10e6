import type { DocumentCheck } from '../../check.ts';
import { logSourceOf } from '../../log-source.ts';

export const sigmahqSysmonMissingEventid: DocumentCheck = {
  id: 'sigmahq_sysmon_missing_eventid',
  origin: 'sigmahq',
  severity: 'error',
  about: 'a rule for the service sysmon asks for no event id',
  help: 'It is then tried on every event that Sysmon writes. Name the event, or better its category.',
  examples: {
    invalid: [
      {
        rule: `logsource: {product: windows, service: sysmon}
detection:
  selection:
    Image: x
  condition: selection`,
        marks: ['{product: windows, service: sysmon}'],
      },
    ],
    valid: [
      `logsource: {product: windows, service: sysmon}
detection:
  selection:
    EventID: 4
  condition: selection`,
    ],
  },
  check(document, report) {
    const source = logSourceOf(document);
    if (source?.service === 'sysmon' && !document.items.some(({ field }) => field === 'EventID'))
      report(source.entry.value.span, 'No search asks for an event id.');
  },
};
