export const SESSIONS = {} as const;
