import type { Check } from './check.ts';
import { CHECKS } from './checks/index.ts';
import type { ActiveCheck } from './lint-documents.ts';

/** A named choice of checks. */
export interface Profile {
  readonly about: string;
  has(check: Check): boolean;
}

/** What SigmaHQ's own continuous integration leaves out of the 80 (its `sigma_cli_conf.yml`). */
const NOT_IN_SIGMAHQ_CI: ReadonlySet<string> = new Set([
  'tlptag',
  'tlpv1_tag',
  'sigmahq_fieldname_cast',
  'sigmahq_filename_prefix',
  'sigmahq_logsource_unknown',
  'sigmahq_ofselection_condition',
  'sigmahq_sysmon_missing_eventid',
]);

/** How the public repository wants its rules to look; what a rule means does not depend on it. */
const HOUSE_STYLE: ReadonlySet<string> = new Set([
  'filename_length',
  // Text and number are one here (SIGMA R8), and a pattern may have its star anywhere (C3).
  'number_as_string',
  'sigmahq_missing_asterisk_condition',
  'sigmahq_author_existence',
  'sigmahq_correlation_filename_prefix',
  'sigmahq_date_existence',
  'sigmahq_falsepositives_capital',
  'sigmahq_fields_existence',
  'sigmahq_filename_convention',
  'sigmahq_github_link',
  'sigmahq_status_to_high',
  'sigmahq_tags_detection',
  'sigmahq_tags_tlp',
  'sigmahq_title_case',
  'sigmahq_title_end',
  'sigmahq_title_length',
  'sigmahq_title_start',
  'sigmahq_unknown_field',
]);

/** What reading the rule says already (SIGMA C4, R12, K2), or another check of the 80. */
const SAID_ALREADY: ReadonlySet<string> = new Set([
  'dangling_condition',
  'sigmahq_correlation_group_by_existence',
  'sigmahq_ofthem_condition',
  'sigmahq_unsupported_regex_group_construct',
]);

export const PROFILES = {
  dbwitness: {
    about:
      'Everything that tells of a mistake; what is the house style of the public repository is left out.',
    has: ({ id, optIn }) =>
      optIn !== true && ![NOT_IN_SIGMAHQ_CI, HOUSE_STYLE, SAID_ALREADY].some((left) => left.has(id)),
  },
  sigmahq: {
    about: 'What the continuous integration of SigmaHQ checks, and nothing else.',
    has: ({ id, origin }) => (origin === 'pysigma' || origin === 'sigmahq') && !NOT_IN_SIGMAHQ_CI.has(id),
  },
  strict: { about: 'Every check, those too that are off otherwise.', has: () => true },
} as const satisfies Readonly<Record<string, Profile>>;

export type ProfileName = keyof typeof PROFILES;

export const PROFILE_NAMES: readonly ProfileName[] = ['dbwitness', 'sigmahq', 'strict'];

/** The checks of a profile, with their own severities and parameters. */
export function checksOf(name: ProfileName): readonly ActiveCheck[] {
  const profile: Profile = PROFILES[name];
  return CHECKS.filter((check) => profile.has(check)).map((check) => ({
    check,
    severity: check.severity,
    options: {},
  }));
}
