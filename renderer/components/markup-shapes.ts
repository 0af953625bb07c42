// Marks on a photo, in the photo's own pixels: their geometry, and drawing them onto a copy.

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
  return [angle + Math.PI * 0.84, angle - Math.PI * 0.84].map((a) => [mark.x2 + Math.cos(a) * size, mark.y2 + Math.sin(a) * size]);
}

/** Box of a mark with its corners in order. */
export function boxOf(mark: { x1: number; y1: number; x2: number; y2: number }): { x: number; y: number; width: number; height: number } {
  return { x: Math.min(mark.x1, mark.x2), y: Math.min(mark.y1, mark.y2), width: Math.abs(mark.x2 - mark.x1), height: Math.abs(mark.y2 - mark.y1) };
}

/** Box of a text mark: its letters with a little ground around them. */
export function textBox(mark: { x1: number; y1: number; text: string }, letters: number): { x: number; y: number; width: number; height: number } {
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

function paint(context: CanvasRenderingContext2D, mark: Mark, width: number, letters: number): void {
  context.strokeStyle = MARK_COLOUR;
  context.fillStyle = MARK_COLOUR;
  context.lineWidth = width;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.beginPath();
  if (mark.kind === 'ellipse') {
    const box = boxOf(mark);
    context.ellipse(box.x + box.width / 2, box.y + box.height / 2, box.width / 2, box.height / 2, 0, 0, Math.PI * 2);
    context.stroke();
  } else if (mark.kind === 'arrow') {
    context.moveTo(mark.x1, mark.y1);
    context.lineTo(mark.x2, mark.y2);
    for (const [x, y] of arrowHead(mark, width * 4.5)) {
      context.moveTo(mark.x2, mark.y2);
      context.lineTo(x, y);
    }
    context.stroke();
  } else if (mark.kind === 'text') {
    const box = textBox(mark, letters);
    context.roundRect(box.x, box.y, box.width, box.height, letters / 6);
    context.fill();
    context.fillStyle = '#fff';
    context.font = `${letters}px "Microsoft YaHei UI","PingFang SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif`;
    context.textBaseline = 'middle';
    context.textAlign = 'center';
    context.fillText(mark.text, box.x + box.width / 2, box.y + box.height / 2);
  }
}

/** The marked copy as JPEG, in the photo's own size (or of its crop). @throws when the picture can't be drawn */
export async function markedCopy(image: HTMLImageElement, marks: readonly Mark[]): Promise<Blob> {
  const { naturalWidth: width, naturalHeight: height } = image;
  const crop = marks.findLast((mark) => mark.kind === 'crop');
  const cut = crop && crop.kind !== 'text' ? boxOf(crop) : { x: 0, y: 0, width, height };
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(Math.min(cut.width, width)));
  canvas.height = Math.max(1, Math.round(Math.min(cut.height, height)));
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no drawing surface');
  context.translate(-Math.max(0, cut.x), -Math.max(0, cut.y));
  context.drawImage(image, 0, 0);
  for (const mark of marks) paint(context, mark, lineWidth(width, height), letterSize(width, height));
  return await new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('the copy could not be encoded'))), 'image/jpeg', 0.92);
  });
}
