import type { MessageKey } from '../text/message.ts';

/** What is asked of a file's origin, by the names under which the report shows the answers (EVIDENCE §2). */
export const SOURCE_FACTS = [
  { name: 'exportedBy', label: 'fact.exportedBy', hint: 'fact.exportedBy.hint' },
  { name: 'exportedAt', label: 'fact.exportedAt', hint: 'fact.exportedAt.hint' },
  { name: 'place', label: 'fact.place', hint: 'fact.place.hint' },
  { name: 'host', label: 'fact.host', hint: 'fact.host.hint' },
  { name: 'system', label: 'fact.system', hint: 'fact.system.hint' },
  { name: 'version', label: 'fact.version' },
  { name: 'command', label: 'fact.command', hint: 'fact.command.hint' },
  { name: 'tool', label: 'fact.tool' },
  { name: 'authority', label: 'fact.authority', hint: 'fact.authority.hint' },
  { name: 'writeProtection', label: 'fact.writeProtection', hint: 'fact.writeProtection.hint' },
  { name: 'storageLock', label: 'fact.storageLock', hint: 'fact.storageLock.hint' },
  { name: 'retention', label: 'fact.retention', hint: 'fact.retention.hint' },
  { name: 'auditPolicy', label: 'fact.auditPolicy', hint: 'fact.auditPolicy.hint' },
  { name: 'hold', label: 'fact.hold', hint: 'fact.hold.hint' },
  { name: 'encoding', label: 'fact.encoding', hint: 'fact.encoding.hint' },
] as const satisfies readonly {
  readonly name: string;
  readonly label: MessageKey;
  readonly hint?: MessageKey;
}[];

/** How people call a fact; one that is not asked for here keeps its name. */
export function factLabel(name: string): MessageKey | undefined {
  return SOURCE_FACTS.find((fact) => fact.name === name)?.label;
}
