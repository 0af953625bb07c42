// Text on its way into a document: characters that XML or Word cannot carry are taken out, line breaks kept.
import { RunProperties, TextRun, type IContext, type IRunPropertiesOptions, type IXmlableObject } from 'docx';
import { fontOf, halfPoints, type FontUse, type Theme } from './theme.ts';

// XML 1.0 allows tab, line feed and U+0020 up, without lone surrogates, U+FFFE and U+FFFF.
const ILLEGAL = new RegExp(
  [
    /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u0084\u0086-\u009F\uFFFE\uFFFF]/,
    /[\uD800-\uDBFF](?![\uDC00-\uDFFF])/,
    /(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/,
  ]
    .map((part) => part.source)
    .join('|'),
  'g',
);

/** Text that is legal in XML, with every kind of line end as `\n`. */
export function cleanText(text: string): string {
  return text.replace(/\r\n?|\u0085|\u2028|\u2029|\u000B|\u000C/g, '\n').replace(ILLEGAL, '');
}

/** How runs look: written as XML once, however many runs have it. A long table has tens of thousands of the same look. */
class Look extends RunProperties {
  #written: IXmlableObject | undefined;

  override prepForXml(context: IContext): IXmlableObject | undefined {
    return (this.#written ??= super.prepForXml(context));
  }
}

class LookedRun extends TextRun {
  constructor(look: Look, text: string, broken: boolean) {
    super({ text, ...(broken && { break: 1 }) });
    this.root[0] = look;
  }
}

/** What a run says of its look beside its font. */
type RunLook = Pick<IRunPropertiesOptions, 'bold' | 'color'> & { readonly points?: number };

const looks = new WeakMap<Theme, Map<string, Look>>();

function lookOf(theme: Theme, use: FontUse, { points, ...rest }: RunLook): Look {
  const known = looks.get(theme) ?? new Map<string, Look>();
  looks.set(theme, known);
  const key = `${use} ${points ?? ''} ${rest.bold ?? ''} ${rest.color ?? ''}`;
  const size = points === undefined ? null : halfPoints(points);
  const look =
    known.get(key) ??
    new Look({ ...rest, ...(size !== null && { size, sizeComplexScript: size }), font: fontOf(theme, use) });
  known.set(key, look);
  return look;
}

/** Runs of a text that look as the style of their paragraph says; `\n` becomes a line break. */
export function plainRuns(text: string): TextRun[] {
  return cleanText(text)
    .split('\n')
    .map((line, index) => new TextRun({ text: line, ...(index > 0 && { break: 1 }) }));
}

/** Runs of a text in a font; `\n` becomes a line break. Every run names its East Asian font. */
export function runs(theme: Theme, use: FontUse, text: string, options: RunLook = {}): TextRun[] {
  const look = lookOf(theme, use, options);
  return cleanText(text)
    .split('\n')
    .map((line, index) => new LookedRun(look, line, index > 0));
}

/**
 * Lines of a title, broken between words so that they are of about the same length (domain reference 5.1).
 * @param most characters that fit on one line
 */
export function titleLines(text: string, most = 20): string[] {
  const clean = cleanText(text).replaceAll('\n', '');
  const length = [...clean].length;
  if (length <= most) return [clean];
  const wanted = Math.ceil(length / Math.ceil(length / most));
  const words = [...new Intl.Segmenter('zh', { granularity: 'word' }).segment(clean)].map((part) => part.segment);
  const lines: string[] = [];
  let line = '';
  for (const word of words) {
    const next = [...line].length + [...word].length;
    // Break where the line comes nearest to the wanted length, never beyond the page.
    const overfull = next > most || Math.abs(next - wanted) > Math.abs([...line].length - wanted);
    if (line !== '' && overfull && !/^[）》”、，。：]/u.test(word)) {
      lines.push(line);
      line = '';
    }
    line += word;
  }
  return [...lines, line];
}
