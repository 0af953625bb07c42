// What axe-core finds wrong with a screen for those who hear it, use it by keyboard, or hit small things badly.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** All rules of WCAG 2.2 A and AA and of good practice; two that axe leaves off by itself are switched on. */
const OPTIONS = {
  runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
  rules: { 'target-size': { enabled: true }, 'label-content-name-mismatch': { enabled: true } },
  resultTypes: ['violations'],
};

/** The list of a picker is put by Element Plus beside all landmarks, as an open popup is; what is in it is asked all other rules. */
const POPUP = '.el-select-dropdown__wrap';

const RUN = `axe.run(document, ${JSON.stringify(OPTIONS)}).then(({ violations }) =>
  violations.flatMap(({ id, nodes }) => nodes.filter((node) => id !== 'region' || node.target.join(' ') !== '${POPUP}').map((node) =>
    id + ': ' + node.html.replace(/ data-v-\\w+=""/g, '').slice(0, 140) + ' (' + node.target.join(' ') + ') ' +
    ([...node.any, ...node.all, ...node.none][0]?.message ?? ''))))`;

/** What must hold besides: a title of its own, one heading, tables with names, messages that are heard. */
const MORE = `(() => {
  const found = [];
  const isSeen = (element) => element.getClientRects().length > 0;
  const headings = [...document.querySelectorAll('h1')].filter(isSeen);
  if (headings.length !== 1) found.push('headings of the first level: ' + headings.length);
  const inOneLine = (text) => text.replace(/\\s+/g, ' ').trim();
  const heading = inOneLine(headings[0]?.textContent ?? '');
  if (heading && !inOneLine(document.title).includes(heading)) found.push('the title "' + document.title + '" does not name ' + heading);
  if (document.querySelector('nav.rail') && !document.querySelector('a.skip')) found.push('no way past the navigation');
  for (const table of document.querySelectorAll('table, [role="grid"], [role="table"]'))
    if (isSeen(table) && !table.getAttribute('aria-label') && !table.getAttribute('aria-labelledby') && !table.querySelector('caption'))
      found.push('a table without a name: ' + table.outerHTML.slice(0, 120));
  for (const bad of document.querySelectorAll('[aria-invalid="true"]'))
    if (!document.getElementById(bad.getAttribute('aria-describedby')))
      found.push('a faulty field without its sentence: ' + bad.outerHTML.slice(0, 120));
  if (!document.querySelector('.toasts[aria-live]')) found.push('messages are not heard');
  if (!document.querySelector('[role="status"]')) found.push('progress is not heard');
  return found;
})()`;

/** Everything that is wrong with what is on screen now; empty where nothing is. */
export async function barriers(page: Page): Promise<string[]> {
  if (!(await page.evaluate<boolean>('"axe" in window'))) await page.evaluate(AXE);
  return [...(await page.evaluate<string[]>(RUN)), ...(await page.evaluate<string[]>(MORE))];
}
