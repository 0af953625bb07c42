// A workspace is made whole or not at all: what fails half-way leaves nothing, what was killed is made anew, trouble has its sentence.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStore, writeFacts } from '../../db/index.ts';
import { sentenceFor } from '../../host/error-sentences.ts';
import { DERIVATIONS } from '../../services/derived/index.ts';
import { fileSentence } from '../../services/file-sentences.ts';
import { Desk } from '../../services/workspace/index.ts';
import { deskOptions } from '../support/shared.ts';

let root: string;
let desk: Desk;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'steward-making-'));
  desk = new Desk(deskOptions(root));
});
afterEach(async () => {
  await desk.close();
  rmSync(root, { recursive: true, force: true });
});

const given = (folder: string) => ({
  folder,
  organisation: '上海某环保公司',
  office: '华漕驻点',
  code: 'HC',
  operator: '陈思远',
  role: 'inspector',
});

test('what fails half-way leaves nothing, what lay there stays, and the workspace that was open is open again', async () => {
  const first = join(root, '甲');
  await desk.create(given(first));
  const nobody = { operator: null as unknown as string };
  for (const folder of [join(root, '新', '里', '乙'), join(root, '旧')]) {
    if (folder.endsWith('旧')) {
      mkdirSync(folder);
      writeFileSync(join(folder, '笔记.txt'), '留着');
    }
    await expect(desk.create({ ...given(folder), ...nobody })).rejects.toThrow();
    expect(existsSync(folder) ? readdirSync(folder) : []).toEqual(folder.endsWith('旧') ? ['笔记.txt'] : []);
    expect(desk.context.store.folder).toBe(first);
  }
  expect(existsSync(join(root, '新'))).toBe(false);
  // Nothing is in the way of trying again.
  await desk.create(given(join(root, '旧')));
  expect(desk.context.operator().name).toBe('陈思远');
  await expect(desk.create(given(first))).rejects.toMatchObject({ code: 'WORKSPACE_EXISTS' });
  expect(desk.context.store.folder).toBe(join(root, '旧'));
});

test('what was killed before anybody was entered is made anew; a workspace with an office or a file is not touched', async () => {
  const folder = join(root, '断电');
  const facts = { format: 1 as const, id: 'x', office: '华漕驻点', createdAt: '2026-01-01T00:00:00.000Z', demo: false };
  await writeFacts(folder, facts);
  await desk.create(given(folder));
  await desk.close();
  const blank = join(root, '空库');
  await writeFacts(blank, facts);
  await (await openStore(blank, DERIVATIONS)).close();
  writeFileSync(join(blank, 'steward.db.bak'), '旧的一份');
  await desk.create(given(blank));
  expect(existsSync(join(blank, 'steward.db.bak'))).toBe(true);
  expect(desk.context.operator().name).toBe('陈思远');
  await desk.close();
  for (const there of [folder, blank]) await expect(desk.create(given(there))).rejects.toThrow();
  rmSync(join(folder, 'steward.db'));
  mkdirSync(join(folder, 'attachments'), { recursive: true });
  writeFileSync(join(folder, 'attachments', '照片'), '一张');
  await expect(desk.create(given(folder))).rejects.toMatchObject({ code: 'WORKSPACE_EXISTS' });
  expect(readdirSync(join(folder, 'attachments'))).toEqual(['照片']);
});

test('trouble of the file system is said for what it is', async () => {
  writeFileSync(join(root, '文件'), '');
  for (const [folder, words] of [
    [join(root, '文件', '里面'), '的上级不是文件夹'],
    [join(root, '长'.repeat(120)), '路径太长'],
  ] as const) {
    const error: unknown = await desk.create(given(folder)).catch((e: unknown) => e);
    expect(sentenceFor(error)).toContain(words);
  }
  const of = (code: string) => fileSentence(Object.assign(new Error(code), { code, path: 'D:\\甲\\记录.docx' }));
  expect(of('EBUSY')).toBe(
    '没有完成：“记录.docx”正被其他程序占用。请关闭打开它的程序（如 Word、杀毒、网盘同步），再重试',
  );
  expect(of('EROFS')).toContain('只能读');
  expect(of('EACCES')).toContain('没有权限');
  expect(fileSentence(new TypeError('a fault of the program'))).toBeNull();
});
