// Esc in a field with a list of choices: the list takes it while it is open; otherwise it belongs to the dialog or the form around.

/** For `@keydown.esc.capture` of a select: hands Esc on while its list is closed. */
export function escapeOfList(event: KeyboardEvent): void {
  const { currentTarget, target } = event;
  if (
    !(currentTarget instanceof HTMLElement) ||
    !(target instanceof HTMLElement) ||
    target.getAttribute('aria-expanded') === 'true'
  )
    return;
  event.stopPropagation();
  event.preventDefault();
  currentTarget.parentElement?.dispatchEvent(
    new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }),
  );
}
