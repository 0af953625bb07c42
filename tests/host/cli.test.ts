// The command line: what it prints, with which code it ends, and that a dry run writes nothing.
import { mkdtempSync, rmSync, writeFileSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startNode, type Child } from '../support/child.ts';
import { addAttachment } from '../../services/attachments/index.ts';
import { Desk } from '../../services/workspace/index.ts';
import { seed } from '../support/handoff-desks.ts';
import { testPhoto } from '../support/photos.ts';
import { dumpOf, tamper } from '../support/store.ts';

let root: string;
let workspace: string;
let children: Child[];
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'steward-cli-'));
  workspace = join(root, '工作区 1');
  children = [];
});
afterEach(async () => {
  for (const c of children) await c.kill();
  rmSync(root, { recursive: true, force: true });
});

interface Run {
  code: number | null;
  lines: string[];
  errors: string;
  last: Record<string, unknown>;
}
const start = (...args: string[]): Child => {
  const child = startNode(join('host', 'cli.ts'), args, {
    STEWARD_CONFIG: join(root, 'config'),
    STEWARD_TODAY: '2026-03-02',
  });
  children.push(child);
  return child;
};
async function steward(...args: string[]): Promise<Run> {
  const child = start(...args);
  const code = await child.exit();
  let last: Record<string, unknown> = {};
  try {
    last = JSON.parse(child.lines.at(-1) ?? '{}') as Record<string, unknown>;
  } catch {
    /* lines for people */
  }
  return { code, lines: child.lines, errors: child.errors(), last };
}
const init = async (): Promise<Run> =>
  await steward(
    'init',
    '--workspace',
    workspace,
    '--office',
    '华漕驻点',
    '--code',
    'HC',
    '--operator',
    '陈思远',
    '--json',
  );

/** A workspace without a process of its own. */
async function makeWorkspace(): Promise<void> {
  const desk = new Desk({
    resources: 'resources',
    version: 'test',
    configFolder: join(root, 'config'),
    today: () => '2026-03-02',
  });
  await desk.create({
    folder: workspace,
    organisation: '某公司',
    office: '华漕驻点',
    code: 'HC',
    operator: '陈思远',
    role: 'leader',
  });
  await desk.close();
}

const CSV =
  '企业名称,街镇,村居,地址,联系人,联系电话,职工人数\n上海海明科技有限公司,华漕镇,建东村,纪翟路1号,张建华,13900004417,52\n上海瑞崧五金制品厂,华漕镇,诸翟村,联友路2号,李海燕,13800006021,46\n';

test('init makes a workspace and says where and as which device', async () => {
  const run = await init();
  expect(run.code).toBe(0);
  expect(run.lines).toHaveLength(1);
  expect(run.last).toMatchObject({
    ok: true,
    folder: workspace,
    device: expect.stringMatching(/^[0-9A-Z]{10}$/) as string,
    office: { name: '华漕驻点', code: 'HC' },
  });
  expect(existsSync(join(workspace, 'steward.db'))).toBe(true);
  const again = await init();
  expect(again.code).toBe(1);
  expect(again.last).toMatchObject({
    ok: false,
    code: 'WORKSPACE_EXISTS',
    sentence: expect.stringContaining('已有工作区') as string,
  });
});

test.each(['hc', '华漕'])('the office code %s is a wrong use: exit code 2, nothing made', async (code) => {
  const run = await steward(
    'init',
    '--workspace',
    workspace,
    '--office',
    '华漕驻点',
    '--code',
    code,
    '--operator',
    '陈思远',
    '--json',
  );
  expect(run.code).toBe(2);
  expect(run.errors).toContain('大写字母');
  expect(existsSync(workspace)).toBe(false);
});

test('a dry run of an import says what would happen and writes nothing; the import then does just that, and nothing again', async () => {
  await makeWorkspace();
  const file = join(root, '名册.csv');
  writeFileSync(file, iconv.encode(CSV, 'gb18030'));
  const before = dumpOf(join(workspace, 'steward.db'));
  const dry = await steward('import', 'register', file, '--dry-run', '--workspace', workspace, '--json');
  expect(dry.code).toBe(0);
  const sheet = {
    headerRow: 1,
    rows: 2,
    created: 2,
    updated: 0,
    unchanged: 0,
    duplicates: 0,
    rejected: 0,
    unmapped: [],
  };
  expect(dry.last).toMatchObject({ ok: true, dryRun: true, sheets: [sheet] });
  const [reported] = dry.last.sheets as Record<string, unknown>[];
  expect(Object.keys(reported ?? {})).toEqual(
    expect.arrayContaining([
      'name',
      'headerRow',
      'rows',
      'created',
      'updated',
      'unchanged',
      'duplicates',
      'rejected',
      'warnings',
      'unmapped',
    ]),
  );
  expect(dumpOf(join(workspace, 'steward.db'))).toBe(before);
  const real = await steward('import', 'register', file, '--workspace', workspace, '--json');
  expect(real.last).toMatchObject({ ok: true, dryRun: false, sheets: [sheet] });
  expect((await steward('import', 'register', file, '--workspace', workspace, '--json')).last).toMatchObject({
    sheets: [{ rows: 2, created: 0, updated: 0, unchanged: 2 }],
  });
  expect((await steward('check', '--workspace', workspace, '--json')).last).toMatchObject({
    ok: true,
    problems: [],
    counts: { enterprise: 2, contact: 2 },
  });
});

test('a file that can not be read is one sentence and exit code 1, and nothing changes', async () => {
  await makeWorkspace();
  const file = join(root, '坏.xlsx');
  writeFileSync(file, Buffer.from('PK\u0003\u0004 broken'));
  const before = dumpOf(join(workspace, 'steward.db'));
  const run = await steward('import', 'register', file, '--workspace', workspace, '--json');
  expect(run.code).toBe(1);
  expect(run.last).toMatchObject({ ok: false, sentence: expect.stringMatching(/[一-龥]/) as string });
  expect(run.last.code).not.toBe('INTERNAL');
  expect(run.errors.trim().split('\n')).toHaveLength(1);
  expect(dumpOf(join(workspace, 'steward.db'))).toBe(before);
});

test('a file that is not there is said so in a sentence, not as an unknown failure', async () => {
  await makeWorkspace();
  const run = await steward('import', 'register', join(root, '没有.xlsx'), '--workspace', workspace, '--json');
  expect(run.code).toBe(1);
  expect(run.last).toMatchObject({
    ok: false,
    code: 'FILE_NOT_FOUND',
    sentence: expect.stringContaining('找不到') as string,
  });
});

test('figures --by prints a table by two dimensions; a dimension that a figure does not have is refused in words', async () => {
  await makeWorkspace();
  const json = await steward('figures', '--workspace', workspace, '--by', 'objectKind,year', '--json');
  expect(json.code).toBe(0);
  expect(json.last).toMatchObject({
    ok: true,
    by: [
      { id: 'objectKind', label: '对象类型' },
      { id: 'year', label: '年份' },
    ],
    total: { foundCount: { numerator: 0 } },
    cells: [],
  });
  const lines = await steward(
    'figures',
    '--workspace',
    workspace,
    '--by',
    'village',
    '--figure',
    'visitCount,fileRate',
  );
  expect(lines.lines).toEqual(['村居\t检查家次\t建档率', '合计\t0\t－']);
  for (const [args, sentence] of [
    [['--by', 'category', '--figure', 'visitCount'], '“检查家次”不能按问题类别分'],
    [['--by', 'planet'], '没有“planet”这个维度'],
    [['--by', 'village,town,month'], '最多按两个维度分'],
    [['--by', 'village,village'], '两个维度要不同'],
  ] as const) {
    const refused = await steward('figures', '--workspace', workspace, ...args);
    expect([refused.code, refused.errors]).toEqual([1, expect.stringContaining(sentence) as string]);
  }
});

test('act takes several rows or a filter: all or none, with --each those that refuse are named and the others go on', async () => {
  await makeWorkspace();
  const at = ['--workspace', workspace, '--json'];
  const ids: string[] = [];
  for (const date of ['2026-01-10', '2026-02-10', '2026-12-01']) {
    const made = await steward('add', 'training', '--values', JSON.stringify({ title: `${date} 培训`, date }), ...at);
    ids.push(String(made.last.id));
  }
  const none = await steward('act', 'training', ids.join(','), 'hold', ...at);
  expect([none.code, none.errors]).toEqual([1, expect.stringContaining('2026-12-01 培训：培训日期是') as string]);
  const some = await steward('act', 'training', 'hold', '--filter', 'state=planned', '--each', ...at);
  expect(some.code).toBe(0);
  expect(some.last).toMatchObject({ event: 'hold', left: [{ id: ids[2], name: '2026-12-01 培训' }] });
  const held = await steward('list', 'training', '--filter', 'state=held', ...at);
  expect(held.last).toMatchObject({ total: 2 });
  const state = await steward('set', 'training', ids[2] ?? '', '--values', '{"state":"held"}', ...at);
  expect([state.code, state.errors]).toEqual([1, expect.stringContaining('状态不能直接填写，请用事项办理') as string]);
});

test('what is no command, and what cannot be written to, is one Chinese sentence; nothing is issued that has no place', async () => {
  await makeWorkspace();
  const at = ['--workspace', workspace];
  const away = join(root, 'away', 'x');
  const period = ['--from', '2026-01-01', '--to', '2026-01-31'];
  for (const [args, sentence] of [
    [['lst', 'enterprise'], '没有 lst 这个命令。用法见 --help'],
    [['list', ...at], '命令里还缺 kind。用法见 --help'],
    [['list', 'enterprise', ...at, '--colour'], '没有 --colour 这个选项。用法见 --help'],
    [['list', 'enterprise'], '请给出 --workspace <dir>。用法见 --help'],
    [['list', 'enterprise', ...at, '--sort'], '--sort <field> 后面要写上值。用法见 --help'],
    [['show', 'area', 'a', 'b', ...at], '命令后面多写了内容；含空格的内容请加引号。用法见 --help'],
    [['list', 'enterprise', ...at, '--columns', ''], '--columns 要写出至少一列，如 name,address'],
    [['list', 'enterprise', ...at, '--filter', '('], '筛选条件没有写完。请写成 字段=值，如 objectKind=car_repair'],
    [['list', 'enterprise', ...at, '--format', 'csv', '--out', away], '没有完成：找不到“x”'],
    [['report', ...at, ...period, '--out', away], '没有完成：找不到“away”'],
  ] as const) {
    const refused = await steward(...args);
    expect([refused.code, refused.lines]).toEqual([1, []]);
    expect(refused.errors.trim()).toContain(sentence);
    expect(refused.errors.trim().split('\n')).toHaveLength(1);
  }
  const none = await steward('set', 'area', '--json', ...at, '--values', '{}');
  expect(none.last).toEqual({ ok: false, code: 'USAGE', sentence: '命令里还缺 id。用法见 --help' });
  const issued = await steward('list', 'generatedDocument', ...at, '--json');
  expect(issued.last).toMatchObject({ total: 0 });
});

test('a list is whole unless a limit is given', async () => {
  await makeWorkspace();
  const register = join(root, '名册.csv');
  const lines = Array.from({ length: 1100 }, (_, n) => `上海第${n}号金属制品厂,华漕镇,建东村`);
  writeFileSync(register, ['企业名称,街镇,村居', ...lines].join('\n'));
  const at = ['--workspace', workspace];
  await steward('import', 'register', register, ...at);
  for (const format of ['csv', 'table'])
    expect((await steward('list', 'enterprise', '--format', format, ...at)).lines).toHaveLength(1101);
  const json = await steward('list', 'enterprise', '--json', ...at);
  expect(json.last.rows).toHaveLength(1100);
  expect((await steward('list', 'enterprise', '--limit', '7', ...at)).lines).toHaveLength(8);
});

test('stats prints figures as one object with --json and as lines without', async () => {
  await makeWorkspace();
  const json = await steward('stats', '--workspace', workspace, '--json');
  expect(json.code).toBe(0);
  expect(json.lines).toHaveLength(1);
  expect(json.last).toMatchObject({ ok: true, figures: expect.any(Object) as object });
  const lines = await steward('stats', '--workspace', workspace);
  expect(lines.code).toBe(0);
  expect(lines.lines.length).toBeGreaterThan(3);
  expect(lines.lines.join('\n')).not.toContain('{');
});

test.each([
  [['stats', '--from', '2026-13-01'], '“2026-13-01”不是日历上的一天'],
  [['stats', '--to', 'abc'], '“abc”不是日历上的一天'],
  [['stats', '--from', '2026-03-01', '--to', '2026-02-01'], '期间的第一天晚于最后一天'],
  [['stats', '--as-of', '2026-03-03'], '截至日 2026-03-03 还没有到'],
  [['report', '--from', '2026-02-30', '--to', '2026-03-01'], '“2026-02-30”不是日历上的一天'],
  [['report', '--from', '2026-02-01', '--to', '2026-01-01'], '期间的第一天晚于最后一天'],
  [['report', '--from', '2026-02-01', '--to', '2026-02-28', '--kind', 'foo'], '没有这种报告'],
  [['report', '--from', '2026-02-01', '--to', '2026-02-28', '--as-of', '2026-04-01'], '截至日 2026-04-01 还没有到'],
  [['report', '--from', '2026-02-01', '--to', '2026-02-28', '--as-of', '2026-01-20'], '早于期间的第一天'],
])('a period that can not be is refused in one sentence, and nothing is issued: %j', async (command, sentence) => {
  await makeWorkspace();
  const run = await steward(
    ...command,
    '--workspace',
    workspace,
    '--json',
    ...(command[0] === 'report' ? ['--out', join(root, '报告.docx')] : []),
  );
  expect(run.code).toBe(1);
  expect(run.last).toMatchObject({ ok: false, sentence: expect.stringContaining(sentence) as string });
  expect(run.errors).not.toContain('原因不明');
  expect(existsSync(join(root, '报告.docx'))).toBe(false);
});

test('a workspace that another process has open is refused with the sentence and exit code 1', async () => {
  await makeWorkspace();
  const server = start('serve', '--workspace', workspace, '--json');
  await server.line((l) => l.startsWith('{'));
  const run = await steward('check', '--workspace', workspace, '--json');
  expect(run.code).toBe(1);
  expect(run.errors.trim()).toBe('这个工作区正被另一个窗口或程序打开。请先关闭那一个，再重试');
  expect(run.last).toMatchObject({ ok: false, code: 'WORKSPACE_LOCKED' });
  await server.kill();
  expect((await steward('check', '--workspace', workspace)).code).toBe(0);
});

test('[I14] check finds a hole in the log and ends with 1', async () => {
  await makeWorkspace();
  tamper(join(workspace, 'steward.db'), 'UPDATE sync_have SET upto = upto + 1');
  const run = await steward('check', '--workspace', workspace, '--json');
  expect(run.code).toBe(1);
  expect(run.last).toMatchObject({ ok: false, problems: [expect.stringContaining('不连续') as string] });
});

test.each([
  [['--photos', 'thumbnails'], 1],
  [['--photos', 'all'], 1],
  [[], 1],
  [['--photos', 'none'], 0],
  [['--without-attachments'], 0],
])('handoff export %j carries that many files of one photo', async (flags, files) => {
  const desk = new Desk({
    resources: 'resources',
    version: 'test',
    configFolder: join(root, 'config'),
    today: () => '2026-03-02',
  });
  const ctx = await desk.create({
    folder: workspace,
    organisation: '某公司',
    office: '华漕驻点',
    code: 'HC',
    operator: '陈思远',
    role: 'leader',
  });
  const { id } = await seed(ctx);
  const photo = await testPhoto(1200, 900);
  await addAttachment(ctx, { ownerEntity: 'enterprise', ownerId: id, bytes: photo, name: '厂门.jpg', kind: 'photo' });
  await desk.close();
  const run = await steward(
    'handoff',
    'export',
    '--workspace',
    workspace,
    '--out',
    root,
    '--with-code',
    ...flags,
    '--json',
  );
  expect(run.last).toMatchObject({ ok: true, attachments: files, thumbnails: flags.includes('thumbnails') ? 1 : 0 });
});

test('handoff export with another choice of photos is a wrong use, which names the choices: nothing made', async () => {
  await makeWorkspace();
  const run = await steward(
    'handoff',
    'export',
    '--workspace',
    workspace,
    '--out',
    root,
    '--with-code',
    '--photos',
    'small',
  );
  expect(run.code).toBe(1);
  expect(run.errors).toContain('all, thumbnails, none');
  expect(readdirSync(root).filter((name) => name.startsWith('handoff_'))).toEqual([]);
});

test('a folder without a workspace is said so', async () => {
  const run = await steward('stats', '--workspace', join(root, 'nowhere'), '--json');
  expect(run.code).toBe(1);
  expect(run.last).toMatchObject({ ok: false, code: 'WORKSPACE_NOT_FOUND' });
  expect(existsSync(join(root, 'nowhere'))).toBe(false);
});

test("help names every command, the version is the package's", async () => {
  const help = (await steward('--help')).lines.join('\n');
  const commands = 'init demo import report figures check serve kinds list show add set act remove restore';
  for (const command of commands.split(' ')) expect(help).toMatch(new RegExp(`^ {2}${command}\\b`, 'm'));
  expect((await steward('--version')).lines).toEqual([
    (JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version,
  ]);
});
