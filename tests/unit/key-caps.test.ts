// Keys that are written on buttons: a letter, digit or sign is drawn by the component that knows whether it takes Alt now. Would
// catch a cap that promises a key which does nothing where letters by themselves are switched off.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** What a component draws that comes from the registered keys, and is right by itself. */
const KNOWN = /^\{\{ (shownOf\(\{ keys \}\)|hint\.shown|row\.keys|enterConfirms .* 'Ctrl Enter') \}\}$/;

test('no component writes such a key by hand, neither as a cap nor in the hint of a button', () => {
  const root = 'renderer';
  const wrong = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.vue'))
    .flatMap((file) => {
      const text = readFileSync(join(root, file), 'utf8');
      const caps = [...text.matchAll(/<kbd[^<>]*>([^<]*)<\/kbd/g)].map((found) => (found[1] ?? '').trim());
      const hints = [...text.matchAll(/title="[^"]*（([^（）"]*)）/g)].map((found) => found[1] ?? '');
      return [
        ...caps.filter((cap) => (cap.includes('{{') ? !KNOWN.test(cap) : cap.length < 2)),
        ...hints.filter((hint) => /^[A-Z0-9?/[\]]$/.test(hint)),
      ].map((what) => `${file}: ${what}`);
    });
  expect(wrong).toEqual([]);
});
