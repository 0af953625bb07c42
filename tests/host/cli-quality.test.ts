// `quality` and `edit` on the command line: counts, rows, proposals and changes of many rows, looked at with --dry-run, then made.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Desk } from '../../services/workspace/index.ts';
import { startNode, type Child } from '../support/child.ts';
import { makeCode, workbook } from '../support/register-import.ts';

const [A, B] = ['上海甲甲金属制品有限公司', '上海乙乙涂料有限公司'];
const RIGHT = makeCode('A1');
let root: string;
let workspace: string;
const children: Child[] = [];
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'steward-cli-quality-'));
  workspace = join(root, '工作区');
  const desk = new Desk({ resources: 'resources', version: 'test', configFolder: join(root, 'config') });
  const office = {
    organisation: '某公司',
    office: '华漕驻点',
    code: 'HC',
    operator: '陈思远',
    role: 'leader',
  } as const;
  await desk.create({ folder: workspace, ...office });
  await desk.close();
});
afterEach(async () => {
  for (const c of children.splice(0)) await c.kill();
  rmSync(root, { recursive: true, force: true });
});

async function steward(...args: string[]): Promise<Record<string, unknown>> {
  const child = startNode(join('host', 'cli.ts'), [...args, '--workspace', workspace, '--json'], {
    STEWARD_CONFIG: join(root, 'config'),
  });
  children.push(child);
  await child.exit();
  return JSON.parse(child.lines.at(-1) ?? '{}') as Record<string, unknown>;
}

test('a check is counted, its rows and proposals are told, tried and taken; many rows are changed, refused ones are named', async () => {
  const register = join(root, '名册.xlsx');
  const rows = [
    ['单位名称', '统一社会信用代码', '街镇'],
    [A, RIGHT.replace('0', 'O'), '青禾镇'],
    [B, makeCode('B1'), '青禾镇'],
  ];
  writeFileSync(register, workbook([{ name: '表', rows }]));
  await steward('import', register, '--as', 'register');
  const countOf = async (id: string): Promise<unknown> =>
    ((await steward('quality')).checks as { id: string; count: number }[]).find((one) => one.id === id)?.count;
  expect(await countOf('creditCodeAside')).toBe(1);
  expect(await steward('quality', '--check', 'creditCodeAside')).toMatchObject({
    total: 1,
    rows: [{ title: A, proposal: { fields: [{ new: RIGHT }, { new: '' }] } }],
  });
  const take = ['quality', '--check', 'creditCodeAside', '--take', 'all'];
  expect(await steward(...take, '--dry-run')).toMatchObject({ preview: { changed: 1 }, done: null });
  expect(await countOf('creditCodeAside')).toBe(1);
  expect(await steward(...take)).toMatchObject({ done: { changed: 1, refused: 0 } });
  expect(await countOf('creditCodeAside')).toBe(0);
  expect(await steward('quality', '--check', '没有')).toMatchObject({
    ok: false,
    sentence: expect.stringContaining('没有“没有”这一项检查') as string,
  });
  const edit = ['edit', 'enterprise', '--values', '{"operatingStatus":"operating"}', '--filter', `name~涂料`];
  expect(await steward(...edit, '--dry-run')).toMatchObject({
    preview: { total: 1, changed: 1, rows: [{ title: B }] },
    done: null,
  });
  expect(await steward(...edit)).toMatchObject({ done: { changed: 1 } });
  expect(await steward(...edit)).toMatchObject({
    ok: false,
    sentence: expect.stringContaining('没有要改的') as string,
  });
  expect(await steward('edit', 'enterprise', '--values', '{"creditCode":"1"}')).toMatchObject({
    ok: false,
    sentence: expect.stringContaining('不能批量修改') as string,
  });
});
