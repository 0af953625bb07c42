// Limits of time stand in one place (support/limits): a busy machine failed tests that had limits of their own.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const TESTS = join(import.meta.dirname, '..');
const OWN_LIMIT = /\btimeout: *\d|^ *(?:\}, )?\d[\d_]{4,}(?:,\n *)?\);?$|\}, [A-Z_]+\);$/m;

const limited = (source: string): boolean => OWN_LIMIT.test(source);

test('no test has a limit of time of its own', () => {
  const files = readdirSync(TESTS, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const own = files.filter((name) => limited(readFileSync(join(TESTS, name), 'utf8')));
  expect(files.length).toBeGreaterThan(200);
  expect(own.filter((name) => !name.endsWith('limits.test.ts'))).toEqual([]);
});

test.each([
  'expect.poll(count, { timeout: 1500 })',
  'test("x", () => {\n}, 60_000);',
  'test(\n  "x",\n  () => {\n  },\n  240_000,\n);',
  'beforeAll(() => {\n}, MINUTES);',
])('such a limit is seen: %j', (source) => {
  expect(limited(source)).toBe(true);
});
