// Frozen packages of every release: a change of format or vocabulary that older packages do not survive is found here.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { closeWorkers } from '../../services/workers/index.ts';
import { Desks } from '../support/handoff-desks.ts';
import { checkSample } from '../support/sample.ts';

const FIXTURES = join('tests', 'fixtures');
const samples = readdirSync(FIXTURES).filter((name) => name.startsWith('handoff-'));

let desks: Desks;
beforeEach(() => {
  desks = new Desks();
});
afterEach(async () => {
  await desks.close();
});
afterAll(async () => {
  await closeWorkers();
});

test('there is a sample of the first release', () => {
  expect(samples).toContain('handoff-1.0');
});

test.each(samples)(
  '[I24] %s is taken in to its frozen dump, with its attachments, conflicts and merged rows',
  async (name) => {
    const folder = join(FIXTURES, name);
    const about = JSON.parse(readFileSync(join(folder, 'about.json'), 'utf8')) as {
      operations: number;
      attachments: number;
    };
    const { at, done } = await checkSample(desks, folder);
    expect(done).toMatchObject({
      operations: about.operations,
      attachments: { stored: about.attachments, missing: 0 },
    });
    expect(await at.store.read.sql('PRAGMA foreign_key_check')).toEqual([]);
    expect(await at.store.read.sql('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  },
);
