// A town's register as it comes: a title, a two-level merged heading, a wrong code, the same enterprise twice, a total row.
import { creditCodeCheckCharacter } from '../../../domain/values/credit-code.ts';
import { workbook } from '../../support/spreadsheets.ts';

/** Names in the register, in its order. */
export const NAMES = [
  '上海绿屏汽车修理有限公司',
  '上海华申金属制品有限公司',
  '上海青禾食品有限公司',
  '上海宏远印刷有限公司',
] as const;

const code = (middle: string): string => `91310112${middle}${creditCodeCheckCharacter(`91310112${middle}`)}`;

/** The register: five rows, one of them with a code whose check character is wrong, one that names an enterprise again. */
export function messyRegister(): Uint8Array {
  const first = code('MA1ABC123');
  const wrong = `${code('MA1ABC456').slice(0, 17)}${code('MA1ABC456').endsWith('A') ? 'B' : 'A'}`;
  return workbook([
    {
      name: '华漕镇',
      merges: ['A1:I1', 'A2:A3', 'B2:B3', 'C2:C3', 'D2:D3', 'E2:E3', 'F2:G2', 'H2:H3', 'I2:I3'],
      rows: [
        ['华漕镇企业基本情况表', null, null, null, null, null, null, null, null],
        ['序号', '企业名称', '统一社会信用代码', '所属村居', '地址', '联系人', null, '行业代码', '备注'],
        [null, null, null, null, null, '姓名', '手机', null, null],
        [1, NAMES[0], first, '许浦村', '繁兴路 1 号', '王强', '13800000001', '8111', null],
        [2, NAMES[1], wrong, '许浦村', '繁兴路 2 号', '李敏', '13800000002', '3311', null],
        [3, `${NAMES[2]} `, code('MA1ABC789'), '王泥浜村', '联友路 8 号', '赵红', 13800000003, '1411', null],
        [null, null, null, null, null, null, null, null, null],
        [4, NAMES[3], code('MA1ABD321'), '王泥浜村', '联友路 9 号', '周杰', '１３８００００００４', '2319', null],
        [5, NAMES[0], first, '许浦村', '繁兴路 1 号', '王强', '13800000001', '8111', '重复登记'],
        ['合计', '5 家', null, null, null, null, null, null, null],
      ],
    },
  ]);
}
