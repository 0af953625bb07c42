// What is pasted into any field is cleaned; a row of cells goes into the fields of a form one by one.
import { pastedCells, pastedText } from '../../domain/values/pasted.ts';

type Field = HTMLInputElement | HTMLTextAreaElement;

const isField = (target: EventTarget | null): target is Field =>
  target instanceof HTMLTextAreaElement ||
  (target instanceof HTMLInputElement && ['text', 'search', 'tel', ''].includes(target.type));

const isSpread = (field: Field): boolean => !field.readOnly && !field.disabled && !field.closest('.el-select');

/** Says a text in a field as if it had been typed. */
function say(field: Field, text: string): void {
  field.value = text;
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

/** Puts one cell after the other into the fields of a form, from the one that has the focus on. */
function spread(field: Field, cells: readonly string[]): boolean {
  const form = field.closest('.record-form');
  if (!form || cells.length < 2 || !isSpread(field)) return false;
  const lines = [...form.querySelectorAll<HTMLElement>('.line')];
  const from = lines.findIndex((line) => line.contains(field));
  const fields = lines.slice(from, from + cells.length).map((line) => [...line.querySelectorAll('input,textarea')][0]);
  fields.forEach((one, n) => {
    const cell = cells[n] ?? '';
    if (!isField(one ?? null) || !isSpread(one as Field) || cell === '') return;
    say(one as Field, cell);
    if (one !== field) one?.dispatchEvent(new FocusEvent('blur'));
  });
  return true;
}

function onPaste(event: ClipboardEvent): void {
  const { target } = event;
  const text = event.clipboardData?.getData('text/plain') ?? '';
  if (!isField(target) || text === '' || event.defaultPrevented) return;
  const rows = pastedCells(text);
  const [first = []] = rows;
  if (rows.length === 1 && spread(target, first)) {
    event.preventDefault();
    return;
  }
  const clean = pastedText(text, target instanceof HTMLTextAreaElement);
  if (clean === text) return;
  event.preventDefault();
  const [from, to] = [target.selectionStart ?? target.value.length, target.selectionEnd ?? target.value.length];
  const room = target.maxLength >= 0 ? target.maxLength - (target.value.length - (to - from)) : clean.length;
  target.setRangeText(clean.slice(0, Math.max(0, room)), from, to, 'end');
  target.dispatchEvent(new Event('input', { bubbles: true }));
}

/** Starts cleaning what is pasted; called once by the application. */
export function listenToPasting(): void {
  window.addEventListener('paste', onPaste, { capture: true });
}
