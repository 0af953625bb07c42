// The page about what is protected names tests: each is there, under its title.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('every test that the page names is there', () => {
  const page = readFileSync('docs/protection.md', 'utf8');
  const named = [...page.matchAll(/^- `(?<file>tests\/[^`]+)`: (?<title>.+)$/gm)].map(
    (m) => m.groups as { file: string; title: string },
  );
  expect(named.length).toBeGreaterThan(15);
  const missing = named.filter(({ file, title }) => !readFileSync(file, 'utf8').includes(title));
  expect(missing).toEqual([]);
});
