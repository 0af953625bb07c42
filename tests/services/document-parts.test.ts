// The parts of a Word document: where one ends, and what stands between.
import { expect, test } from 'vitest';
import { definePaper } from '../../domain/dictionary/paper.ts';
import { makePaper } from '../../services/documents/index.ts';
import { packDocument } from '../../services/documents/layout/document.ts';
import { line } from '../../services/documents/layout/form.ts';
import { gap, listGap } from '../../services/documents/layout/gap.ts';
import { createTheme } from '../../services/documents/layout/theme.ts';
import { elements, openDocx } from '../support/docx.ts';

const theme = createTheme();
/** The paragraph that carries the page of the first of two parts. */
async function endOf(children: ReturnType<typeof line>[]): Promise<string> {
  const parts = [children, [line(theme, '下一部分')]].map((one) => ({
    orientation: 'portrait' as const,
    children: one,
  }));
  const { body } = await openDocx(await packDocument(theme, { title: '甲', orgName: '乙' }, parts));
  return elements(body, 'w:p').find((paragraph) => paragraph.includes('<w:sectPr')) ?? '';
}

test('a part ends with a line of one point, so that no empty page follows a full one; room and text need none of their own', async () => {
  const text = line(theme, '正文');
  for (const room of [gap(theme), listGap()])
    expect(await endOf([text, room])).toMatch(/<w:spacing [^>]*w:line="20" w:lineRule="exact"/);
  expect(await endOf([text])).toContain('正文');
});

test('the last row of a form that stays with what follows does so over the room under it', async () => {
  const paper = definePaper({
    id: 'kept',
    label: '甲',
    of: 'enterprise',
    archive: false,
    given: { opinion: null },
    blocks: [
      { type: 'form', rows: [{ label: '企业意见', text: '{opinion}', height: 16, keepNext: true }] },
      { type: 'paragraph', text: '签字：' },
    ],
  });
  const { body } = await openDocx(await makePaper(paper, { orgName: '乙', opinion: '无异议' }));
  const kept = elements(body.replace(/<w:tbl>.*<\/w:tbl>/s, ''), 'w:p').map((xml) => /<w:keepNext\/>/.test(xml));
  expect(kept[0]).toBe(true);
});
