import { describe, expect, it } from 'vitest';
import { DEFAULT_ESTATE, isOnAccessPath, parseEstate } from './parse-estate.ts';

describe('estate file', () => {
  it('gives every declared value', () => {
    const { value, problems } = parseEstate(`
zone: Europe/Berlin
hours: { days: [1, 2, 3, 4, 5], from: '07:00', to: '19:00' }
sensitive:
  - CRM.customer*
  - { object: shop.payment_card, columns: [PAN, expiry] }
privileged_users: [postgres, 1001]
shared_accounts: [dba]
access_paths: [10.20.0.0/16, 2001:db8::/32]
bulk_rows: 500
`);
    expect(problems).toEqual([]);
    expect(value).toEqual({
      ...DEFAULT_ESTATE,
      zone: 'Europe/Berlin',
      hours: { days: [1, 2, 3, 4, 5], from: '07:00', to: '19:00' },
      sensitive: [{ object: 'crm.customer*' }, { object: 'shop.payment_card', columns: ['pan', 'expiry'] }],
      privileged_users: ['postgres', '1001'],
      shared_accounts: ['dba'],
      access_paths: ['10.20.0.0/16', '2001:db8::/32'],
      bulk_rows: 500,
    });
    expect(isOnAccessPath(value, '10.20.255.1')).toBe(true);
    expect(isOnAccessPath(value, '2001:DB8::1')).toBe(true);
    expect(isOnAccessPath(value, '10.21.0.1')).toBe(false);
    expect(isOnAccessPath(value, '[local]')).toBe(false);
  });

  it('is the defaults where it says nothing', () => {
    expect(parseEstate('')).toEqual({ value: DEFAULT_ESTATE, problems: [] });
  });

  it.each([
    ['zone: Mars/Base', 'estate/zone', 1],
    ['hours: { days: [0], from: "07:00", to: "19:00" }', 'estate/hours', 1],
    ['hours: { days: [1], from: "7", to: "19:00" }', 'estate/hours', 1],
    ['bulk_rows: 0', 'estate/number', 1],
    ['bulk_rows: many', 'estate/number', 1],
    ['access_paths: [10.0.0.1/8]', 'estate/address-range', 1],
    ['privileged_users: [a]\n\nprivileged_users: [b]', 'estate/duplicate-key', 3],
    ['shared_accounts: [{a: b}]', 'estate/text-list', 1],
    ['sensitive: [{columns: [a]}]', 'estate/sensitive', 1],
    ['colour: red', 'estate/unknown-key', 1],
    ['- a', 'estate/not-a-map', 1],
    ['zone: [', 'estate/yaml', 1],
  ])('tells what is wrong with %j and where', (text, code, line) => {
    const { problems } = parseEstate(text);
    expect(problems.map((found) => [found.code, found.at?.line])).toContainEqual([code, line]);
  });
});
