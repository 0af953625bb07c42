// Does everything that takes the focus show it? Code of the page, as text.

/**
 * What takes the focus by the Tab key and looks the same with it as without: neither it, nor what holds it, nor the row that it
 * names as current gets an outline or another border.
 */
export const FOCUS_UNSEEN = `(() => {
  const look = (element) => {
    const style = getComputedStyle(element);
    const outline = style.outlineStyle === 'none' ? 'none' : [style.outlineStyle, style.outlineWidth, style.outlineColor].join(' ');
    return [outline, style.borderTopWidth, style.borderTopStyle].join(' ');
  };
  const around = (element) => [element, element.parentElement, element.parentElement?.parentElement,
    element.closest('.in, .el-select__wrapper, label, .q'),
    document.getElementById(element.getAttribute('aria-activedescendant') ?? '')].filter(Boolean);
  const stops = [...document.querySelectorAll('a[href], button:not(:disabled), input:not(:disabled), select, textarea, [tabindex="0"]')]
    .filter((one) => one.tabIndex >= 0 && one.checkVisibility({ visibilityProperty: true }) && !one.matches('.hidden-label'));
  const kinds = new Set();
  const unseen = [];
  for (const stop of stops) {
    const kind = stop.tagName + ' ' + stop.className + ' ' + stop.parentElement?.className;
    if (kinds.has(kind)) continue;
    kinds.add(kind);
    document.activeElement?.blur();
    const of = around(stop);
    const before = of.map(look);
    stop.focus({ preventScroll: true, focusVisible: true });
    if (document.activeElement !== stop) continue;
    if (of.every((element, at) => look(element) === before[at])) unseen.push(stop.outerHTML.slice(0, 120));
  }
  document.activeElement?.blur();
  return unseen;
})()`;
