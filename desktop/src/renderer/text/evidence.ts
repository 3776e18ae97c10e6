export const EVIDENCE = {} as const;
