// A made-up ledger of outlets with their limits as a workbook.
import * as XLSX from '@e965/xlsx';
import { creditCode, enterpriseName } from './made-up.ts';

const POLLUTANTS = ['化学需氧量', '氨氮', '总磷', '悬浮物', '石油类'];

/** An outlet with the things that are limited at it. */
export interface MadeOutlet {
  readonly enterprise: number;
  readonly code: string;
  readonly limits: readonly (readonly [pollutant: string, high: string])[];
}

/** So many outlets, two to an enterprise, with so many limits in all. */
export function madeOutlets(outlets: number, limits: number): MadeOutlet[] {
  return Array.from({ length: outlets }, (_, n) => {
    const count = Math.floor(((n + 1) * limits) / outlets) - Math.floor((n * limits) / outlets);
    return {
      enterprise: n >> 1,
      code: `DW00${String((n % 2) + 1)}`,
      limits: POLLUTANTS.slice(0, count).map((name, at) => [name, String(10 + at * 5 + (n % 7))] as const),
    };
  });
}

const WHOSE = ['单位名称', '统一社会信用代码', '排放口编号'];

/** The ledger as xlsx: a sheet of outlets, and one of their limits. */
export function outletFile(outlets: readonly MadeOutlet[]): Uint8Array {
  const whose = ({ enterprise, code }: MadeOutlet): string[] => [
    enterpriseName(enterprise),
    creditCode(enterprise),
    code,
  ];
  const limits = outlets.flatMap((one) =>
    one.limits.map(([pollutant, high]) => [...whose(one), pollutant, high, 'mg/L']),
  );
  const book = XLSX.utils.book_new();
  const add = (name: string, heads: readonly string[], rows: readonly string[][]): void => {
    XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet([[...WHOSE, ...heads], ...rows]), name);
  };
  add(
    '排放口',
    ['排放口名称'],
    outlets.map((one) => [...whose(one), '废水总排口']),
  );
  add('许可限值', ['污染物种类', '许可排放浓度限值', '浓度单位'], limits);
  return XLSX.write(book, { type: 'buffer', bookType: 'xlsx' }) as Uint8Array;
}
