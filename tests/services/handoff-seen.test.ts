// What people are told of a package: what comes back from the bin, and which conflicts are its own.
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { enterprise } from '../../domain/enterprises/entities.ts';
import { act, type Context } from '../../services/context.ts';
import { binEnterprises } from '../../services/enterprises/index.ts';
import * as handoff from '../../services/handoff/index.ts';
import { closeWorkers } from '../../services/workers/index.ts';
import { Desks, preview, take } from '../support/handoff-desks.ts';

let desks: Desks;
let a: Context;
let b: Context;
let id: string;
let townId: string;

beforeEach(async () => {
  desks = new Desks();
  ({ a, b, id, townId } = await desks.pair());
  await take(b, (await desks.send(a, b)).folder);
});
afterEach(async () => {
  await desks.close();
});
afterAll(async () => {
  await closeWorkers();
});

test('a row that lies in the bin and comes back is said to be restored, not new', async () => {
  await binEnterprises(a, [id], true);
  await take(b, (await desks.send(a, b)).folder);
  await binEnterprises(a, [id], false);
  const seen = await preview(b, (await desks.send(a, b)).folder);
  const lines = await handoff.previewLines(b, seen.previewId, 0, 50);
  expect(lines.filter((line) => line.id === id).map((line) => line.kind)).toEqual(['restored']);
});

test('a merge is titled by both names, whether a row comes with the package or is here already', async () => {
  const insert = async (name: string): Promise<string> =>
    (
      await act(
        a,
        '建档',
        'form',
        async (tx) => await tx.insert(enterprise, { name, internalCode: name, siteNo: '001', townId } as never),
      )
    ).value.id;
  const twin = await insert('上海青禾食品厂');
  await take(b, (await desks.send(a, b)).folder);
  const late = await insert('上海青禾食品二厂');
  await handoff.mergeEnterprises(a, { id: twin, otherId: late, undo: false });
  const seen = await preview(b, (await desks.send(a, b)).folder);
  const merges = (await handoff.previewLines(b, seen.previewId, 0, 50)).filter((line) => line.entity === 'alias');
  expect(merges.map((line) => line.title.split(' 与 ').sort())).toEqual([
    ['上海青禾食品二厂', '上海青禾食品厂'].sort(),
  ]);
});

test('an import tells its own conflicts and, apart from them, all that are open', async () => {
  await act(a, '改', 'form', async (tx) => await tx.update(enterprise, id, { address: '甲' } as never));
  await act(b, '改', 'form', async (tx) => await tx.update(enterprise, id, { address: '乙' } as never));
  const first = await take(b, (await desks.send(a, b)).folder);
  expect([first.conflicts.must, first.open.must]).toEqual([1, 1]);
  await act(
    a,
    '建档',
    'form',
    async (tx) =>
      await tx.insert(enterprise, {
        name: '上海青禾食品有限公司',
        internalCode: 'A-2',
        siteNo: '001',
        townId,
      } as never),
  );
  const second = await take(b, (await desks.send(a, b)).folder);
  expect([second.created, second.conflicts.must, second.open.must]).toEqual([1, 0, 1]);
});
