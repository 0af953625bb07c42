// Names that a register brings beside those on file: they wait, and are decided one by one or all at once, then or later.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { getEnterprise } from '../../services/enterprises/index.ts';
import { applyImport, settleValues, takeWaitingNames, waitingValues } from '../../services/registers/index.ts';
import {
  bring,
  look,
  makeCode,
  onFile,
  openDesk,
  quiet,
  sheet,
  type Cell,
  type TestDesk,
} from '../support/register-import.ts';

const [A, B] = ['上海甲甲金属制品有限公司', '上海乙乙塑料制品有限公司'] as const;
const [NEW_A, NEW_B] = ['上海甲甲五金有限公司', '上海乙乙新材料有限公司'] as const;
const code = makeCode;
const PERMITS: Cell[][] = [
  ['单位名称', '排污许可证编号'],
  [NEW_A, `${code('1')}001P`],
  [NEW_B, `${code('2')}001Q`],
];

let t: TestDesk;
beforeEach(async () => {
  t = await openDesk();
  await bring(
    t.ctx,
    [
      sheet([
        ['单位名称', '统一社会信用代码'],
        [A, code('1')],
        [B, code('2')],
      ]),
    ],
    { townName: '青禾镇' },
  );
});
afterEach(() => t.close());

const namesOnFile = async () => (await onFile(t.ctx)).map((e) => e.name);
const former = async () =>
  (
    await t.ctx.store.read.sql<{ name: string }>('SELECT name FROM former_name WHERE deleted_at IS NULL ORDER BY id')
  ).map((f) => f.name);

test('after the import they wait with their source; one is taken, one stays as it was, and none waits any more', async () => {
  await bring(t.ctx, [sheet(PERMITS)], { townName: '青禾镇' });
  await bring(t.ctx, [sheet(PERMITS.map((row, n) => [...row, n === 0 ? '有效期限' : '2029-02-28']))], {
    townName: '青禾镇',
  });
  const names = await waitingValues(t.ctx);
  expect(names.map((n) => [n.enterpriseName, n.theirs, n.fileName]).sort()).toEqual(
    [
      [B, NEW_B, '名册.xlsx'],
      [A, NEW_A, '名册.xlsx'],
    ].sort(),
  );
  const [first, second] = [names.find((n) => n.theirs === NEW_A), names.find((n) => n.theirs === NEW_B)];
  expect(await waitingValues(t.ctx, String(first?.enterpriseId))).toHaveLength(1);
  expect(await settleValues(t.ctx, [String(first?.id)], 'new')).toMatchObject({ settled: 1 });
  expect([await namesOnFile(), await former()]).toEqual([[NEW_A, B], [A]]);
  await settleValues(t.ctx, [String(second?.id)], 'old');
  expect(await namesOnFile()).toEqual([NEW_A, B]);
  expect(await waitingValues(t.ctx)).toEqual([]);
  expect((await getEnterprise(t.ctx, String(second?.enterpriseId))).unread).toEqual([]);
  await expect(settleValues(t.ctx, [String(second?.id)], 'new')).rejects.toThrow('没有待定的值');
});

test('all at once, taken back in one undo', async () => {
  await bring(t.ctx, [sheet(PERMITS)], { townName: '青禾镇' });
  const { actionId, settled } = await settleValues(t.ctx, null, 'new');
  expect([settled, await namesOnFile(), await former()]).toEqual([2, [NEW_A, NEW_B], [B, A]]);
  await t.ctx.store.undo(String(actionId), '张三');
  expect(await namesOnFile()).toEqual([A, B]);
  expect(await waitingValues(t.ctx)).toHaveLength(2);
});

test('an import that is taken back leaves none waiting, and in the preview all are taken at once', async () => {
  const { done } = await bring(t.ctx, [sheet(PERMITS)], { townName: '青禾镇' });
  await t.ctx.store.undo(done.actionId, '张三');
  expect(await waitingValues(t.ctx)).toEqual([]);
  const preview = await look(t.ctx, [sheet(PERMITS)], { townName: '青禾镇' });
  expect(preview.totals.waiting).toBe(2);
  expect(await takeWaitingNames(t.ctx, preview.previewId)).toEqual({ taken: 2 });
  const again = await applyImport(t.ctx, preview.previewId, quiet);
  expect(again.totals.waiting).toBe(0);
  expect([await namesOnFile(), await waitingValues(t.ctx)]).toEqual([[NEW_A, NEW_B], []]);
});
