// What a window says of an error: what the back end said, that it can't be reached, or that the program itself is at fault.
import { ORPCError } from '@orpc/client';
import { beforeAll, afterAll, expect, test, vi } from 'vitest';

// By a name that the compiler does not follow: the tests know no window.
const CLIENT: string = '../../renderer/desk/client.ts';
let sentenceOf: (error: unknown) => string;
beforeAll(async () => {
  vi.stubGlobal('window', { location: { href: 'http://127.0.0.1/x/' } });
  ({ sentenceOf } = (await import(CLIENT)) as { sentenceOf: (error: unknown) => string });
});
afterAll(() => {
  vi.unstubAllGlobals();
});

test('a fault of the program is never told as 连不上后台 (bug: whatever was thrown was called a lost connection)', () => {
  for (const fault of [
    new TypeError('x is undefined'),
    new RangeError('no'),
    'text',
    undefined,
    new DOMException('a'),
  ]) {
    expect(sentenceOf(fault)).toContain('程序自身出错');
    expect(sentenceOf(fault)).not.toContain('连不上后台');
  }
  const sentence = '这个编号已有人用';
  expect(sentenceOf(new ORPCError('REFUSED', { data: { sentence } }))).toBe(sentence);
  expect(sentenceOf(new ORPCError('INTERNAL_SERVER_ERROR', { data: { id: 'ab12' } }))).toContain('编号 ab12');
});
