// What was chosen for the window on this computer is kept beside the keys; what cannot be read is the standard.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readPreferences, writePreferences } from '../../services/workspace/preferences.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'steward-preferences-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('letters work by themselves until somebody switches them off, and stay off', async () => {
  expect(readPreferences(folder)).toEqual({ singleKeys: true });
  await writePreferences(join(folder, 'not yet there'), { singleKeys: false });
  expect(readPreferences(join(folder, 'not yet there'))).toEqual({ singleKeys: false });
});

test.each(['', 'null', '[]', '{"singleKeys":"no"}', '{'])('a damaged file (%s) is the standard', (text) => {
  writeFileSync(join(folder, 'window.json'), text);
  expect(readPreferences(folder)).toEqual({ singleKeys: true });
});
