// Documents that wait to be fetched: memory does not grow with every document made, and none is forgotten before it can be fetched.
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { Downloads } from '../../host/downloads.ts';

const idOf = (url: string): string => url.slice('files/'.length);
const megabytes = (n: number): Uint8Array => new Uint8Array(n * 1024 * 1024);

test('large documents push out older ones, never the newest, and nothing that is only read when it is fetched', () => {
  const downloads = new Downloads();
  const photo = downloads.offerStream({
    fileName: '照片.jpg',
    mime: 'image/jpeg',
    size: 5_000_000_000,
    open: async () => await Promise.resolve(Readable.from([])),
  });
  const links = [30, 30, 30].map((size, n) => downloads.offer(`报告${n}.docx`, megabytes(size)));
  expect(links.map((link) => downloads.find(idOf(link.url)) !== null)).toEqual([false, true, true]);
  const huge = downloads.offer('总结.docx', megabytes(100));
  expect(downloads.find(idOf(huge.url))?.size).toBe(100 * 1024 * 1024);
  expect(links.some((link) => downloads.find(idOf(link.url)) !== null)).toBe(false);
  expect(downloads.find(idOf(photo.url))).not.toBeNull();
});

test('of many small documents the last fifty can be fetched', () => {
  const downloads = new Downloads();
  const links = Array.from({ length: 60 }, (_, n) => downloads.offer(`${n}.docx`, new Uint8Array(10)));
  expect(links.filter((link) => downloads.find(idOf(link.url)) !== null)).toEqual(links.slice(10));
});

test('a document whose name is long keeps its ending, whoever made the name', () => {
  const { fileName } = new Downloads().offer(`培训签到表_${'危险废物规范化管理'.repeat(20)}.docx`, new Uint8Array(1));
  expect(fileName).toMatch(/^培训签到表_.*\.docx$/);
  expect(Buffer.byteLength(fileName)).toBeLessThanOrEqual(240);
});
