// Columns that no field took, in words: for the command line and the window.

interface LeftColumn {
  readonly heading: string;
  readonly cells: number;
  readonly why: string | null;
}

/** `没有对应字段的列，原文留在导入结果里：“经度”12 格（…）`. */
export const leftText = (left: readonly LeftColumn[]): string =>
  `没有对应字段的列，原文留在导入结果里：${left
    .map(({ heading, cells, why }) => `“${heading}”${cells} 格${why ? `（${why}）` : ''}`)
    .join('、')}`;

interface SheetFacts {
  readonly skipped: string | null;
  readonly hiddenRows: number;
  readonly left: readonly LeftColumn[];
  readonly guessed: readonly { readonly heading: string; readonly label: string }[];
  readonly own: string | null;
}

/** `猜的列，请核对：“名单”→单位名称`. */
const guessText = (guessed: SheetFacts['guessed']): string =>
  `猜的列，请核对：${guessed.map(({ heading, label }) => `“${heading}”→${label}`).join('、')}`;

/**
 * What is to be said of a sheet: that nothing was taken from it and why, by which profile it was understood, columns that were
 * guessed, rows that were hidden, columns that no field took.
 */
export const sheetTexts = ({ skipped, hiddenRows, left, guessed, own }: SheetFacts): string[] => [
  ...(skipped === null ? [] : [`未导入，${skipped}`]),
  ...(own === null ? [] : [`按导入方案“${own}”识别`]),
  ...(guessed.length > 0 ? [guessText(guessed)] : []),
  ...(hiddenRows > 0 ? [`隐藏行 ${hiddenRows} 行，按数据导入`] : []),
  ...(left.length > 0 ? [leftText(left)] : []),
];
