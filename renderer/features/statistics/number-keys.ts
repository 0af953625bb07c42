// Moving between the numbers of a page with the arrows: to the nearest one in that direction.

/** Attribute of every number that can be asked. */
export const NUMBER = '[data-number]';

/** Puts the focus on the next number of `root`; without one in focus, on the first. */
export function moveBetweenNumbers(root: HTMLElement | null, direction: 'left' | 'right' | 'up' | 'down'): void {
  const all = [...(root?.querySelectorAll<HTMLElement>(NUMBER) ?? [])].filter(
    (element) => element.offsetParent !== null,
  );
  const here =
    document.activeElement instanceof HTMLElement && all.includes(document.activeElement)
      ? document.activeElement
      : null;
  if (!here) {
    all[0]?.focus();
    return;
  }
  const from = here.getBoundingClientRect();
  const centre = { x: from.left + from.width / 2, y: from.top + from.height / 2 };
  let best: { element: HTMLElement; cost: number } | null = null;
  for (const element of all) {
    if (element === here) continue;
    const box = element.getBoundingClientRect();
    const [dx, dy] = [box.left + box.width / 2 - centre.x, box.top + box.height / 2 - centre.y];
    const [along, across] =
      direction === 'left' ? [-dx, dy] : direction === 'right' ? [dx, dy] : direction === 'up' ? [-dy, dx] : [dy, dx];
    if (along <= 2) continue;
    // What stands in the same row (or column) comes before anything that is merely close.
    const [mine, its] =
      direction === 'left' || direction === 'right' ? [from.height, box.height] : [from.width, box.width];
    const inLine = Math.abs(across) < Math.min(mine, its) * 0.6 + 2;
    const cost = along + Math.abs(across) * 2 + (inLine ? 0 : 2000);
    if (!best || cost < best.cost) best = { element, cost };
  }
  best?.element.focus();
}
