// A press that stays with its button: leaving a field may draw or take away a sentence, and the button moves from under the mouse.

/** For `@pointerdown` of a button that stores a form: the click is its own wherever it has moved to meanwhile. */
export function holdPress(event: PointerEvent): void {
  if (event.currentTarget instanceof HTMLElement) event.currentTarget.setPointerCapture(event.pointerId);
}
