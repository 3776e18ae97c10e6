import type { Check } from '../../check.ts';
import { adsEmptySection } from './ads-empty-section.ts';
import { adsMissingSection } from './ads-missing-section.ts';
import { adsUnknownSection } from './ads-unknown-section.ts';
import { arrayMatchingWithoutVersion } from './array-matching-without-version.ts';
import { broadSingleSelection } from './broad-single-selection.ts';
import { deprecatedWithoutRelated } from './deprecated-without-related.ts';
import { descriptionTooLong } from './description-too-long.ts';
import { duplicateFields } from './duplicate-fields.ts';
import { environmentLiteral } from './environment-literal.ts';
import { falsepositiveTooShort } from './falsepositive-too-short.ts';
import { falsepositivesUnknown } from './falsepositives-unknown.ts';
import { filterHasLevel } from './filter-has-level.ts';
import { filterHasStatus } from './filter-has-status.ts';
import { flattenedArrayCorrelation } from './flattened-array-correlation.ts';
import { gapWithoutSession } from './gap-without-session.ts';
import { generateNotBoolean } from './generate-not-boolean.ts';
import { idNotV4 } from './id-not-v4.ts';
import { incompatibleModifiers } from './incompatible-modifiers.ts';
import { indent } from './indent.ts';
import { lineEnds } from './line-ends.ts';
import { logsourceValueNotLowercase } from './logsource-value-not-lowercase.ts';
import { nameTooLong } from './name-too-long.ts';
import { nonLowercaseKey } from './non-lowercase-key.ts';
import { referencesForHighLevel } from './references-for-high-level.ts';
import { scopeTooShort } from './scope-too-short.ts';
import { sigmaVersionMismatch } from './sigma-version-mismatch.ts';
import { trailingBlanks } from './trailing-blanks.ts';
import { unknownKey } from './unknown-key.ts';
import { unsupportedSigmaVersion } from './unsupported-sigma-version.ts';

/** Checks that other tools have beyond pySigma's: rsigma, sigmalint and the extension vscode-sigma. */
export const OTHERS_CHECKS: readonly Check[] = [
  adsEmptySection,
  adsMissingSection,
  adsUnknownSection,
  arrayMatchingWithoutVersion,
  broadSingleSelection,
  deprecatedWithoutRelated,
  descriptionTooLong,
  duplicateFields,
  environmentLiteral,
  falsepositiveTooShort,
  falsepositivesUnknown,
  filterHasLevel,
  filterHasStatus,
  flattenedArrayCorrelation,
  gapWithoutSession,
  generateNotBoolean,
  idNotV4,
  incompatibleModifiers,
  indent,
  lineEnds,
  logsourceValueNotLowercase,
  nameTooLong,
  nonLowercaseKey,
  referencesForHighLevel,
  scopeTooShort,
  sigmaVersionMismatch,
  trailingBlanks,
  unknownKey,
  unsupportedSigmaVersion,
];
