// Photos: a marked copy stands for its original, which is never lost from sight; marks keep their place.
import { expect, test } from 'vitest';
import { arrowHead, boxOf, moved, textBox } from '../../renderer/components/markup-shapes.ts';
import { originalOf, shownPhotos } from '../../renderer/components/photo-sets.ts';

const photo = (id: string, originalId: string | null = null) =>
  ({ id, originalId }) as Parameters<typeof originalOf>[0];

test('the original of a marked copy is not shown beside it, and is one step away', () => {
  const photos = [photo('a'), photo('b'), photo('a2', 'a'), photo('a3', 'a2')];
  expect(shownPhotos(photos).map((one) => one.id)).toEqual(['b', 'a3']);
  expect(originalOf(photo('a3', 'a2'), photos)?.id).toBe('a');
  expect(originalOf(photo('b'), photos)).toBeNull();
});

test('a copy whose original is missing, or a circle of copies, does not hang', () => {
  expect(originalOf(photo('x', 'gone'), [photo('x', 'gone')])).toBeNull();
  const circle = [photo('p', 'q'), photo('q', 'p')];
  expect(originalOf(circle[0] as never, circle)?.id).toBe('q');
});

test('a mark drawn from right to left has the same box', () => {
  expect(boxOf({ x1: 90, y1: 80, x2: 10, y2: 20 })).toEqual({ x: 10, y: 20, width: 80, height: 60 });
});

test('moving keeps the size, resizing keeps the start', () => {
  const mark = { kind: 'ellipse', x1: 10, y1: 10, x2: 30, y2: 20 } as const;
  expect(moved(mark, 5, 5, false)).toEqual({ ...mark, x1: 15, y1: 15, x2: 35, y2: 25 });
  expect(moved(mark, 5, 5, true)).toEqual({ ...mark, x2: 35, y2: 25 });
});

test('the head of an arrow points back from its tip', () => {
  for (const [x] of arrowHead({ x1: 0, y1: 0, x2: 100, y2: 0 }, 20)) expect(x).toBeLessThan(100);
});

test('Chinese letters get more room than digits', () => {
  expect(textBox({ x1: 0, y1: 0, text: '无标签' }, 20).width).toBeGreaterThan(
    textBox({ x1: 0, y1: 0, text: '123' }, 20).width,
  );
});
