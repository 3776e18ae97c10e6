/** `F1, F2, F3, F7` as `F1 to F3, F7`: a list of numbered things as a person would say it. Three in a row make a run. */
export function foldRuns(text: string): string {
  return text.replace(/\b([A-Z])[1-9]\d*(?:, \1[1-9]\d*){2,}/g, (list, letter: string) => {
    const runs: { from: number; to: number }[] = [];
    for (const item of list.split(', ')) {
      const number = Number(item.slice(1));
      const last = runs.at(-1);
      if (last !== undefined && number === last.to + 1) last.to = number;
      else runs.push({ from: number, to: number });
    }
    return runs
      .map(({ from, to }) => {
        if (to - from >= 2) return `${letter}${from} to ${letter}${to}`;
        return to === from ? `${letter}${from}` : `${letter}${from}, ${letter}${to}`;
      })
      .join(', ');
  });
}
