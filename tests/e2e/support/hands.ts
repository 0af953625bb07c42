// Hands that have a keyboard and nothing else: to a control by the Tab key, then its own keys. A control that the Tab key does not
// come to fails the test.
import { expect } from 'vitest';
import type { DeskUnderTest } from './desk.ts';

/** What has the focus, as it is heard: its role and name. */
const FOCUSED = `(() => {
  const one = document.activeElement;
  const text = (id) => document.getElementById(id)?.textContent ?? '';
  const labels = [...(one.labels ?? [])].map((label) => label.textContent).join(' ');
  const by = (one.getAttribute('aria-labelledby') ?? '').split(' ').filter(Boolean).map(text).join(' ');
  const name = one.getAttribute('aria-label') || by || labels || one.textContent || one.getAttribute('title') || '';
  return name.replace(/\\s+/g, ' ').trim();
})()`;

/** Where the Tab key comes to before it has gone round. */
const MOST_STOPS = 160;

export class Hands {
  readonly #desk: DeskUnderTest;

  constructor(desk: DeskUnderTest) {
    this.#desk = desk;
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.#desk.page.keyboard.press(key);
  }

  async type(text: string): Promise<void> {
    await this.#desk.page.keyboard.type(text);
  }

  /** What has the focus. */
  async focused(): Promise<string> {
    return await this.#desk.page.evaluate<string>(FOCUSED);
  }

  /** Goes on by the Tab key to the control of that name. */
  async to(name: string | RegExp, { back = false } = {}): Promise<void> {
    const fits = (now: string): boolean => (typeof name === 'string' ? now.startsWith(name) : name.test(now));
    const passed: string[] = [];
    for (let left = MOST_STOPS; left > 0; left -= 1) {
      const now = await this.focused();
      if (fits(now)) return;
      passed.push(now.slice(0, 24));
      await this.press(back ? 'Shift+Tab' : 'Tab');
    }
    expect(passed, `the Tab key never came to ${String(name)}`).toContain(name);
  }

  /** Presses the button or link of that name. */
  async use(name: string | RegExp, options: { back?: boolean } = {}): Promise<void> {
    await this.to(name, options);
    await this.press('Enter');
  }

  /** Fills a text field: what stood there is gone over. */
  async fill(name: string | RegExp, text: string): Promise<void> {
    await this.to(name);
    await this.press('Control+a');
    await this.type(text);
  }

  /** Does what opens the chooser of the system, and chooses there. */
  async choose(open: () => Promise<void>, ...files: string[]): Promise<void> {
    const [chooser] = await Promise.all([this.#desk.page.waitForEvent('filechooser'), open()]);
    await chooser.setFiles(files);
  }
}
