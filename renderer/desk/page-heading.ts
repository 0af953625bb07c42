// The heading of the page: it names the window, and takes the focus after a change of page, so that whoever hears the page hears
// where it is and goes on from there with the keyboard.
import { nextTick, onBeforeUnmount, onMounted, onUpdated, type Ref } from 'vue';

const PRODUCT = '环保管家工作台';
let heading: HTMLElement | null = null;
let wanted = false;

function name(): void {
  const text = heading?.textContent.trim();
  document.title = text && text !== PRODUCT ? `${text} - ${PRODUCT}` : PRODUCT;
}

/** Is the focus where the page put it, or in a layer above? Then it stays. */
function isPlaced(): boolean {
  const now = document.activeElement;
  return now !== null && now !== document.body && now.closest('main, [role="dialog"]') !== null;
}

function take(): void {
  if (!wanted || !heading) return;
  wanted = false;
  if (!isPlaced()) heading.focus({ preventScroll: true });
}

/** The window shows another page: its heading takes the focus as soon as it stands. */
export async function pageChanged(): Promise<void> {
  wanted = true;
  // A row that was opened by a double click had its word selected: that would go over all of the next page.
  getSelection()?.removeAllRanges();
  await nextTick();
  name();
  take();
}

/** Puts the focus on the heading, past the navigation. */
export function skipToPage(): void {
  (heading ?? document.querySelector<HTMLElement>('.main'))?.focus();
}

/** For the one heading of a page. */
export function usePageHeading(element: Readonly<Ref<HTMLElement | null>>): void {
  onMounted(() => {
    heading = element.value;
    name();
    take();
  });
  onUpdated(name);
  onBeforeUnmount(() => {
    if (heading === element.value) heading = null;
  });
}
