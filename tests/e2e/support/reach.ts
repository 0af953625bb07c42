// What a rule can see of a small window, as code of the page: headings on each other, buttons that are cut, and a main button that
// nobody can reach. It looks at the uppermost dialog, else at the page.
const SCOPE = `const scope = [...document.querySelectorAll('[role="dialog"]')].at(-1) ?? document.querySelector('.main');
  const seen = (one) => {
    const box = one.getBoundingClientRect();
    return one.checkVisibility({ visibilityProperty: true }) && box.width > 2 && box.height > 2 && !one.closest('.hidden-label');
  };
  const name = (one) => (one.getAttribute('aria-label') || one.textContent).trim().replaceAll(/\\s+/g, ' ').slice(0, 30);`;

/** Headings of the page or dialog of which one lies on another. */
export const OVERLAPPING_HEADINGS = `(() => {
  ${SCOPE}
  const all = [...scope.querySelectorAll('h1, h2, h3, .sec')].filter((one) => seen(one) && !one.closest('[aria-hidden="true"]'));
  const found = [];
  for (const [at, one] of all.entries()) for (const other of all.slice(at + 1)) {
    if (one.contains(other) || other.contains(one)) continue;
    const [a, b] = [one.getBoundingClientRect(), other.getBoundingClientRect()];
    const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    const clipped = [one, other].some((each) => {
      const box = each.getBoundingClientRect();
      const on = document.elementFromPoint(box.left + 3, box.top + box.height / 2);
      return on !== null && !each.contains(on) && !on.contains(each);
    });
    if (wide > 3 && high > 3 && !clipped) found.push(name(one) + ' / ' + name(other));
  }
  return found;
})()`;

/** Buttons that something cuts sideways and nobody can scroll to. */
export const BUTTONS_OUT_OF_REACH = `(() => {
  ${SCOPE}
  const found = [];
  for (const button of scope.querySelectorAll('button')) {
    if (!seen(button)) continue;
    const box = button.getBoundingClientRect();
    let scrolls = false;
    for (let around = button.parentElement; around && !scrolls; around = around.parentElement) {
      const style = getComputedStyle(around);
      scrolls = /auto|scroll/.test(style.overflowX) && around.scrollWidth > around.clientWidth;
      const edge = around.getBoundingClientRect();
      const cuts = around === document.body || /hidden|clip/.test(style.overflowX);
      if (!scrolls && cuts && (box.right > edge.right + 2 || box.left < edge.left - 2)) {
        found.push(name(button));
        break;
      }
    }
  }
  return [...new Set(found)];
})()`;

/** Main buttons that lie under something, or outside of the window, when they are scrolled to. */
export const MAIN_BUTTON_HIDDEN = `(() => {
  ${SCOPE}
  return [...scope.querySelectorAll('.btn.pri')].filter(seen).filter((button) => {
    button.scrollIntoView({ block: 'nearest' });
    const box = button.getBoundingClientRect();
    const on = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    return on === null || !(button.contains(on) || on.contains(button));
  }).map(name);
})()`;

/**
 * What takes the focus and cannot be brought into the window: it stays outside, something lies over it, or what holds it cuts it off.
 * `within`: the uppermost dialog where there is one, else the page.
 */
export const OUT_OF_REACH = `(() => {
  const within = [...document.querySelectorAll('[role="dialog"]')].at(-1) ?? document.body;
  const usable = ['a[href]', ...['button', 'input', 'select', 'textarea'].map((tag) => tag + ':not(:disabled)')];
  const stops = [...within.querySelectorAll(usable.join())]
    .filter((one) => one.tabIndex >= 0 && !one.matches('.hidden-label, .skip, [type="file"]')
      && one.checkVisibility({ visibilityProperty: true, opacityProperty: true }));
  const found = [];
  for (const one of stops) {
    one.scrollIntoView({ block: 'center', inline: 'nearest' });
    const box = one.getBoundingClientRect();
    if (box.width === 0 || box.height === 0) continue;
    const says = (one.getAttribute('aria-label') || one.textContent || one.id || one.outerHTML).trim().slice(0, 40);
    const [x, y] = [box.left + Math.min(box.width / 2, 40), box.top + box.height / 2];
    if (x < 0 || y < 0 || x > innerWidth || y > innerHeight) {
      found.push(says + ' lies at ' + Math.round(x) + ', ' + Math.round(y));
      continue;
    }
    const there = document.elementFromPoint(x, y);
    const label = one.labels?.[0] ?? one;
    const isSeen = there && (one.contains(there) || there.contains(one) || label.contains(there));
    if (!isSeen) found.push(says + ' lies under ' + (there ? there.tagName + '.' + there.className : 'nothing'));
  }
  return found;
})()`;
