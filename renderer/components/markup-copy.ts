// Draws marks onto a copy of a photo.
import { arrowHead, boxOf, letterSize, lineWidth, MARK_COLOUR, textBox, type Mark } from './markup-shapes.ts';

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
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('the copy could not be encoded'))),
      'image/jpeg',
      0.92,
    );
  });
}
