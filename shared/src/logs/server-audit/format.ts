import type { LogFormat } from '../log-format.ts';
import { readSample, structural } from '../sample-reading.ts';
import { ServerAuditReader } from './server-audit-reader.ts';

/** MariaDB server_audit plugin, file output (FORMATS.md 13). */
export const serverAudit: LogFormat = {
  id: 'server-audit',
  title: 'MariaDB server_audit',
  product: 'mariadb',
  docs: 'server-audit',
  continuity: 'query id',
  dialect: 'mysql',
  recognise(sample, text) {
    const reading = readSample(sample, () => {
      const reader = new ServerAuditReader({ text });
      return { reader, own: () => reader.own };
    });
    return structural(reading, 'a time stamp, connection id, query id and operation in their places');
  },
  open: (options) => new ServerAuditReader(options),
};
