// Layers above the page (dialogs, palettes, viewers) keep the focus inside for as long as they stand.

const FOCUSABLE = [
  'a[href]',
  'button:not(:disabled)',
  'input:not(:disabled)',
  'select:not(:disabled)',
  'textarea:not(:disabled)',
  '[tabindex="0"]',
].join(',');

/** What the Tab key reaches within an element, in its order; of several radio buttons of a name only one. */
export function tabbables(within: HTMLElement): HTMLElement[] {
  const all = [...within.querySelectorAll<HTMLElement>(FOCUSABLE)].filter(
    (one) => one.tabIndex >= 0 && one.getClientRects().length > 0,
  );
  const radios = all.filter((one) => one instanceof HTMLInputElement && one.type === 'radio' && one.name !== '');
  const isStop = (one: HTMLElement): boolean => {
    if (!radios.includes(one)) return true;
    const group = (radios as HTMLInputElement[]).filter((other) => other.name === (one as HTMLInputElement).name);
    return one === (group.find((other) => other.checked) ?? group[0]);
  };
  return all.filter(isStop);
}

/** Does one stand before the other in the page? */
const stands = (one: Node, before: Node): boolean =>
  (one.compareDocumentPosition(before) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;

/** Handler of `keydown` on a layer: the Tab key goes round inside. */
export function keepInside(event: KeyboardEvent): void {
  const layer = event.currentTarget;
  if (event.key !== 'Tab' || !(layer instanceof HTMLElement)) return;
  const all = tabbables(layer);
  const [first, last] = [all[0], all.at(-1)];
  const now = document.activeElement;
  // A list of choices that is open above hangs elsewhere in the page; the key is its own.
  if (now instanceof HTMLElement && now !== layer && !layer.contains(now)) return;
  if (!first || !last) {
    event.preventDefault();
    layer.focus();
  } else if (event.shiftKey && now && !all.some((one) => stands(one, now))) {
    event.preventDefault();
    last.focus();
  } else if (!event.shiftKey && now && now !== layer && !all.some((one) => stands(now, one))) {
    event.preventDefault();
    first.focus();
  }
}
