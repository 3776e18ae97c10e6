/** The part of an AbortSignal that pure code needs: has the caller lost interest? */
export interface Cancel {
  readonly aborted: boolean;
}
