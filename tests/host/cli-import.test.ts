// `import FILE…` on the command line: one object with counts by kind, refused rows and values that wait; bad files leave nothing.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Desk } from '../../services/workspace/index.ts';
import { startNode, type Child } from '../support/child.ts';
import { makeCode, workbook, type Cell } from '../support/register-import.ts';

const [A, B] = ['上海甲甲金属制品有限公司', '上海乙乙涂料有限公司'];
let root: string;
let workspace: string;
const children: Child[] = [];
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'steward-cli-import-'));
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

async function steward(
  ...args: string[]
): Promise<{ code: number | null; errors: string; last: Record<string, unknown> }> {
  const child = startNode(join('host', 'cli.ts'), [...args, '--workspace', workspace, '--json'], {
    STEWARD_CONFIG: join(root, 'config'),
  });
  children.push(child);
  const code = await child.exit();
  return { code, errors: child.errors(), last: JSON.parse(child.lines.at(-1) ?? '{}') as Record<string, unknown> };
}

function put(name: string, rows: readonly (readonly Cell[])[]): string {
  const path = join(root, name);
  writeFileSync(path, workbook([{ name: '表', rows }]));
  return path;
}

const REGISTER = (): string =>
  put('名册.xlsx', [
    ['单位名称', '统一社会信用代码', '地址', '联系人', '联系电话'],
    [A, makeCode('A1'), '东路1号', '张三', '13800000001'],
    [B, makeCode('B1'), '西路2号', '李四', '13800000002'],
  ]);
const counts = (entity: string, rows: number, more: object = {}) => ({
  entity,
  rows,
  created: 0,
  updated: 0,
  unchanged: 0,
  rejected: 0,
  waiting: 0,
  queued: 0,
  ...more,
});

test('a register and two ledgers at once: each is taken for what it is, and what waits is answered by its id', async () => {
  const permits = put('许可.xlsx', [
    ['单位名称', '排污许可证编号', '有效期至'],
    [A, `${makeCode('A1')}001P`, '2027-01-01'],
    ['上海外外有限公司', `${makeCode('X1')}001P`, '2027-01-01'],
  ]);
  const done = await steward('import', permits, REGISTER());
  expect(done.code).toBe(0);
  expect(done.last).toMatchObject({
    ok: true,
    entities: [
      counts('enterprise', 3, { created: 2, unchanged: 1 }),
      counts('contact', 2, { created: 2 }),
      counts('permit', 2, { created: 1, rejected: 1 }),
    ],
    refused: [{ file: '许可.xlsx', sheet: '表', row: 3 }],
    questions: [],
  });
  const other = put('另一份.xlsx', [
    ['企业', '排污许可证编号', '许可证有效期'],
    [A, `${makeCode('A1')}001P`, '2030-01-01'],
  ]);
  const dry = await steward('import', other, '--dry-run');
  const asked = await steward('import', other);
  expect(asked.last.questions).toEqual(dry.last.questions);
  expect(asked.last).toMatchObject({
    entities: [counts('permit', 1, { unchanged: 1, queued: 1 }), counts('enterprise', 1, { unchanged: 1 })],
    questions: [{ entity: 'permit', row: 2, field: 'validTo', ours: '2027-01-01', theirs: '2030-01-01' }],
  });
  const waiting = (await steward('import', 'waiting')).last.waiting as { id: string }[];
  expect(waiting).toMatchObject([
    { enterpriseName: A, label: '排污许可的有效期至', ours: '2027-01-01', theirs: '2030-01-01' },
  ]);
  expect((await steward('import', 'waiting', '--take', String(waiting[0]?.id))).last).toMatchObject({
    settled: 1,
    waiting: [],
  });
});

test('what is said of a file goes before its columns; a file that is none and one that names nobody each have their sentence', async () => {
  await steward('import', REGISTER());
  const said = await steward(
    'import',
    put('名单.xlsx', [
      ['单位名称', '许可证编号'],
      ['上海丙丙有限公司', ''],
    ]),
    '--as',
    'register',
  );
  expect(said.last).toMatchObject({ ok: true, entities: [counts('enterprise', 1, { created: 1 })] });
  writeFileSync(join(root, '坏.xlsx'), Buffer.from('504b0304ffffffff', 'hex'));
  const bad = await steward('import', join(root, '坏.xlsx'));
  expect([bad.code, bad.last.code, bad.last.ok]).toEqual([1, 'CORRUPT', false]);
  const nobody = await steward(
    'import',
    put('库存.xlsx', [
      ['品名', '数量'],
      ['手套', 3],
    ]),
  );
  expect([nobody.code, nobody.last.ok]).toEqual([1, false]);
  expect((await steward('import', join(root, '没有.xlsx'))).errors).toContain('找不到文件');
});
