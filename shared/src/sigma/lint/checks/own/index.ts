import type { Check } from '../../check.ts';
import { aliasUnknownRule } from './alias-unknown-rule.ts';
import { aliasUnused } from './alias-unused.ts';
import { ambiguousYamlScalar } from './ambiguous-yaml-scalar.ts';
import { anyOf } from './any-of.ts';
import { attackOldTactic } from './attack-old-tactic.ts';
import { attackRevoked } from './attack-revoked.ts';
import { attackUnderscore } from './attack-underscore.ts';
import { base64Case } from './base64-case.ts';
import { base64Short } from './base64-short.ts';
import { bigintPrecision } from './bigint-precision.ts';
import { chainGroupLost } from './chain-group-lost.ts';
import { cidrSubsumed } from './cidr-subsumed.ts';
import { conditionAlwaysFalse } from './condition-always-false.ts';
import { conditionAlwaysTrue } from './condition-always-true.ts';
import { containsEmpty } from './contains-empty.ts';
import { contradictoryItems } from './contradictory-items.ts';
import { fieldCase } from './field-case.ts';
import { fieldType } from './field-type.ts';
import { fieldUnknownHere } from './field-unknown-here.ts';
import { filterByTitle } from './filter-by-title.ts';
import { filterConditionPositive } from './filter-condition-positive.ts';
import { filterHidesAll } from './filter-hides-all.ts';
import { filterReachesNothing } from './filter-reaches-nothing.ts';
import { filterRulesEmpty } from './filter-rules-empty.ts';
import { groupFieldUnknown } from './group-field-unknown.ts';
import { homoglyph } from './homoglyph.ts';
import { identifierOperatorPrefix } from './identifier-operator-prefix.ts';
import { identifierShadowed } from './identifier-shadowed.ts';
import { identifierUnreachableSyntax } from './identifier-unreachable-syntax.ts';
import { keywordOnStructuredSource } from './keyword-on-structured-source.ts';
import { licenseMissing } from './license-missing.ts';
import { literalSecret } from './literal-secret.ts';
import { loneStar } from './lone-star.ts';
import { nonStringFieldName } from './non-string-field-name.ts';
import { numberWithAffix } from './number-with-affix.ts';
import { oneElementList } from './one-element-list.ts';
import { regexFlagName } from './regex-flag-name.ts';
import { regexInlineFlag } from './regex-inline-flag.ts';
import { regexIsLiteral } from './regex-is-literal.ts';
import { regexRedundantWildcard } from './regex-redundant-wildcard.ts';
import { regexUnanchoredAlternation } from './regex-unanchored-alternation.ts';
import { regexWithAffix } from './regex-with-affix.ts';
import { rulesDuplicate } from './rules-duplicate.ts';
import { sqlWhitespaceFragile } from './sql-whitespace-fragile.ts';
import { testMissing } from './test-missing.ts';
import { upperBoundOnly } from './upper-bound-only.ts';
import { valueNeverMatches } from './value-never-matches.ts';
import { valueSubsumed } from './value-subsumed.ts';
import { windashWithoutDash } from './windash-without-dash.ts';
import { windowBelowClock } from './window-below-clock.ts';

/** Checks that no other tool has. */
export const OWN_CHECKS: readonly Check[] = [
  aliasUnknownRule,
  aliasUnused,
  ambiguousYamlScalar,
  anyOf,
  attackOldTactic,
  attackRevoked,
  attackUnderscore,
  base64Case,
  base64Short,
  bigintPrecision,
  chainGroupLost,
  cidrSubsumed,
  conditionAlwaysFalse,
  conditionAlwaysTrue,
  containsEmpty,
  contradictoryItems,
  fieldCase,
  fieldType,
  fieldUnknownHere,
  filterByTitle,
  filterConditionPositive,
  filterHidesAll,
  filterReachesNothing,
  filterRulesEmpty,
  groupFieldUnknown,
  homoglyph,
  identifierOperatorPrefix,
  identifierShadowed,
  identifierUnreachableSyntax,
  keywordOnStructuredSource,
  licenseMissing,
  literalSecret,
  loneStar,
  nonStringFieldName,
  numberWithAffix,
  oneElementList,
  regexFlagName,
  regexInlineFlag,
  regexIsLiteral,
  regexRedundantWildcard,
  regexUnanchoredAlternation,
  regexWithAffix,
  rulesDuplicate,
  sqlWhitespaceFragile,
  testMissing,
  upperBoundOnly,
  valueNeverMatches,
  valueSubsumed,
  windashWithoutDash,
  windowBelowClock,
];
