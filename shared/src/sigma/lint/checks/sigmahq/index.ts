import type { Check } from '../../check.ts';
import { sigmahqAuthorExistence } from './sigmahq-author-existence.ts';
import { sigmahqCategoryEventId } from './sigmahq-category-event-id.ts';
import { sigmahqCategoryWindowsProviderName } from './sigmahq-category-windows-provider-name.ts';
import { sigmahqCorrelationFilenamePrefix } from './sigmahq-correlation-filename-prefix.ts';
import { sigmahqCorrelationGroupByExistence } from './sigmahq-correlation-group-by-existence.ts';
import { sigmahqCorrelationRulesMinimum } from './sigmahq-correlation-rules-minimum.ts';
import { sigmahqDateExistence } from './sigmahq-date-existence.ts';
import { sigmahqDescriptionExistence } from './sigmahq-description-existence.ts';
import { sigmahqDescriptionLength } from './sigmahq-description-length.ts';
import { sigmahqFalsepositivesBannedWord } from './sigmahq-falsepositives-banned-word.ts';
import { sigmahqFalsepositivesCapital } from './sigmahq-falsepositives-capital.ts';
import { sigmahqFalsepositivesTypoWord } from './sigmahq-falsepositives-typo-word.ts';
import { sigmahqFieldDuplicateValue } from './sigmahq-field-duplicate-value.ts';
import { sigmahqFieldUser } from './sigmahq-field-user.ts';
import { sigmahqFieldnameCast } from './sigmahq-fieldname-cast.ts';
import { sigmahqFieldsExistence } from './sigmahq-fields-existence.ts';
import { sigmahqFilenameConvention } from './sigmahq-filename-convention.ts';
import { sigmahqFilenamePrefix } from './sigmahq-filename-prefix.ts';
import { sigmahqGithubLink } from './sigmahq-github-link.ts';
import { sigmahqInvalidAllModifier } from './sigmahq-invalid-all-modifier.ts';
import { sigmahqInvalidFieldname } from './sigmahq-invalid-fieldname.ts';
import { sigmahqInvalidHashKv } from './sigmahq-invalid-hash-kv.ts';
import { sigmahqLevelExistence } from './sigmahq-level-existence.ts';
import { sigmahqLinkInDescription } from './sigmahq-link-in-description.ts';
import { sigmahqLogsourceUnknown } from './sigmahq-logsource-unknown.ts';
import { sigmahqMissingAsteriskCondition } from './sigmahq-missing-asterisk-condition.ts';
import { sigmahqMitreLink } from './sigmahq-mitre-link.ts';
import { sigmahqModifiedDateOrder } from './sigmahq-modified-date-order.ts';
import { sigmahqModifiedWithoutDate } from './sigmahq-modified-without-date.ts';
import { sigmahqOfselectionCondition } from './sigmahq-ofselection-condition.ts';
import { sigmahqOfthemCondition } from './sigmahq-ofthem-condition.ts';
import { sigmahqRedundantField } from './sigmahq-redundant-field.ts';
import { sigmahqRedundantModified } from './sigmahq-redundant-modified.ts';
import { sigmahqSpaceFieldName } from './sigmahq-space-field-name.ts';
import { sigmahqStatus } from './sigmahq-status.ts';
import { sigmahqStatusExistence } from './sigmahq-status-existence.ts';
import { sigmahqStatusToHigh } from './sigmahq-status-to-high.ts';
import { sigmahqSysmonMissingEventid } from './sigmahq-sysmon-missing-eventid.ts';
import { sigmahqTagsDetection } from './sigmahq-tags-detection.ts';
import { sigmahqTagsTechniquesWithoutTactics } from './sigmahq-tags-techniques-without-tactics.ts';
import { sigmahqTagsTlp } from './sigmahq-tags-tlp.ts';
import { sigmahqTagsUniqueDetection } from './sigmahq-tags-unique-detection.ts';
import { sigmahqTagsUniqueTlp } from './sigmahq-tags-unique-tlp.ts';
import { sigmahqTitleCase } from './sigmahq-title-case.ts';
import { sigmahqTitleEnd } from './sigmahq-title-end.ts';
import { sigmahqTitleLength } from './sigmahq-title-length.ts';
import { sigmahqTitleStart } from './sigmahq-title-start.ts';
import { sigmahqUnknownField } from './sigmahq-unknown-field.ts';
import { sigmahqUnsupportedRegexGroupConstruct } from './sigmahq-unsupported-regex-group-construct.ts';

/** SigmaHQ's validators (SIGMA §9.2), under their ids. */
export const SIGMAHQ_CHECKS: readonly Check[] = [
  sigmahqAuthorExistence,
  sigmahqCategoryEventId,
  sigmahqCategoryWindowsProviderName,
  sigmahqCorrelationFilenamePrefix,
  sigmahqCorrelationGroupByExistence,
  sigmahqCorrelationRulesMinimum,
  sigmahqDateExistence,
  sigmahqDescriptionExistence,
  sigmahqDescriptionLength,
  sigmahqFalsepositivesBannedWord,
  sigmahqFalsepositivesCapital,
  sigmahqFalsepositivesTypoWord,
  sigmahqFieldDuplicateValue,
  sigmahqFieldUser,
  sigmahqFieldnameCast,
  sigmahqFieldsExistence,
  sigmahqFilenameConvention,
  sigmahqFilenamePrefix,
  sigmahqGithubLink,
  sigmahqInvalidAllModifier,
  sigmahqInvalidFieldname,
  sigmahqInvalidHashKv,
  sigmahqLevelExistence,
  sigmahqLinkInDescription,
  sigmahqLogsourceUnknown,
  sigmahqMissingAsteriskCondition,
  sigmahqMitreLink,
  sigmahqModifiedDateOrder,
  sigmahqModifiedWithoutDate,
  sigmahqOfselectionCondition,
  sigmahqOfthemCondition,
  sigmahqRedundantField,
  sigmahqRedundantModified,
  sigmahqSpaceFieldName,
  sigmahqStatus,
  sigmahqStatusExistence,
  sigmahqStatusToHigh,
  sigmahqSysmonMissingEventid,
  sigmahqTagsDetection,
  sigmahqTagsTechniquesWithoutTactics,
  sigmahqTagsTlp,
  sigmahqTagsUniqueDetection,
  sigmahqTagsUniqueTlp,
  sigmahqTitleCase,
  sigmahqTitleEnd,
  sigmahqTitleLength,
  sigmahqTitleStart,
  sigmahqUnknownField,
  sigmahqUnsupportedRegexGroupConstruct,
];
