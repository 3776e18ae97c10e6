import { openClickHouse } from '@dbwitness/desktop/engine/documents/clickhouse-tables.ts';
import { addressDigits } from '@dbwitness/shared/estate/network.ts';
import { clickhouseEngine } from '@dbwitness/shared/sigma/engines/clickhouse.ts';
import { clickhouse } from '@dbwitness/shared/sigma/sql/clickhouse.ts';
import { fold } from '@dbwitness/shared/sigma/values/fold.ts';
import { canonicalText } from '@dbwitness/shared/sigma/values/scalar.ts';
import { afterAll, describe, expect, it } from 'vitest';

const database = await openClickHouse().catch((error: Error) => error);
const missing = database instanceof Error ? database.message : undefined;

describe.skipIf(missing !== undefined)(
  `ClickHouse says what SIGMA §6 asks for: ${missing ?? 'it is here'}`,
  () => {
    const run = async (sql: string) => {
      if (database instanceof Error) throw database;
      return database.run(sql);
    };
    const close = async () => {
      if (!(database instanceof Error)) await database.close();
    };
    const engine = clickhouseEngine({ run, close });
    afterAll(close);

    /** What `of` gives for each of `texts`, which stand in a column as of a user's table. */
    async function each(
      texts: readonly (string | null)[],
      of: (text: string) => string,
    ): Promise<readonly unknown[]> {
      await run('CREATE OR REPLACE TABLE probe (i UInt32, t Nullable(String)) ENGINE = Memory');
      const rows = texts.map((text, i) => `${JSON.stringify([i, text])}\n`).join('');
      await run(`INSERT INTO probe FORMAT JSONCompactEachRow\n${rows}`);
      return (await engine.all(`SELECT ${of('t')} AS x FROM probe ORDER BY i`, [])).map((row) => row.x);
    }

    it('R4: folds every character as values/fold.ts does', async () => {
      const all: string[] = [];
      // No letter with case is above.
      for (let code = 1; code < 0x20000; code++)
        if (code < 0xd800 || code > 0xdfff) all.push(String.fromCodePoint(code));
      const folded = await each(all, clickhouse.fold);
      expect(all.filter((one, i) => folded[i] !== fold(one))).toEqual([]);
      const words = ['ΣΟΣ', 'ΣΑΣ ΣΑΣ', 'İSTANBUL', 'ſK', 'GROẞ', 'a\0B', '', 'É', '\u{1f600}Ä'];
      expect(await each(words, clickhouse.fold)).toEqual(words.map(fold));
    });

    it('R13: finds the addresses that the estate finds', async () => {
      const addresses = [
      '10.1.2.3', '10.1.2', '010.1.2.3', '10.1.2.256', '10.1.2.3:80', ' 10.1.2.3', '[10.1.2.3]', '1.2.3.4%a', '',
      '::', '::1', '1::', '1:2:3:4:5:6:7::', '::2:3:4:5:6:7:8', '1::2:3:4:5:6:7:8', '1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7',
      '1:2:3:4:5:6:7:8:9', '1::2::3', ':1', '1:', ':::', '[2001:db8::5]', '2001:DB8::1%eth0', '2001:db8::g', '12345::',
      '::ffff:10.1.2.3', '::FFFF:0a01:203', '0:0:0:0:0:ffff:10.2.3.4', '2001:db8:0:0:0:0:1.2.3.4', '::10.1.2.3',
      '1:2:3:4:5:6:1.2.3.4', '1:2:3:4:5:6:7:1.2.3.4', '1::3:4:5:6:1.2.3.4', '1::3:4:5:6:7:1.2.3.4', '::1.2.3.4.5', '1.2.3.4::',
    ]; // biome-ignore format: a table
      expect(await each(addresses, clickhouse.address)).toEqual(
        addresses.map((address) => addressDigits(address) ?? null),
      );
    });

    it('R10: compares texts that are numbers', async () => {
      const greater = [
        '10',
        '+10.5',
        '1e3',
        '99999999999999999999',
        '9.5',
        '9007199254740993',
        '1e400',
        `1${'0'.repeat(75)}`,
        `9${'0'.repeat(90)}`,
      ];
      const others = ['9', ' 10', '1_000', 'Infinity', 'nan', '0x10', '10.', '', '-10', '10\n', 'x', null];
      const found = await each([...greater, ...others], (t) => clickhouse.compareText(t, 'gt', '9'));
      expect(found.map(Boolean)).toEqual([...greater.map(() => true), ...others.map(() => false)]);
      const exact = await each(['9007199254740993', '9007199254740992'], (t) =>
        clickhouse.compareText(t, 'gt', '9007199254740992'),
      );
      expect(exact.map(Boolean)).toEqual([true, false]);
    });

    it('R8: prints doubles as ECMAScript does', async () => {
      const numbers = [
        5,
        0.5,
        -0.1,
        1e21,
        1e-7,
        0.000001,
        123456789.125,
        1.5e300,
        0.1 + 0.2,
        5e-324,
        1e38,
        2 ** 53,
      ];
      const texts = await each(numbers.map(String), (t) => clickhouse.textOfNumber(`toFloat64(${t})`));
      expect(texts).toEqual(numbers.map(canonicalText));
    });

    it('R14: reads times in text and shows them in a zone', async () => {
      const texts = [
      '2026-01-01T10:30:00+01:00', '2026-01-01 09:10', '2026-01-01T09:59:59.123Z', '2026-01-01', '09:00', 'x', null,
      '2026-02-30T01:00:00', '0001-03-01T07:00:00', '9999-12-31T23:00:00Z', '2026-03-29T02:30:00', '2026-03-29T02:30:00Z',
      '2026-01-01T10:30:00-0130', '2026-01-01T10:30:00+05', '2026-01-01T24:00:00', '2026-01-01T10:30:00,5',
    ]; // biome-ignore format: a table
      const part = (name: 'hour' | 'week' | 'year' | 'minute') =>
        each(texts, (t) => clickhouse.timePart(t, 'text', name, 'Europe/Berlin'));
      const no = null;
      expect(await part('hour')).toEqual([10, 9, 10, 0, no, no, no, no, 7, 0, 2, 4, 13, 6, no, 10]);
      expect(await part('year')).toEqual([
        2026,
        2026,
        2026,
        2026,
        no,
        no,
        no,
        no,
        1,
        10000,
        2026,
        2026,
        2026,
        2026,
        no,
        2026,
      ]);
      expect((await part('week')).slice(0, 4)).toEqual([1, 1, 1, 1]);
      expect((await part('minute')).slice(0, 2)).toEqual([30, 10]);
      const time = await each(
        ['2026-01-01 23:30:00.000600'],
        (t) =>
          `concat(toString(${clickhouse.timePart(`toDateTime64(${t}, 6, 'UTC')`, 'time', 'day', 'Europe/Berlin')}), ' ', ${clickhouse.textOfTime(`toDateTime64(${t}, 6, 'UTC')`)})`,
      );
      expect(time).toEqual(['2 2026-01-01T23:30:00.000600Z']);
    });

    it('R18: reads values of a JSON column', async () => {
      const json = [
        '{"a.b": 5.0, "a": {"b": "x"}}',
        '{"a": {"b": ["x", null, 2.50, true]}}',
        '{"a": {"b": null}}',
        '{}',
        null,
      ];
      expect(await each(json, (t) => clickhouse.jsonValues(t, 'a.b'))).toEqual([
        ['5'],
        ['x', '2.5', 'true'],
        [],
        [],
        [],
      ]);
      expect(
        await each(['{"k": {"l": ["say \\"k\\": 1", 1e3], "m": false}}'], (t) =>
          clickhouse.jsonValues(t, undefined),
        ),
      ).toEqual([['say "k": 1', '1000', 'false']]);
    });

    it('R22: hostile values and names stay what they are', async () => {
      const texts = [
        `'; DROP TABLE probe; --`,
        '\\',
        "\\'",
        'a\0b',
        '{x:String}',
        '\n\r\t',
        '\u{1f600}',
        '?',
      ];
      for (const text of texts)
        expect(await each(texts, (t) => clickhouse.equals(t, [text]))).toEqual(
          texts.map((other) => Number(other === text)),
        );
      for (const name of ['a"b', 'a\\', '`', "a'b", 'a b'])
        expect(await engine.all(`SELECT 1 AS ${clickhouse.identifier(name)}`, [])).toEqual([{ [name]: 1 }]);
    });
  },
);
