// How cells of our sheets look: few looks, each written once and named by its number.

/** A look of a cell. */
export interface CellLook {
  /** Excel's number format; `@` keeps text what it is. */
  readonly format: string;
  readonly align: 'left' | 'center' | 'right';
  readonly bold?: true;
  /** Headings have a ground, titles are larger and both have no filter; notes stand free. */
  readonly as?: 'title' | 'note' | 'heading';
}

const FONT = '宋体';
/** Formats that Excel has numbers for; others get theirs from 164 on. */
const KNOWN: Readonly<Record<string, number>> = { General: 0, '0': 1, '0.00': 2, '0%': 9, '0.00%': 10, '@': 49 };
const OWN_FORMATS = 164;
const FONTS = [
  `<font><sz val="10.5"/><name val="${FONT}"/><charset val="134"/></font>`,
  `<font><b/><sz val="10.5"/><name val="${FONT}"/><charset val="134"/></font>`,
  `<font><b/><sz val="16"/><name val="${FONT}"/><charset val="134"/></font>`,
];
const APPLIED = ['NumberFormat', 'Font', 'Fill', 'Border', 'Alignment'].map((what) => `apply${what}="1"`).join(' ');
const EDGE = '<color rgb="FF7F7F7F"/>';
const BORDERS = [
  '<border><left/><right/><top/><bottom/><diagonal/></border>',
  `<border>${['left', 'right', 'top', 'bottom'].map((side) => `<${side} style="thin">${EDGE}</${side}>`).join('')}<diagonal/></border>`,
];
const FILLS = [
  '<fill><patternFill patternType="none"/></fill>',
  '<fill><patternFill patternType="gray125"/></fill>',
  '<fill><patternFill patternType="solid"><fgColor rgb="FFEAEFEA"/><bgColor indexed="64"/></patternFill></fill>',
];
const list = (name: string, items: readonly string[]): string =>
  `<${name} count="${items.length}">${items.join('')}</${name}>`;

/** The looks that a workbook uses. */
export class Looks {
  readonly #numbers = new Map<string, number>();
  readonly #written = ['<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'];
  readonly #formats: string[] = [];

  /** The number of a look. */
  of(look: CellLook): number {
    const key = `${look.format} ${look.align} ${look.bold ?? ''} ${look.as ?? ''}`;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.#written.push(this.#xf(look)) - 1;
    this.#numbers.set(key, number);
    return number;
  }

  #xf({ format, align, bold, as }: CellLook): string {
    const font = as === 'title' ? 2 : bold || as === 'heading' ? 1 : 0;
    const free = as === 'title' || as === 'note';
    const alignment = `<alignment horizontal="${align}" vertical="center"${as === 'title' ? '' : ' wrapText="1"'}/>`;
    const parts = [
      `numFmtId="${this.#format(format)}" fontId="${font}" fillId="${as === 'heading' ? 2 : 0}"`,
      `borderId="${free ? 0 : 1}" xfId="0" ${APPLIED}`,
    ];
    return `<xf ${parts.join(' ')}>${alignment}</xf>`;
  }

  #format(format: string): number {
    const known = KNOWN[format];
    if (known !== undefined) return known;
    if (!this.#formats.includes(format)) this.#formats.push(format);
    return OWN_FORMATS + this.#formats.indexOf(format);
  }

  /** The part `xl/styles.xml`. */
  xml(): string {
    const formats = this.#formats.map((code, at) => `<numFmt numFmtId="${OWN_FORMATS + at}" formatCode="${code}"/>`);
    return [
      `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">`,
      formats.length > 0 ? list('numFmts', formats) : '',
      list('fonts', FONTS),
      list('fills', FILLS),
      list('borders', BORDERS),
      '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
      list('cellXfs', this.#written),
      '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
    ].join('');
  }
}
