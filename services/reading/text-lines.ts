// The text of a page that holds text, as lines: pieces that stand next to each other on one line belong together.
import { sureLine, type ReadLine } from '../../domain/scans/lines.ts';
import type { TextPiece } from '../pages/index.ts';

/** A gap of more than so many heights parts two lines: a label and what stands far right of it. */
const GAP = 1.6;

const sameRow = (a: TextPiece, b: TextPiece): boolean => Math.abs(a.y - b.y) < 0.5 * Math.max(a.height, b.height);

function joined(a: TextPiece, b: TextPiece): TextPiece {
  const end = Math.max(a.x + a.width, b.x + b.width);
  return { ...a, text: a.text + b.text, width: end - a.x, height: Math.max(a.height, b.height) };
}

/** Pieces of text as lines, from above and from the left. */
export function linesOfText(pieces: readonly TextPiece[], ratio: number): ReadLine[] {
  const sorted = [...pieces].sort((a, b) => (sameRow(a, b) ? a.x - b.x : a.y - b.y));
  const lines: TextPiece[] = [];
  for (const piece of sorted) {
    const last = lines.at(-1);
    // Widths are shares of the width of the page, heights of its height.
    const gap = last ? (piece.x - last.x - last.width) * ratio : 0;
    if (last && sameRow(last, piece) && gap < GAP * piece.height) lines[lines.length - 1] = joined(last, piece);
    else lines.push(piece);
  }
  return lines.map(({ text, ...place }) => sureLine(text.trim(), place));
}
