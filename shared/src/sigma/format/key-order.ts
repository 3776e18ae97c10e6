/** Keys of a document in the order of the specification, which public rules keep; others come behind them as written. */
const ORDER: readonly string[] = [
  'action',
  'title',
  'id',
  'name',
  'sigma-version',
  'related',
  'taxonomy',
  'status',
  'description',
  'license',
  'references',
  'author',
  'date',
  'modified',
  'tags',
  'scope',
  'logsource',
  'correlation',
  'detection',
  'filter',
  'fields',
  'falsepositives',
  'level',
  'generate',
];

/** Where a key of a document stands among the others. */
export function keyRank(key: string): number {
  const rank = ORDER.indexOf(key);
  return rank < 0 ? ORDER.length : rank;
}

/** Within a detection or filter the condition comes behind the searches that it speaks of. */
export function searchRank(key: string): number {
  return key === 'condition' ? 1 : 0;
}
