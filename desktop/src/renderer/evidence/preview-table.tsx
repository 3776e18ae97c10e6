import { t } from '../text/message.ts';
import { RawText } from '../widgets/raw-text.tsx';

/** First records of a file with the fields that its reader found, in the order in which they first appear. */
export function PreviewTable({
  name,
  rows,
}: {
  readonly name: string;
  readonly rows: readonly Readonly<Record<string, string>>[];
}) {
  const fields = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return (
    <section className="preview scroll-x" aria-label={`${t('evidence.preview.rows')}: ${name}`} tabIndex={0}>
      <table className="data-table">
        <caption>{t('evidence.preview.rows')}</caption>
        <thead>
          <tr>
            {fields.map((field) => (
              <th key={field} scope="col">
                {field}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the first records of a file have no other identity
            <tr key={index}>
              {fields.map((field) => (
                <td key={field}>
                  <RawText text={row[field] ?? ''} limit={120} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
