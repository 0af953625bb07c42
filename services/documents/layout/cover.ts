// What stands before the text of a long report: a cover, and the contents with their pages.
import { AlignmentType, LineRuleType, Paragraph, TableOfContents, type FileChild } from 'docx';
import type { CoverBlock } from '../../../domain/reports/blocks.ts';
import { titleParagraphs } from './paragraphs.ts';
import { STYLE } from './styles.ts';
import { runs } from './text.ts';
import type { Theme } from './theme.ts';

const centred = (theme: Theme, text: string, points: number, before = 0): Paragraph =>
  new Paragraph({
    style: STYLE.plain,
    alignment: AlignmentType.CENTER,
    spacing: { before, line: points * 30, lineRule: LineRuleType.AT_LEAST },
    children: runs(theme, 'body', text, { points }),
  });

/** The cover: title in the upper half, who it is for and by in the lower. */
export function coverPage(theme: Theme, { title, subtitle, lines }: CoverBlock): FileChild[] {
  return [
    new Paragraph({ style: STYLE.plain, spacing: { before: 2800 } }),
    ...titleParagraphs(theme, title, subtitle),
    ...lines.map(({ label, text }, at) => centred(theme, `${label}：${text}`, theme.bodySize, at === 0 ? 4200 : 0)),
  ];
}

/** The headings of the first two levels, filled in with their pages, which Word can update. */
export function contentsPage(theme: Theme): FileChild[] {
  return [
    new Paragraph({
      style: STYLE.plain,
      alignment: AlignmentType.CENTER,
      spacing: { after: 240 },
      children: runs(theme, 'heading1', '目　录', { points: theme.bodySize }),
    }),
    new TableOfContents('目录', { hyperlink: true, headingStyleRange: '1-2' }),
  ];
}
