export const REPORT = {} as const;
