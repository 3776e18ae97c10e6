export const CUSTODY = {} as const;
