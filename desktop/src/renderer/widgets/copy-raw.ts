/**
 * Makes copied text equal the raw text: where the selection lies inside evidence text, marks become the characters
 * that they stand for again. Returns a function that ends it.
 */
export function installRawCopy(document: Document): () => void {
  const onCopy = (event: ClipboardEvent) => {
    const selection = document.getSelection();
    if (selection === null || selection.rangeCount === 0 || event.clipboardData === null) return;
    const range = selection.getRangeAt(0);
    const common = range.commonAncestorContainer;
    const element = common instanceof Element ? common : common.parentElement;
    if (element?.closest('[data-raw]') == null) return;
    const copy = range.cloneContents();
    for (const mark of copy.querySelectorAll<HTMLElement>('[data-code]'))
      mark.textContent = String.fromCharCode(Number(mark.dataset.code));
    event.clipboardData.setData('text/plain', copy.textContent ?? '');
    event.preventDefault();
  };
  document.addEventListener('copy', onCopy);
  return () => document.removeEventListener('copy', onCopy);
}
