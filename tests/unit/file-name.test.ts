import { expect, test } from 'vitest';
import { safeFileName } from '../../domain/values/file-name.ts';

const bytes = (text: string): number => Buffer.byteLength(text);

test('a long name keeps its ending, and fits every file system', () => {
  for (const stem of ['长'.repeat(160), 'a'.repeat(400), '培训签到表_危废'.repeat(40)]) {
    const name = safeFileName(`${stem}.docx`);
    expect(name).toMatch(/\.docx$/);
    expect(bytes(name)).toBeLessThanOrEqual(240);
    expect(bytes(name)).toBeGreaterThan(235);
  }
});

test('a name is never cut within a character, so that it can be sent as an address', () => {
  for (let n = 70; n < 90; n += 1) {
    const name = safeFileName(`${'长'.repeat(n)}𠮷𠮷𠮷𠮷.docx`);
    expect(name.isWellFormed(), String(n)).toBe(true);
    expect(encodeURIComponent(name)).toMatch(/\.docx$/);
  }
  expect(encodeURIComponent(safeFileName('半\ud842.docx'))).toMatch(/\.docx$/);
});

test('a downloaded name carries no mark of direction or anything unseen, and is no device of Windows', () => {
  expect(safeFileName('整改\u202excod.exe')).toBe('整改_xcod.exe');
  expect(safeFileName('a\u200b\u2066b\u061c\ufeff.docx')).toBe('a__b__.docx');
  expect(['CON', 'nul.docx', 'Com1.tar.gz', 'LPT².txt', 'aux .txt', 'CONIN$'].map(safeFileName)).toEqual([
    '_CON',
    '_nul.docx',
    '_Com1.tar.gz',
    '_LPT².txt',
    '_aux.txt',
    '_CONIN$',
  ]);
  expect(['console.docx', 'com10.txt', 'auxiliary'].map(safeFileName)).toEqual([
    'console.docx',
    'com10.txt',
    'auxiliary',
  ]);
});

test('short names stay; what no system takes is replaced', () => {
  expect(safeFileName('现场检查记录表_上海绿屏汽车修理有限公司_2026-11-18.docx')).toBe(
    '现场检查记录表_上海绿屏汽车修理有限公司_2026-11-18.docx',
  );
  expect(safeFileName('甲/乙:丙*?.xlsx')).toBe('甲_乙_丙__.xlsx');
  expect(safeFileName('1.2 培训. ')).toBe('1.2 培训');
  expect([safeFileName('.docx'), safeFileName('')]).toEqual(['文件.docx', '文件']);
});
