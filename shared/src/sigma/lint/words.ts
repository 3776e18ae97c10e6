/** The words of a text, divided by single blanks, with where they stand. */
export function* wordsOf(
  text: string,
): Generator<{ readonly word: string; readonly from: number; readonly to: number }> {
  let from = 0;
  for (const word of text.split(' ')) {
    yield { word, from, to: from + word.length };
    from += word.length + 1;
  }
}
