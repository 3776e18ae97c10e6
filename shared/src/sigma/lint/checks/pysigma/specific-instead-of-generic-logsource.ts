import type { DocumentCheck } from '../../check.ts';
import { logSourceOf } from '../../log-source.ts';

/** Windows events by service → the category that covers them, from the Sigma specification's appendix on taxonomy. */
const CATEGORIES: Readonly<Record<string, ReadonlyMap<number, string>>> = {
  sysmon: new Map([
    [1, 'process_creation'],
    [2, 'file_change'],
    [3, 'network_connection'],
    [4, 'sysmon_status'],
    [5, 'process_termination'],
    [6, 'driver_load'],
    [7, 'image_load'],
    [8, 'create_remote_thread'],
    [9, 'raw_access_thread'],
    [10, 'process_access'],
    [11, 'file_event'],
    [12, 'registry_event'],
    [13, 'registry_event'],
    [14, 'registry_event'],
    [15, 'create_stream_hash'],
    [16, 'sysmon_status'],
    [17, 'pipe_created'],
    [18, 'pipe_created'],
    [19, 'wmi_event'],
    [20, 'wmi_event'],
    [21, 'wmi_event'],
    [22, 'dns_query'],
    [23, 'file_delete'],
    [24, 'clipboard_change'],
    [25, 'process_tampering'],
    [26, 'file_delete_detected'],
    [27, 'file_block_executable'],
    [28, 'file_block_shredding'],
    [29, 'file_executable_detected'],
    [255, 'sysmon_error'],
  ]),
  security: new Map([[4688, 'process_creation']]),
};

export const specificInsteadOfGenericLogsource: DocumentCheck = {
  id: 'specific_instead_of_generic_logsource',
  origin: 'pysigma',
  severity: 'error',
  about: 'an event id is asked for that a log source category stands for',
  help: 'A category also covers other products that log the same. Name it in `logsource` and leave the event id out.',
  examples: {
    invalid: [
      {
        rule: `logsource: {product: windows, service: sysmon}
detection:
  selection:
    EventID: 1
  condition: selection`,
        marks: ['1'],
      },
    ],
    valid: [
      `logsource: {product: windows, category: process_creation}
detection:
  selection:
    Image: x
  condition: selection`,
    ],
  },
  check(document, report) {
    const source = logSourceOf(document);
    if (source?.product !== 'windows') return;
    const categories = CATEGORIES[source.service];
    if (categories === undefined) return;
    for (const { field, values } of document.items) {
      if (field !== 'EventID') continue;
      for (const { value, span } of values) {
        const category = typeof value === 'string' ? undefined : categories.get(Number(value));
        if (value !== null && typeof value !== 'boolean' && category !== undefined)
          report(span, `The category ${category} stands for the event ${value} of ${source.service}.`);
      }
    }
  },
};
