/** What an organisation declares of its databases (estate.yml). Sigma placeholders (`|expand`) resolve from it. */
export interface Estate {
  /** IANA zone in which `hours` are meant. */
  readonly zone: string;
  readonly hours?: WorkingHours;
  /** Tables and views that hold sensitive data, schema-qualified, lower case; `*` at an end is a wildcard. */
  readonly sensitive: readonly SensitiveObject[];
  readonly privileged_users: readonly string[];
  readonly shared_accounts: readonly string[];
  readonly service_accounts: readonly string[];
  /** Address ranges (CIDR) from which people may come; direct use on the host is anything local. */
  readonly access_paths: readonly string[];
  /** Lists of one's own that rules may expand, by name. */
  readonly placeholders?: Readonly<Record<string, readonly string[]>>;
  /** Rows from which a read counts as bulk. */
  readonly bulk_rows: number;
  /** Characters from which a statement counts as very long. */
  readonly long_statement: number;
}

export interface WorkingHours {
  /** ISO weekdays, 1 = Monday. */
  readonly days: readonly number[];
  /** `HH:MM`, inclusive. */
  readonly from: string;
  /** `HH:MM`, exclusive. */
  readonly to: string;
}

export interface SensitiveObject {
  readonly object: string;
  readonly columns?: readonly string[];
}
