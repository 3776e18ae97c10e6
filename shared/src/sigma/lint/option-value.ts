/** What a check's parameter can be. */
export type OptionValue = number | boolean | string | readonly string[];
