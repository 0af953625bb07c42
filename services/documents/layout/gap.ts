// Room between what stands on a page, and the line that ends a part of a document.
import { LineRuleType, Paragraph } from 'docx';
import { STYLE } from './styles.ts';
import { runs } from './text.ts';
import type { Theme } from './theme.ts';

/** Room under a table or pictures; it also keeps two tables from growing together. */
class Gap extends Paragraph {}

/** Room under a table whose text is printed as large as that of others. */
export const listGap = (): Paragraph => new Gap({ style: STYLE.tableText, spacing: { after: 60 } });

/** Room between tables; with `keepNext` what stands above stays with what follows. */
export function gap(theme: Theme, points = 6, keepNext = false): Paragraph {
  return new Gap({
    style: STYLE.tableText,
    keepNext,
    spacing: { before: 0, after: points * 10 },
    children: runs(theme, 'table', '', { points: 4 }),
  });
}

/**
 * What a part says, ended by a line of one point: the paragraph that ends a part needs room of its own, and a page that is
 * full to its last line would be followed by an empty one.
 */
export function endedPart<T>(children: readonly T[]): (T | Paragraph)[] {
  const last = children.at(-1);
  if (last instanceof Paragraph && !(last instanceof Gap)) return [...children];
  const end = new Paragraph({
    style: STYLE.tableText,
    spacing: { before: 0, after: 0, line: 20, lineRule: LineRuleType.EXACT },
  });
  return [...(last instanceof Gap ? children.slice(0, -1) : children), end];
}
