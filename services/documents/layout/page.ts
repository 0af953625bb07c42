// The GB/T 9704 page: A4, its margins, page numbers, and landscape pages for wide tables.
import {
  AlignmentType,
  Footer,
  PageNumber,
  PageOrientation,
  Paragraph,
  SectionType,
  TextRun,
  type FileChild,
  type ISectionOptions,
} from 'docx';
import { fontOf, halfPoints, POINTS, type Theme } from './theme.ts';

/** A4 and margins in twips (domain reference 5.1): 37 mm on top, 28 mm left, a text block of 156 x 225 mm. */
export const PAGE = {
  width: 11906,
  height: 16838,
  top: 2098,
  left: 1587,
  right: 1474,
  bottom: 1984,
  /** The number stands about 7 mm under the text block. */
  footer: 1310,
} as const;

/** Margins of a page that holds as much as it can. */
const NARROW = 850;

/** Width of the text block in twips. */
export const TEXT_WIDTH = {
  portrait: PAGE.width - PAGE.left - PAGE.right,
  narrow: PAGE.width - 2 * NARROW,
  landscape: PAGE.height - PAGE.top - PAGE.bottom,
} as const;

export type Orientation = keyof typeof TEXT_WIDTH;

/** Twips of a length in millimetres. */
export function mm(length: number): number {
  return Math.round((length * 1440) / 25.4);
}

/** One part of a document with its page orientation. */
export interface DocumentPart {
  readonly orientation: Orientation;
  readonly children: readonly FileChild[];
}

/** A landscape sheet is bound with its top at the left of the file: the binding margin is its top. */
const MARGINS = {
  portrait: {
    top: PAGE.top,
    right: PAGE.right,
    bottom: PAGE.bottom,
    left: PAGE.left,
    header: 1304,
    footer: PAGE.footer,
    gutter: 0,
  },
  landscape: {
    top: PAGE.left,
    right: PAGE.bottom,
    bottom: PAGE.right,
    left: PAGE.top,
    header: 850,
    footer: 800,
    gutter: 0,
  },
  narrow: { top: NARROW, right: NARROW, bottom: NARROW, left: NARROW, header: 400, footer: 400, gutter: 0 },
} as const;

/** The section of a part: page, margins and page numbers running through the whole document. */
export function section(theme: Theme, part: DocumentPart): ISectionOptions {
  const landscape = part.orientation === 'landscape';
  return {
    properties: {
      type: SectionType.NEXT_PAGE,
      page: {
        // docx swaps width and height of landscape pages itself.
        size: {
          width: PAGE.width,
          height: PAGE.height,
          orientation: landscape ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT,
        },
        // A landscape sheet is bound with its top at the left of the file: the binding margin is its top.
        margin: MARGINS[part.orientation],
      },
    },
    footers: { default: pageNumber(theme, 'odd'), even: pageNumber(theme, 'even') },
    children: part.children,
  };
}

/** `— 1 —` in 四号, one character in from the right on odd pages, from the left on even ones. */
function pageNumber(theme: Theme, pages: 'odd' | 'even'): Footer {
  const size = halfPoints(POINTS.pageNumber);
  const run = (children: (string | (typeof PageNumber)[keyof typeof PageNumber])[]): TextRun =>
    new TextRun({ children, size, sizeComplexScript: size, font: fontOf(theme, 'pageNumber') });
  return new Footer({
    children: [
      new Paragraph({
        style: 'Footer',
        alignment: pages === 'odd' ? AlignmentType.RIGHT : AlignmentType.LEFT,
        indent: pages === 'odd' ? { right: POINTS.pageNumber * 20 } : { left: POINTS.pageNumber * 20 },
        children: [run(['— ', PageNumber.CURRENT, ' —'])],
      }),
    ],
  });
}
