import type { Check } from '../../check.ts';
import { allOfThemCondition } from './all-of-them-condition.ts';
import { attacktag } from './attacktag.ts';
import { cartag } from './cartag.ts';
import { controlCharacter } from './control-character.ts';
import { customAttributes } from './custom-attributes.ts';
import { cvetag } from './cvetag.ts';
import { d3Fendtag } from './d3-fendtag.ts';
import { danglingCondition } from './dangling-condition.ts';
import { danglingDetection } from './dangling-detection.ts';
import { detectionTag } from './detection-tag.ts';
import { doubleWildcard } from './double-wildcard.ts';
import { duplicateFilename } from './duplicate-filename.ts';
import { duplicateReferences } from './duplicate-references.ts';
import { duplicateTag } from './duplicate-tag.ts';
import { duplicateTitle } from './duplicate-title.ts';
import { escapedWildcard } from './escaped-wildcard.ts';
import { fieldnameLogsource } from './fieldname-logsource.ts';
import { filenameLength } from './filename-length.ts';
import { identifierExistence } from './identifier-existence.ts';
import { identifierUniqueness } from './identifier-uniqueness.ts';
import { invalidModifierCombinations } from './invalid-modifier-combinations.ts';
import { namespaceTag } from './namespace-tag.ts';
import { numberAsString } from './number-as-string.ts';
import { specificInsteadOfGenericLogsource } from './specific-instead-of-generic-logsource.ts';
import { stptag } from './stptag.ts';
import { tagFormat } from './tag-format.ts';
import { themConditionWithSingleDetection } from './them-condition-with-single-detection.ts';
import { tlptag } from './tlptag.ts';
import { tlpv1Tag } from './tlpv1-tag.ts';
import { tlpv2Tag } from './tlpv2-tag.ts';
import { wildcardsInsteadOfModifiers } from './wildcards-instead-of-modifiers.ts';

/** pySigma's core validators (SIGMA §9.1), under pySigma's ids. */
export const PYSIGMA_CHECKS: readonly Check[] = [
  allOfThemCondition,
  attacktag,
  cartag,
  controlCharacter,
  customAttributes,
  cvetag,
  d3Fendtag,
  danglingCondition,
  danglingDetection,
  detectionTag,
  doubleWildcard,
  duplicateFilename,
  duplicateReferences,
  duplicateTag,
  duplicateTitle,
  escapedWildcard,
  fieldnameLogsource,
  filenameLength,
  identifierExistence,
  identifierUniqueness,
  invalidModifierCombinations,
  namespaceTag,
  numberAsString,
  specificInsteadOfGenericLogsource,
  stptag,
  tagFormat,
  themConditionWithSingleDetection,
  tlptag,
  tlpv1Tag,
  tlpv2Tag,
  wildcardsInsteadOfModifiers,
];
