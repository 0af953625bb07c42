// The library in a worker thread: data and bytes cross, errors keep their code.
import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import { afterAll, expect, test } from 'vitest';
import { DOCUMENT_ERRORS } from '../../services/documents/index.ts';
import { PHOTO_ERRORS } from '../../services/photos/index.ts';
import { openDocx, paragraphs } from '../support/docx.ts';
import { noticeData } from '../support/notice-data.ts';
import { testPhoto } from '../support/photos.ts';
import { reportFigures } from '../support/report-figures.ts';

const pool = (path: string): Piscina =>
  new Piscina({ filename: fileURLToPath(new URL(path, import.meta.url)), maxThreads: 1 });
const documents = pool('../../services/documents/index.ts');
const photos = pool('../../services/photos/index.ts');

afterAll(async () => {
  await Promise.all([documents.destroy(), photos.destroy()]);
});

test('a report made in a worker thread is the report of the same figures', async () => {
  const bytes = (await documents.run(reportFigures(), { name: 'periodicReport' })) as Uint8Array;
  expect(paragraphs((await openDocx(bytes)).body)[0]).toBe('华漕镇环保管家服务工作月报');
});

test('refusals still carry their sentence after they crossed the thread', async () => {
  const notice = await documents
    .run(noticeData({ kind: 'notice' }), { name: 'rectificationNotice' })
    .catch((error: unknown) => error);
  expect(notice).toMatchObject({ message: DOCUMENT_ERRORS.NOTICE_WITHOUT_CONSENT });
  const photo = await photos
    .run(new TextEncoder().encode('<svg/>'), { name: 'inspectPhoto' })
    .catch((error: unknown) => error);
  expect(photo).toMatchObject({ message: PHOTO_ERRORS.PHOTO_SVG });
});

test('photos are inspected in a worker thread', async () => {
  expect(await photos.run(await testPhoto(100, 50), { name: 'inspectPhoto' })).toMatchObject({
    mime: 'image/jpeg',
    width: 100,
    height: 50,
  });
});
