// Paragraph styles of the documents; headings are Word's own, so that its navigation pane and contents work.
import { AlignmentType, LineRuleType, type IParagraphStyleOptions, type IStylesOptions } from 'docx';
import { TEXT_WIDTH } from './page.ts';
import { fontOf, halfPoints, POINTS, type FontUse, type Theme } from './theme.ts';

/** Ids of the styles beside Word's own. */
export const STYLE = {
  body: 'StewardBody',
  plain: 'StewardPlain',
  subtitle: 'StewardSubtitle',
  signature: 'StewardSignature',
  note: 'StewardNote',
  picture: 'StewardPicture',
  tableText: 'StewardTableText',
  tableHead: 'StewardTableHead',
} as const;

/** 四号: an entry of the contents stands on one line; two dozen of them, as a whole report has, on one page. */
const CONTENTS_POINTS = 14;
const CONTENTS_LINE = 22 * 20;

const AUTO = { line: 240, lineRule: LineRuleType.AUTO } as const;

/** The styles for a theme. */
export function documentStyles(theme: Theme): IStylesOptions {
  const fixed = { line: theme.bodyLine, lineRule: LineRuleType.EXACT } as const;
  const run = (use: FontUse, points: number, bold = false): NonNullable<IParagraphStyleOptions['run']> => ({
    font: fontOf(theme, use),
    size: halfPoints(points),
    sizeComplexScript: halfPoints(points),
    bold,
    italics: false,
    color: '000000',
  });
  const indent = { firstLineChars: 200, firstLine: theme.bodySize * 40 };
  const heading = (use: FontUse, level: number): Omit<IParagraphStyleOptions, 'id' | 'name'> => ({
    next: STYLE.body,
    run: run(use, theme.bodySize),
    paragraph: { spacing: { before: 0, after: 0, ...fixed }, indent, keepNext: true, outlineLevel: level - 1 },
  });
  return {
    default: {
      document: {
        run: { ...run('body', theme.bodySize), language: { value: 'en-US', eastAsia: 'zh-CN' } },
        paragraph: { spacing: { before: 0, after: 0, ...AUTO } },
      },
      title: {
        run: run('title', POINTS.title, theme.boldTitle),
        paragraph: {
          alignment: AlignmentType.CENTER,
          spacing: { before: 0, after: 120, line: 640, lineRule: LineRuleType.EXACT },
          keepNext: true,
        },
      },
      heading1: heading('heading1', 1),
      heading2: heading('heading2', 2),
      heading3: heading('body', 3),
      heading4: heading('body', 4),
      caption: {
        run: run('caption', POINTS.table),
        paragraph: { alignment: AlignmentType.CENTER, spacing: { before: 120, after: 60, ...AUTO } },
      },
    },
    paragraphStyles: [
      style(STYLE.body, '公文正文', run('body', theme.bodySize), {
        spacing: fixed,
        indent,
        alignment: AlignmentType.JUSTIFIED,
      }),
      style(STYLE.plain, '公文正文（顶格）', run('body', theme.bodySize), { spacing: fixed }),
      style(STYLE.subtitle, '公文副标题', run('heading2', theme.bodySize), {
        alignment: AlignmentType.CENTER,
        spacing: { after: 240, ...fixed },
      }),
      style(STYLE.signature, '公文落款', run('body', theme.bodySize), {
        alignment: AlignmentType.RIGHT,
        spacing: fixed,
        indent: { right: theme.bodySize * 20 * 4 },
        keepLines: true,
      }),
      style(STYLE.note, '公文注释', run('body', POINTS.note), { spacing: { before: 40, ...AUTO } }),
      // Exact line spacing would cut pictures and charts off, so their paragraphs grow with them.
      style(STYLE.picture, '公文图片', run('body', POINTS.table), {
        alignment: AlignmentType.CENTER,
        spacing: { before: 60, after: 0, ...AUTO },
      }),
      style(STYLE.tableText, '公文表格', run('table', POINTS.table), { spacing: AUTO }),
      style(STYLE.tableHead, '公文表头', run('tableHead', POINTS.table), { spacing: AUTO }),
      contentsStyle(theme, 1, run('heading1', CONTENTS_POINTS)),
      contentsStyle(theme, 2, run('body', CONTENTS_POINTS)),
    ],
  };
}

/** Entries of the contents by the names that Word knows them by: the page at the right edge behind dots. */
function contentsStyle(
  theme: Theme,
  level: 1 | 2,
  entry: NonNullable<IParagraphStyleOptions['run']>,
): IParagraphStyleOptions {
  return {
    id: `TOC${level}`,
    name: `toc ${level}`,
    basedOn: 'Normal',
    run: entry,
    paragraph: {
      spacing: { line: CONTENTS_LINE, lineRule: LineRuleType.EXACT },
      indent: { left: (level - 1) * theme.bodySize * 40 },
      rightTabStop: TEXT_WIDTH.portrait,
    },
  };
}

function style(
  id: string,
  name: string,
  run: NonNullable<IParagraphStyleOptions['run']>,
  paragraph: NonNullable<IParagraphStyleOptions['paragraph']>,
): IParagraphStyleOptions {
  return { id, name, basedOn: 'Normal', quickFormat: true, run, paragraph };
}
