// Papers of the dictionary: what each names exists, and a new one needs nothing but its description.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { definePaper } from '../../domain/dictionary/paper.ts';
import { DOCUMENT_KINDS } from '../../domain/documents/entities.ts';
import { permit } from '../../domain/formalities/entities.ts';
import { contact } from '../../domain/enterprises/entities.ts';
import { entityNamed, hasEntity, PAPERS } from '../../domain/entities.ts';
import {
  fieldAt,
  fieldOf,
  PAPER_OWN,
  PAPER_PHOTOS,
  pathsOfBlocks,
  pathsOfText,
  placesOf,
} from '../../domain/papers.ts';
import { addAttachment } from '../../services/attachments/index.ts';
import { makePaper } from '../../services/documents/index.ts';
import { paperText } from '../../services/paper-words/index.ts';
import { paperFile, readPaper } from '../../services/papers/index.ts';
import { closeWorkers } from '../../services/workers/index.ts';
import { attribute, elements, misplacedChildren, openDocx, paragraphs, tables, textOf } from '../support/docx.ts';
import { testPhoto } from '../support/photos.ts';
import { bring, makeCode, onFile, openDesk, sheet, type TestDesk } from '../support/register-import.ts';

describe.each(PAPERS.map((paper) => [paper.id, paper] as const))('%s', (_, paper) => {
  test('names a kind, fields and values that exist: a slip would leave an empty place on paper', () => {
    expect(hasEntity(paper.of)).toBe(true);
    const known = (path: string): boolean =>
      path in paper.given ||
      fieldOf(paper, path.split('.')) !== null ||
      (PAPER_OWN as readonly string[]).includes(path) ||
      path.split('.')[0] === PAPER_PHOTOS ||
      hasEntity(path);
    const named = [
      ...pathsOfBlocks(paper.blocks),
      ...[paper.title, paper.file].flatMap(pathsOfText).map((path) => ({ path, within: [] })),
    ];
    expect(named.filter((one) => !placesOf(one).some(known)).map(({ path }) => path)).toEqual([]);
    const lost = Object.values(paper.given).filter((field) => {
      const [kind = '', ...path] = field?.split('.') ?? [];
      return field !== null && !(hasEntity(kind) && fieldAt(entityNamed(kind), path));
    });
    expect(lost).toEqual([]);
  });
});

test('ids of papers are their own, and the archive knows those that are kept by their labels', () => {
  expect(new Set(PAPERS.map(({ id }) => id)).size).toBe(PAPERS.length);
  expect(Object.entries(DOCUMENT_KINDS.labels)).toEqual(
    PAPERS.filter(({ archive }) => archive).map(({ id, label }) => [id, label]),
  );
});

describe('a made-up paper', () => {
  let t: TestDesk;
  beforeEach(async () => {
    t = await openDesk();
  });
  afterEach(async () => {
    await t.close();
    await closeWorkers();
  });

  const paper = definePaper({
    id: 'visiting_card',
    label: '走访卡',
    of: 'enterprise',
    archive: true,
    title: '走访卡（{name}）',
    file: '走访卡_{name}_{today}',
    blocks: [
      { type: 'title', text: '走访卡', subtitle: '{name}' },
      { type: 'heading', text: '基本情况' },
      {
        type: 'form',
        rows: ['creditCode', 'villageId', 'legalRep', { label: '规模', text: '{scale|未填}' }],
      },
      { type: 'paragraph', text: '{orgName|本单位}于{today}走访[，职工{employees}][，占地{siteArea}]。' },
      { type: 'heading', text: '联系人' },
      { type: 'table', of: 'contact', by: 'mobile' },
      { type: 'heading', text: '许可' },
      { type: 'table', of: 'permit', columns: ['number', 'managementClass', 'validTo'], none: '没有许可证。' },
      { type: 'heading', text: '处罚' },
      { type: 'table', of: 'product', none: '没有登记产品。' },
      { type: 'heading', text: '照片', when: 'attachments.all' },
      { type: 'photos', of: 'attachments.photo' },
      { type: 'heading', text: '档案' },
      { type: 'fields', skip: ['name'] },
      {
        type: 'signatures',
        boxes: [{ label: '企业（签字）：' }, { label: '走访人：', names: '{operatorName}', day: 'today' }],
      },
    ],
  });

  async function enterpriseId(): Promise<string> {
    await bring(t.ctx, [
      sheet([
        ['企业名称', '统一社会信用代码', '对象类型', '村居', '地址', '联系人', '联系电话', '职工人数', '法定代表人'],
        [
          '上海绿屏汽车修理有限公司',
          makeCode('MA1A'),
          '汽修',
          '许浦村',
          '繁兴路1号',
          '王建国',
          '13800000001',
          12,
          '周大明',
        ],
      ]),
    ]);
    const id = String((await onFile(t.ctx))[0]?.id);
    await t.ctx.store.withAction({ name: '证', actor: '甲', source: 'form' }, async (tx) => {
      await tx.insert(permit, {
        enterpriseId: id,
        managementClass: 'registration',
        number: 'P1',
        validTo: '2028-03-15',
      });
      await tx.insert(contact, {
        enterpriseId: id,
        name: '李敏',
        post: 'env_manager',
        mobile: '13700000009',
        seq: 2,
      } as never);
    });
    const bytes = await testPhoto(800, 600, { text: '门口' });
    await addAttachment(t.ctx, {
      ownerEntity: 'enterprise',
      ownerId: id,
      bytes,
      name: '门口.jpg',
      kind: 'photo',
      caption: '门口',
      originalId: null,
    });
    return id;
  }

  test('is made from its description: labels, words, parts, photos and masking come from the dictionary', async () => {
    const id = await enterpriseId();
    const { data, photos } = await readPaper(t.ctx, paper, id);
    expect(JSON.parse(JSON.stringify(data))).toEqual(data);
    const docx = await openDocx(await makePaper(paper, data, { photos }));
    expect(misplacedChildren(docx.body)).toEqual([]);
    const text = textOf(docx.body);
    const [form, contacts, permits, , file] = tables(docx.body);
    expect(form?.[0]?.[0]).toBe('统一社会信用代码');
    expect(form?.flat()).toContain('许浦村');
    expect(form?.flat()).toContain('周**');
    expect(form?.flat()).toContain('未填');
    expect(text).toContain('走访，职工12 人。');
    expect(contacts?.slice(1).map((row) => row.slice(0, 1))).toEqual([['李*'], ['王**']]);
    expect(contacts?.flat()).toContain('138****0001');
    expect(permits).toEqual([
      ['证书/登记编号', '管理类别', '有效期至'],
      ['P1', '登记管理', '2028-03-15'],
    ]);
    expect(paragraphs(docx.body)).toContain('没有登记产品。');
    expect(elements(docx.body, 'wp:extent').map((extent) => Number(attribute(extent, 'cx')) > 0)).toEqual([true]);
    expect(file?.flat()).toContain('汽修');
    expect(paperText(paper, data, paper.file)).toMatch(/^走访卡_上海绿屏汽车修理有限公司_\d{4}年\d{1,2}月\d{1,2}日$/);
    const shown = textOf((await openDocx(await makePaper(paper, data, { photos, contacts: 'shown' }))).body);
    expect(shown).toContain('13800000001');
    expect(shown).toContain('周大明');
  });

  test('numbers its headings over those printed; nothing of what is not known is left as a gap', async () => {
    const id = await enterpriseId();
    const { data } = await readPaper(t.ctx, paper, id);
    const docx = await openDocx(await makePaper(paper, { ...data, attachments: {} }));
    const headings = elements(docx.body, 'w:p')
      .filter((xml) => xml.includes('w:val="Heading1"'))
      .map(textOf);
    expect(headings).toEqual(['一、基本情况', '二、联系人', '三、许可', '四、处罚', '五、档案']);
    expect(textOf(docx.body)).not.toMatch(/undefined|null|\{|\}|\[|\]|，。/);
  });

  test('a paper whose values its capability brings is not made without them', async () => {
    const id = await enterpriseId();
    await expect(paperFile(t.ctx, 'dossier', id)).rejects.toMatchObject({ code: 'REFUSED' });
    await expect(paperFile(t.ctx, 'no_such', id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
