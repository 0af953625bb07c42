// Fonts and sizes of a document: two schemes of font names (never embedded) and the body size.
import type { IFontAttributesProperties } from 'docx';

/** `official`: the names GB/T 9704 asks for; `system`: what every Windows and WPS has. */
export type FontScheme = 'official' | 'system';

/** Body size in points: 三号, 四号, 小四 (domain reference 5.1). */
export type BodySize = 16 | 14 | 12;

/** Options that every document takes. */
export interface LayoutOptions {
  /** Default `system`. */
  readonly fonts?: FontScheme;
  /** Default 16. */
  readonly bodySize?: BodySize;
}

/** Fonts by use. */
export type FontUse = 'title' | 'heading1' | 'heading2' | 'body' | 'table' | 'tableHead' | 'caption' | 'pageNumber';

const SCHEMES: Readonly<Record<FontScheme, Readonly<Record<FontUse, string>>>> = {
  official: {
    title: '方正小标宋简体',
    heading1: '黑体',
    heading2: '楷体_GB2312',
    body: '仿宋_GB2312',
    table: '宋体',
    tableHead: '黑体',
    caption: '黑体',
    pageNumber: '宋体',
  },
  system: {
    title: '宋体',
    heading1: '黑体',
    heading2: '楷体',
    body: '仿宋',
    table: '宋体',
    tableHead: '黑体',
    caption: '黑体',
    pageNumber: '宋体',
  },
};

/** Latin letters and digits everywhere but in the page number. */
export const LATIN_FONT = 'Times New Roman';

/** Sizes in points: 二号, 五号, 小五, 四号. */
export const POINTS = { title: 22, table: 10.5, note: 9, pageNumber: 14 } as const;

/** Everything the layout functions need to know about looks. */
export interface Theme {
  readonly names: Readonly<Record<FontUse, string>>;
  /** The title is bold only where it is not set in 小标宋. */
  readonly boldTitle: boolean;
  readonly bodySize: BodySize;
  /** Fixed line pitch of the body, twips. */
  readonly bodyLine: number;
}

/** The theme for the options. */
export function createTheme(options: LayoutOptions = {}): Theme {
  const scheme = options.fonts ?? 'system';
  const bodySize = options.bodySize ?? 16;
  return {
    names: SCHEMES[scheme],
    boldTitle: scheme === 'system',
    bodySize,
    bodyLine: { 16: 560, 14: 520, 12: 440 }[bodySize],
  };
}

/**
 * Font attributes of a run. The hint gives quotation marks, dashes and dots that Latin and Chinese share to the
 * Chinese font; digits and letters stay in Times New Roman.
 */
export function fontOf(theme: Theme, use: FontUse): IFontAttributesProperties {
  const latin = use === 'pageNumber' ? theme.names.pageNumber : LATIN_FONT;
  return { ascii: latin, hAnsi: latin, cs: latin, eastAsia: theme.names[use], hint: 'eastAsia' };
}

/** Half-points, the unit of run sizes. */
export function halfPoints(points: number): number {
  return Math.round(points * 2);
}
