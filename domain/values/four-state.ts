// Four-state answers as registers write them: yes, no, unknown, not applicable (domain reference 6.2).
import { normaliseText, squeezeText } from './text.ts';

export type FourState = 'yes' | 'no' | 'unknown' | 'not_applicable';

const TOKENS: Readonly<Record<FourState, readonly string[]>> = {
  yes: [
    '是',
    '有',
    '已有',
    '具备',
    '对',
    '真',
    '√',
    '✓',
    '✔',
    '☑',
    '✅',
    '1',
    'Y',
    'YES',
    'T',
    'TRUE',
    '已',
    '已办',
    '已办理',
    '已完成',
    '已验收',
    '已落实',
    '已建',
    '已签',
    '已备案',
    '合格',
    '达标',
    '符合',
    '到位',
    '通过',
  ],
  no: [
    '否',
    '无',
    '没有',
    '没',
    '不是',
    '未',
    '错',
    '假',
    '×',
    '✗',
    '✘',
    '✕',
    '╳',
    '☒',
    '❌',
    'X',
    '0',
    'N',
    'NO',
    'F',
    'FALSE',
    '未办',
    '未办理',
    '未完成',
    '未验收',
    '未落实',
    '未建',
    '未签',
    '未备案',
    '不具备',
    '不合格',
    '不达标',
    '不符合',
    '不到位',
    '不通过',
  ],
  unknown: [
    '不详',
    '不明',
    '未知',
    '不清楚',
    '待定',
    '待核实',
    '待确认',
    '未核实',
    '暂无',
    '/',
    '-',
    '--',
    '—',
    '——',
    '–',
    '?',
    '??',
    'NULL',
    '空',
  ],
  not_applicable: ['不涉及', '不适用', '无需', '不需要', '不需', '无此项', '免', '豁免', 'N/A', 'NA', '未涉及'],
};
const LOOKUP = new Map<string, FourState>(
  (Object.entries(TOKENS) as [FourState, readonly string[]][]).flatMap(([state, words]) =>
    words.map((w) => [w, state] as const),
  ),
);

/** The answer that was read; `note` is what stood behind it (`有（危废间20平方米）`). */
export interface FourStateResult {
  readonly value: FourState;
  readonly note?: string;
}

/**
 * Reads a yes/no cell. Blank is `unknown`, never `no`. Null when the text is none of the known words, so that the
 * caller can show it instead of guessing.
 */
export function parseFourState(input: string | number | boolean | null | undefined): FourStateResult | null {
  if (input === null || input === undefined) return { value: 'unknown' };
  if (typeof input === 'boolean') return { value: input ? 'yes' : 'no' };
  const text = squeezeText(String(input)).toUpperCase();
  if (text === '') return { value: 'unknown' };
  const whole = LOOKUP.get(text.replace(/[.。;,]$/u, ''));
  if (whole) return { value: whole };
  // the first word, if something separates it from the rest
  const match = /^([^,;:。、([【]+)[,;:。、([【](.*)$/u.exec(normaliseText(String(input)));
  const head = match ? LOOKUP.get(squeezeText(match[1] ?? '').toUpperCase()) : undefined;
  const rest = (match?.[2] ?? '').replace(/[)\]】。]$/u, '').trim();
  return head ? (rest === '' ? { value: head } : { value: head, note: rest }) : null;
}
