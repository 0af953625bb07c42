// What is only usual in a trade: offered by the finest code that the library's words allow, and no fact until somebody saw it.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dossierFile, takeTradeHints, tradeHints, updateEnterprise } from '../../services/enterprises/index.ts';
import { applicabilityIn } from '../../services/knowledge/index.ts';
import { listIds } from '../../services/lists/index.ts';
import { paperFile } from '../../services/papers/index.ts';
import { updateRecord } from '../../services/records/index.ts';
import { closeWorkers } from '../../services/workers/index.ts';
import { openDocx, tables } from '../support/docx.ts';
import { bring, onFile, openDesk, sheet, type TestDesk } from '../support/register-import.ts';
import { wasteStream } from '../../domain/waste/entities.ts';

let t: TestDesk;
let id = '';
beforeAll(async () => {
  t = await openDesk();
  await bring(t.ctx, [
    sheet([
      ['企业名称', '村居', '企业类型'],
      ['上海浦江精饰电镀有限公司', '东禾村', '工业企业'],
    ]),
  ]);
  id = String((await onFile(t.ctx))[0]?.id);
});
afterAll(async () => {
  await t.close();
  await closeWorkers();
});

const tradesFor = async (industryCode: string): Promise<string[]> => {
  await updateEnterprise(t.ctx, id, { industryCode });
  return [...new Set((await tradeHints(t.ctx, id)).map(({ trade }) => trade))].toSorted();
};
const printed = async (bytes: Uint8Array): Promise<string> =>
  tables((await openDocx(bytes)).body)
    .flat(2)
    .join('|');

test('a plater is offered no casting, a foundry no plating, and a code of two digits both', async () => {
  expect(await tradesFor('3360')).toEqual(['工业喷涂', '电镀与表面处理']);
  expect(await tradesFor('3391')).toEqual(['铸造']);
  expect(await tradesFor('3311')).toEqual(['金属机加工']);
  expect(await tradesFor('33')).toEqual(['工业喷涂', '电镀与表面处理', '金属机加工', '铸造'].toSorted());
});

test('what was ticked is no fact for lists, checklists and sheets until somebody saw it, and is printed as what it is', async () => {
  await updateEnterprise(t.ctx, id, { industryCode: '3360' });
  const hints = (await tradeHints(t.ctx, id)).filter(({ trade }) => trade === '电镀与表面处理');
  const waste = hints.find(({ kind }) => kind === 'wasteStream');
  const step = hints.find(({ kind }) => kind === 'process');
  await takeTradeHints(t.ctx, id, [waste?.key ?? '', step?.key ?? '']);
  const hazardous = { has: 'wasteStream', where: [{ field: 'kind', op: 'eq', value: 'hazardous' } as const] };
  const found = async (): Promise<number> =>
    (await listIds(t.ctx, { kind: 'enterprise', filter: [hazardous] } as never)).length;
  const judged = async () =>
    (await applicabilityIn(t.ctx.store.read, t.ctx.resources, id))({ all: ['waste.hazardous'] }).applies;
  const sheetText = async () => await printed((await paperFile(t.ctx, 'enterprise_sheet', id)).bytes);
  expect(await found()).toBe(0);
  expect(await judged()).toBe(null);
  expect(await sheetText()).not.toContain(waste?.name);
  expect(await printed((await dossierFile(t.ctx, id, 'shown')).bytes)).toContain(`${waste?.name}（待现场核实）`);
  const [row] = await t.ctx.store.read.find(wasteStream, { enterpriseId: id });
  await updateRecord(t.ctx, 'wasteStream', row?.id ?? '', { unseen: false });
  expect(await found()).toBe(1);
  expect(await judged()).toBe(true);
  expect(await sheetText()).toContain(waste?.name);
  const dossier = await printed((await dossierFile(t.ctx, id, 'shown')).bytes);
  expect(dossier).not.toContain(`${waste?.name}（待现场核实）`);
  expect(dossier).toContain(`${step?.name}（待现场核实）`);
});

test('a place far from the others of its town is said, and kept', async () => {
  const others = [1, 2, 3].map((n) => [`上海邻居${n}有限公司`, '东禾村', '工业企业']);
  await bring(t.ctx, [sheet([['企业名称', '村居', '企业类型'], ...others])]);
  for (const row of await onFile(t.ctx))
    if (row.id !== id)
      await updateEnterprise(t.ctx, String(row.id), {
        longitude: '121.3',
        latitude: '31.2',
        coordinateSystem: 'wgs84',
      });
  const saved = await updateEnterprise(t.ctx, id, { longitude: '112.3', latitude: '31.2', coordinateSystem: 'wgs84' });
  expect(saved.problems.map(({ sentence }) => sentence)).toContain('离同街镇其他企业约 900 公里，请核对经纬度');
  const near = await updateEnterprise(t.ctx, id, { longitude: '121.31' });
  expect(near.problems.filter(({ code }) => code === 'PLACE_FAR')).toEqual([]);
});
