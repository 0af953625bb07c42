// Marks on a photo, in the photo's own pixels: their geometry.

/** Colour of all marks; visible on most grounds. */
export const MARK_COLOUR = '#e0281a';

/** One mark. A crop cuts the copy when it is saved; only the last one counts. */
export type Mark =
  | { kind: 'ellipse' | 'arrow' | 'crop'; x1: number; y1: number; x2: number; y2: number }
  | { kind: 'text'; x1: number; y1: number; text: string };
export type Tool = Mark['kind'];

/** Line width for a photo so that it is about 4 px where the photo is shown 480 px wide. */
export function lineWidth(width: number, height: number): number {
  return Math.max(3, Math.round(Math.max(width, height) / 130));
}

/** Size of letters of a mark. */
export function letterSize(width: number, height: number): number {
  return Math.max(14, Math.round(Math.max(width, height) / 26));
}

/** The two short strokes of an arrow head, as points. */
export function arrowHead(mark: { x1: number; y1: number; x2: number; y2: number }, size: number): [number, number][] {
  const angle = Math.atan2(mark.y2 - mark.y1, mark.x2 - mark.x1);
  return [angle + Math.PI * 0.84, angle - Math.PI * 0.84].map((a) => [
    mark.x2 + Math.cos(a) * size,
    mark.y2 + Math.sin(a) * size,
  ]);
}

/** Box of a mark with its corners in order. */
export function boxOf(mark: { x1: number; y1: number; x2: number; y2: number }): {
  x: number;
  y: number;
  width: number;
  height: number;
} {
  return {
    x: Math.min(mark.x1, mark.x2),
    y: Math.min(mark.y1, mark.y2),
    width: Math.abs(mark.x2 - mark.x1),
    height: Math.abs(mark.y2 - mark.y1),
  };
}

/** Box of a text mark: its letters with a little ground around them. */
export function textBox(
  mark: { x1: number; y1: number; text: string },
  letters: number,
): { x: number; y: number; width: number; height: number } {
  // Chinese letters are as wide as high; others about half.
  const units = [...mark.text].reduce((sum, letter) => sum + (letter.charCodeAt(0) > 0xff ? 1 : 0.58), 0);
  return { x: mark.x1, y: mark.y1, width: letters * (units + 0.8), height: letters * 1.6 };
}

/** A mark moved, or with `resize` its far corner moved. */
export function moved(mark: Mark, dx: number, dy: number, resize: boolean): Mark {
  if (mark.kind === 'text') return resize ? mark : { ...mark, x1: mark.x1 + dx, y1: mark.y1 + dy };
  if (resize) return { ...mark, x2: mark.x2 + dx, y2: mark.y2 + dy };
  return { ...mark, x1: mark.x1 + dx, y1: mark.y1 + dy, x2: mark.x2 + dx, y2: mark.y2 + dy };
}
