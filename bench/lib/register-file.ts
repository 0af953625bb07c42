// A made-up register of a client as a workbook. Apart from the other made-up things: its library is none that the back end loads.
import * as XLSX from '@e965/xlsx';
import { creditCode, enterpriseName, personName, pick, TRADES, VILLAGES } from './made-up.ts';

const HEADINGS = [
  '序号',
  '企业名称',
  '统一社会信用代码',
  '街镇',
  '村居',
  '地址',
  '法定代表人',
  '联系人',
  '联系电话',
  '行业类别',
  '行业代码',
  '经营状态',
  '职工人数',
  '占地面积',
  '建筑面积',
  '环评批复文号',
  '排污许可证编号',
  '有效期至',
  '主要产品',
  '备注',
];

/** A client's register as xlsx: `rows` rows of 20 columns below one row of headings. */
export function registerFile(rows: number): Uint8Array {
  const lines = Array.from({ length: rows }, (_, n) => [
    n + 1,
    enterpriseName(n),
    creditCode(n),
    '华漕镇',
    pick(VILLAGES, n),
    `联友路${n % 900}号${n % 7}幢`,
    personName(n + 3),
    personName(n),
    `139${String(10_000_000 + n * 7).slice(-8)}`,
    pick(TRADES, n * 5),
    String(1300 + (n % 2900)),
    n % 9 === 0 ? '停产' : '在产',
    (n * 17) % 900,
    String(100 + ((n * 31) % 9000)),
    String(80 + ((n * 29) % 8000)),
    `闵环保许评表〔${2008 + (n % 12)}〕${n % 700}号`,
    `91310112MA1${String(n).padStart(7, '0')}001X`,
    `${2026 + (n % 4)}-0${1 + (n % 9)}-1${n % 10}`,
    pick(TRADES, n * 3),
    n % 5 === 0 ? '沿街' : '',
  ]);
  const book = XLSX.utils.book_new();
  XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet([HEADINGS, ...lines]), '企业名册');
  return new Uint8Array(XLSX.write(book, { type: 'buffer', bookType: 'xlsx', compression: true }) as Buffer);
}
