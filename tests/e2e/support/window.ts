// The window in verbs: what a person looks for and does, found by role and label as a screen reader would.
import type { Locator, Page } from 'playwright-core';

/** A button; the keys written on it do not count. */
export function button(page: Page | Locator, name: string | RegExp): Locator {
  return page.getByRole('button', {
    name: typeof name === 'string' ? new RegExp(`^${name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}(\\s|$)`) : name,
  });
}

/** The heading of a page. */
export const heading = (page: Page, name: string | RegExp): Locator => page.getByRole('heading', { level: 1, name });

/** An entry of the navigation. */
export const rail = (page: Page, name: string): Locator =>
  page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: new RegExp(`^${name}\\s*[\\d,]*$`) });

/** A message at the lower left. */
export const toast = (page: Page, text: string): Locator => page.locator('.toast').filter({ hasText: text }).last();

/** Does what opens a file chooser and chooses the files there. */
export async function chooseFiles(page: Page, open: () => Promise<void>, ...paths: string[]): Promise<void> {
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), open()]);
  await chooser.setFiles(paths);
}

/** Elements that stick out of the window at the right, or a page that scrolls sideways; as text, since it is the page's code. */
export const TOO_WIDE = `(() => {
  const width = document.documentElement.clientWidth;
  const found = [];
  if (document.documentElement.scrollWidth > width || document.body.scrollWidth > width) found.push('the page scrolls sideways');
  for (const element of document.querySelectorAll('.main > .page-host > *, .page > header, .page > .bar, footer')) {
    const box = element.getBoundingClientRect();
    if (box.width > 0 && box.right > width + 1) found.push(element.tagName + '.' + element.className + ' ends at ' + Math.round(box.right));
  }
  return found;
})()`;

/** Headings of columns that have less room than their word: where the window is small, a table scrolls sideways. */
export const SQUEEZED_COLUMNS = `[...document.querySelectorAll('.page th')].filter((head) => {
  if (!head.checkVisibility() || head.querySelector('.hidden-label') || head.colSpan > 1) return false;
  const text = document.createRange();
  text.selectNodeContents(head);
  const style = getComputedStyle(head);
  return text.getBoundingClientRect().width > head.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight) + 1;
}).map((head) => head.textContent.trim())`;

/** Buttons that begin or end outside of the window. */
export const CUT_BUTTONS = `[...document.querySelectorAll('.page .btn')].filter((button) => {
  const box = button.getBoundingClientRect();
  return button.checkVisibility({ visibilityProperty: true }) && box.right > document.documentElement.clientWidth + 1;
}).map((button) => button.textContent.trim())`;
