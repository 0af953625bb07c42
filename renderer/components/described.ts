// What is wrong with a field belongs to the field: the control says that it is faulty and which line says why.
import type { Directive } from 'vue';

/** The line that speaks of the control inside (or of the element itself), and whether it says that something is wrong. */
export interface Description {
  id: string | null;
  bad: boolean;
}

const CONTROL = 'input:not([type="hidden"]):not([type="file"]),textarea,select,[role="radiogroup"]';

function describe(element: HTMLElement, { id, bad }: Description): void {
  const control = element.matches(CONTROL) ? element : element.querySelector(CONTROL);
  if (!control) return;
  if (id) control.setAttribute('aria-describedby', id);
  else control.removeAttribute('aria-describedby');
  if (bad) control.setAttribute('aria-invalid', 'true');
  else control.removeAttribute('aria-invalid');
}

/** `v-described="{ id, bad }"` on a control or what holds it. */
export const vDescribed: Directive<HTMLElement, Description> = {
  mounted: (element, { value }) => describe(element, value),
  updated: (element, { value }) => describe(element, value),
};
