// Layers above the page (dialogs, palettes, viewers) keep the focus inside for as long as they stand.
import type { Directive } from 'vue';

const FOCUSABLE = [
  'a[href]',
  'button:not(:disabled)',
  'input:not(:disabled)',
  'select:not(:disabled)',
  'textarea:not(:disabled)',
  'summary',
  '[contenteditable="true"]',
  '[tabindex="0"]',
].join(',');

/** Takes it the focus? Not what is switched off, also by a group around it, nor what is hidden or inert. */
const takesFocus = (one: HTMLElement): boolean =>
  one.tabIndex >= 0 &&
  !one.matches(':disabled') &&
  one.closest('[inert]') === null &&
  one.getClientRects().length > 0 &&
  one.checkVisibility({ visibilityProperty: true });

/** What the Tab key reaches within an element, in its order; of several radio buttons of a name only one. */
export function tabbables(within: HTMLElement): HTMLElement[] {
  const all = [...within.querySelectorAll<HTMLElement>(FOCUSABLE)].filter(takesFocus);
  const radios = all.filter((one) => one instanceof HTMLInputElement && one.type === 'radio' && one.name !== '');
  const isStop = (one: HTMLElement): boolean => {
    if (!radios.includes(one)) return true;
    const group = (radios as HTMLInputElement[]).filter((other) => other.name === (one as HTMLInputElement).name);
    return one === (group.find((other) => other.checked) ?? group[0]);
  };
  return all.filter(isStop);
}

/** Layers that stand, the uppermost last. */
const layers: HTMLElement[] = [];

/** The layer that stands below the uppermost one; undefined where that is the page. */
export const layerBelow = (): HTMLElement | undefined => layers.at(-2);

/** Has nothing the focus but the page, or the layer itself? */
export const isFocusLost = (): boolean =>
  [null, document.body, layers.at(-1)].includes(document.activeElement as HTMLElement);

/** The first field within that is faulty, where it takes the focus. */
export function faultyIn(within: ParentNode): HTMLElement | null {
  for (const one of within.querySelectorAll<HTMLElement>('[aria-invalid="true"]')) {
    // Of several choices the group is faulty, and the one that is its stop takes the focus.
    const stop = takesFocus(one) ? one : one.querySelector<HTMLElement>('[tabindex="0"]');
    if (stop && takesFocus(stop)) return stop;
  }
  return null;
}

/**
 * Something was refused that was begun with the focus on `begun`: it goes to the first faulty field of the form around, unless it
 * has gone on meanwhile.
 */
export function toFaulty(begun: Element | null): void {
  const now = document.activeElement;
  const form = begun?.closest('[role="dialog"], form, .edit, section, .page') ?? layers.at(-1);
  const isLost = now === null || now === document.body || now === begun || now === layers.at(-1);
  if (!form || !isLost) return;
  faultyIn(form)?.focus();
}

/** Does one stand before the other in the page? */
const stands = (one: Node, before: Node): boolean =>
  (one.compareDocumentPosition(before) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;

/** The end of a layer where the Tab key comes in; the layer itself where nothing in it takes the focus. */
function comeIn(layer: HTMLElement, backwards: boolean): void {
  const all = tabbables(layer);
  ((backwards ? all.at(-1) : all[0]) ?? layer).focus();
}

/** Is it on the page below? A list of choices that is open above hangs elsewhere, and its keys are its own. */
const isBelow = (one: Element | null): boolean => one === null || one === document.body || one.closest('#app') !== null;

/** Where the Tab key is going just now. */
let tabbing: 'on' | 'back' | null = null;

/** The Tab key goes round inside the uppermost layer, also where the focus was lost to the page. */
function onTab(event: KeyboardEvent): void {
  const layer = layers.at(-1);
  if (event.key !== 'Tab' || event.defaultPrevented || !layer) return;
  const now = document.activeElement;
  const isInside = now !== null && layer.contains(now);
  if (!isInside && !isBelow(now)) return;
  const all = tabbables(layer);
  const isLast =
    !isInside ||
    all.length === 0 ||
    (event.shiftKey ? !all.some((one) => stands(one, now)) : now !== layer && !all.some((one) => stands(now, one)));
  if (isLast) {
    event.preventDefault();
    comeIn(layer, event.shiftKey);
    return;
  }
  // Whatever the list above does not know of: what leads out all the same is brought back.
  tabbing = event.shiftKey ? 'back' : 'on';
  window.setTimeout(() => {
    tabbing = null;
  });
}

function onFocusIn({ target }: FocusEvent): void {
  const layer = layers.at(-1);
  if (tabbing === null || !layer || !(target instanceof Element) || layer.contains(target) || !isBelow(target)) return;
  comeIn(layer, tabbing === 'back');
}

/**
 * What had the focus is gone: the layer has it then. Asked once the event is over, since between two fields nothing has the focus,
 * and a field that stores what was typed while it is left would send the focus out of the row of fields.
 */
function hold(layer: HTMLElement): void {
  window.setTimeout(() => {
    const now = document.activeElement;
    if (layers.at(-1) === layer && (now === null || now === document.body)) layer.focus();
  });
}

/** `v-layer` on the element of a dialog, palette or viewer, which takes the focus itself (`tabindex="-1"`). */
export const vLayer: Directive<HTMLElement> = {
  mounted: (layer) => {
    if (layers.length === 0) {
      window.addEventListener('keydown', onTab);
      document.addEventListener('focusin', onFocusIn);
    }
    layers.push(layer);
  },
  updated: hold,
  beforeUnmount: (layer) => {
    layers.splice(layers.indexOf(layer), 1);
    if (layers.length > 0) return;
    window.removeEventListener('keydown', onTab);
    document.removeEventListener('focusin', onFocusIn);
  },
};
