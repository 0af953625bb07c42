// Paragraphs by role: title, headings, body, captions, signature.
import { AlignmentType, HeadingLevel, Paragraph, type ParagraphChild } from 'docx';
import { STYLE } from './styles.ts';
import { runs, titleLines } from './text.ts';
import { POINTS, type FontUse, type Theme } from './theme.ts';
import type { ParagraphRole, Span } from '../../../domain/reports/blocks.ts';

/** The title, broken into balanced lines, and a subtitle under it. */
export function titleParagraphs(theme: Theme, text: string, subtitle?: string): Paragraph[] {
  return [
    new Paragraph({
      style: 'Title',
      ...(subtitle && { spacing: { after: 0 } }),
      children: runs(theme, 'title', titleLines(text).join('\n'), {
        points: POINTS.title,
        ...(theme.boldTitle && { bold: true }),
      }),
    }),
    ...(subtitle
      ? [
          new Paragraph({
            style: STYLE.subtitle,
            children: runs(theme, 'heading2', subtitle, { points: theme.bodySize }),
          }),
        ]
      : []),
  ];
}

const HEADINGS = {
  1: HeadingLevel.HEADING_1,
  2: HeadingLevel.HEADING_2,
  3: HeadingLevel.HEADING_3,
  4: HeadingLevel.HEADING_4,
} as const;
const HEADING_FONTS: Readonly<Record<1 | 2 | 3 | 4, FontUse>> = { 1: 'heading1', 2: 'heading2', 3: 'body', 4: 'body' };

/** A heading of Word's own levels: 一、 （一） 1. （1）; the number is part of the text. */
export function headingParagraph(theme: Theme, level: 1 | 2 | 3 | 4, text: string): Paragraph {
  return new Paragraph({
    heading: HEADINGS[level],
    children: runs(theme, HEADING_FONTS[level], text, { points: theme.bodySize }),
  });
}

/** The heading of an annex: in the navigation like a heading, centred like a title. */
export function annexHeading(theme: Theme, text: string): Paragraph {
  return new Paragraph({
    heading: HeadingLevel.HEADING_1,
    alignment: AlignmentType.CENTER,
    indent: { firstLine: 0, firstLineChars: 0 },
    children: runs(theme, 'heading1', text, { points: theme.bodySize }),
  });
}

/** A caption above a table (kept with it) or below a picture. */
export function captionParagraph(theme: Theme, text: string, place: 'above' | 'below'): Paragraph {
  return new Paragraph({
    style: 'Caption',
    keepNext: place === 'above',
    ...(place === 'below' && { spacing: { before: 40, after: 160 } }),
    children: runs(theme, 'caption', text, { points: POINTS.table }),
  });
}

/** A paragraph of the text in its role. */
export function roleParagraph(theme: Theme, role: ParagraphRole, spans: readonly Span[], keepNext = false): Paragraph {
  const children = (points: number, use: FontUse = 'body'): ParagraphChild[] =>
    spans.flatMap((span) => runs(theme, use, span.text, { points }));
  const body = theme.bodySize;
  switch (role) {
    case 'salutation':
      return new Paragraph({ style: STYLE.plain, children: children(body) });
    // Notes and the attachment line stay with what follows, so that no signature stands alone on a page.
    case 'note':
      return new Paragraph({ style: STYLE.note, keepNext: true, children: children(POINTS.note) });
    case 'attachment':
      return new Paragraph({
        style: STYLE.body,
        keepNext: true,
        spacing: { before: theme.bodyLine },
        children: children(body),
      });
    // Signature and day stay together, two lines under what they sign.
    case 'signature':
      return new Paragraph({
        style: STYLE.signature,
        spacing: { before: theme.bodyLine * 2 },
        keepNext: true,
        children: children(body),
      });
    case 'date':
      return new Paragraph({ style: STYLE.signature, keepNext, children: children(body) });
    case 'annexLabel':
      return new Paragraph({ style: STYLE.plain, keepNext: true, children: children(body, 'heading1') });
    default:
      return new Paragraph({ style: STYLE.body, ...(keepNext && { keepNext }), children: children(body) });
  }
}
