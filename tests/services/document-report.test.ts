// The periodic report as a Word document: page, fonts, tables, charts with their workbooks, and numbers that agree.
import { beforeAll, describe, expect, test } from 'vitest';
import { reportText, type ReportFigures } from '../../domain/reports/index.ts';
import { periodicReport } from '../../services/documents/index.ts';
import {
  attribute,
  canRender,
  elements,
  grids,
  misplacedChildren,
  openDocx,
  paragraphs,
  renderPages,
  tables,
  textOf,
  type OpenDocx,
} from '../support/docx.ts';
import { figure, finding, reportFigures } from '../support/report-figures.ts';

const figures = reportFigures();
/** How many of a list were found in the reported period. */
const foundIn = ({ period }: ReportFigures, rows: ReportFigures['major']): number =>
  rows.filter(({ foundDate }) => (foundDate ?? '') >= period.from && (foundDate ?? '') <= period.to).length;
let docx: OpenDocx;
let bytes: Uint8Array;

beforeAll(async () => {
  bytes = await periodicReport(figures);
  docx = await openDocx(bytes);
});

describe('page', () => {
  test('every section is A4 with the margins of GB/T 9704, wide lists are landscape with the same text block', () => {
    const sections = elements(docx.body, 'w:sectPr');
    expect(sections).toHaveLength(2);
    const size = (xml: string): (string | null)[] => {
      const page = elements(xml, 'w:pgSz')[0] ?? '';
      return [attribute(page, 'w:w'), attribute(page, 'w:h'), attribute(page, 'w:orient')];
    };
    const margins = (xml: string): (string | null)[] => {
      const margin = elements(xml, 'w:pgMar')[0] ?? '';
      return ['w:top', 'w:right', 'w:bottom', 'w:left'].map((name) => attribute(margin, name));
    };
    expect(size(sections[0] ?? '')).toEqual(['11906', '16838', 'portrait']);
    expect(margins(sections[0] ?? '')).toEqual(['2098', '1474', '1984', '1587']);
    expect(size(sections[1] ?? '')).toEqual(['16838', '11906', 'landscape']);
    expect(margins(sections[1] ?? '')).toEqual(['1587', '1984', '1474', '2098']);
  });

  test('page numbers read — 1 —, right on odd pages and left on even ones', async () => {
    expect(await docx.part('word/settings.xml')).toContain('<w:evenAndOddHeaders/>');
    const section = elements(docx.body, 'w:sectPr')[0] ?? '';
    const rels = await docx.part('word/_rels/document.xml.rels');
    const footer = async (type: string): Promise<string> => {
      const reference = elements(section, 'w:footerReference').find((xml) => attribute(xml, 'w:type') === type) ?? '';
      const target = new RegExp(
        `Id="${attribute(reference, 'r:id')}"[^>]*Target="([^"]+)"|Target="([^"]+)"[^>]*Id="${attribute(reference, 'r:id')}"`,
      ).exec(rels);
      return docx.part(`word/${target?.[1] ?? target?.[2] ?? ''}`);
    };
    for (const [type, side] of [
      ['default', 'right'],
      ['even', 'left'],
    ] as const) {
      const xml = await footer(type);
      expect(textOf(xml)).toBe('—  —');
      expect(xml).toContain('PAGE');
      expect(xml).toContain(`<w:jc w:val="${side}"/>`);
      expect(xml).toContain('<w:sz w:val="28"/>');
    }
  });

  test('the title is not an official letterhead: no red, no document number', () => {
    expect(docx.body).not.toMatch(/w:color w:val="FF0000"/i);
    expect(paragraphs(docx.body)[0]).toBe('华漕镇环保管家服务工作月报');
  });
});

describe('fonts', () => {
  test.each([
    ['system', '仿宋', '宋体'],
    ['official', '仿宋_GB2312', '方正小标宋简体'],
  ] as const)(
    'scheme %s names an East Asian font on every run with text and embeds none',
    async (fonts, body, title) => {
      const document = fonts === 'system' ? docx : await openDocx(await periodicReport(figures, { fonts }));
      const styles = await document.part('word/styles.xml');
      const fontOf = (xml: string): string => elements(xml, 'w:rFonts')[0] ?? '';
      // A run names its fonts, or the style of its paragraph does: cells of long tables leave it to that.
      for (const paragraph of elements(document.body, 'w:p')) {
        const id = attribute(elements(paragraph, 'w:pStyle')[0] ?? '', 'w:val');
        const style = elements(styles, 'w:style').find((xml) => attribute(xml, 'w:styleId') === id) ?? '';
        for (const run of elements(paragraph, 'w:r').filter((xml) => textOf(xml).trim() !== '')) {
          const font = fontOf(run) || fontOf(style);
          expect(attribute(font, 'w:eastAsia'), textOf(run)).toBeTruthy();
          expect(attribute(font, 'w:ascii')).toBe('Times New Roman');
        }
      }
      const first = (style: string): string =>
        elements(document.body, 'w:p').find((xml) => xml.includes(`<w:pStyle w:val="${style}"/>`)) ?? '';
      expect(first('StewardBody')).toContain(`w:eastAsia="${body}"`);
      expect(first('Title')).toContain(`w:eastAsia="${title}"`);
      expect(first('Heading1')).toContain('w:eastAsia="黑体"');
      expect(document.paths.filter((path) => path.startsWith('word/fonts/'))).toEqual([]);
    },
  );

  test('body size 小四 changes text and line pitch, tables stay 五号', async () => {
    const small = await openDocx(await periodicReport(figures, { bodySize: 12 }));
    const body = elements(small.body, 'w:p').find((xml) => xml.includes('w:val="StewardBody"')) ?? '';
    expect(body).toContain('<w:sz w:val="24"/>');
    const styles = await small.part('word/styles.xml');
    expect(styles).toMatch(/w:line="440" w:lineRule="exact"|w:lineRule="exact"[^>]*w:line="440"/);
    // The style says the size of tables, and no cell says another.
    const ofTables = elements(styles, 'w:style').find((xml) => attribute(xml, 'w:styleId') === 'StewardTableText');
    expect(ofTables).toContain('<w:sz w:val="21"/>');
    const [table = ''] = elements(small.body, 'w:tbl');
    expect(table).toContain('<w:pStyle w:val="StewardTableText"/>');
    expect(table).not.toContain('<w:sz ');
  });

  test('the list of findings is in 五号: no cell says a size, and none repeats its fonts', () => {
    const list = elements(docx.body, 'w:tbl').at(-1) ?? '';
    expect(list).toContain(finding(0).no);
    expect(list).not.toContain('<w:sz ');
    // The row of totals alone is bold and says so.
    expect(elements(list, 'w:tr').slice(0, -1).join('')).not.toContain('<w:rFonts');
  });

  test('a day in a list stands on one line: its column has room for ten figures', () => {
    // 五号: half a character for a figure, a third for a hyphen, and the padding of dense lists.
    const widths = grids(docx.body);
    const days = tables(docx.body).flatMap((rows, n) =>
      rows.flatMap((row, r) =>
        row.flatMap((cell, c) =>
          cell.split('\n').some((line) => /^\d{4}-\d{2}-\d{2}$/.test(line)) ? [widths[n]?.rows[r]?.[c] ?? 0] : [],
        ),
      ),
    );
    expect(days.length).toBeGreaterThan(3);
    expect(Math.min(...days)).toBeGreaterThanOrEqual(8 * 105 + 2 * 70 + 2 * 25);
  });

  test('body paragraphs indent two characters on fixed pitch; pictures, charts and tables have automatic spacing', async () => {
    const styles = await docx.part('word/styles.xml');
    const style = (id: string): string =>
      elements(styles, 'w:style').find((xml) => attribute(xml, 'w:styleId') === id) ?? '';
    expect(style('StewardBody')).toMatch(/w:firstLineChars="200"/);
    expect(style('StewardBody')).toMatch(/w:lineRule="exact"/);
    for (const id of ['StewardPicture', 'StewardTableText', 'Caption'])
      expect(style(id), id).toMatch(/w:lineRule="auto"/);
    for (const paragraph of elements(docx.body, 'w:p').filter((xml) => xml.includes('<w:drawing>'))) {
      expect(paragraph).toContain('<w:pStyle w:val="StewardPicture"/>');
      expect(paragraph).not.toContain('w:lineRule="exact"');
    }
  });
});

describe('structure', () => {
  const headings = (xml: string, level: number): string[] =>
    elements(xml, 'w:p')
      .filter((paragraph) => paragraph.includes(`<w:pStyle w:val="Heading${level}"/>`))
      .map(textOf);

  test('headings are Word headings, numbered over the sections that are printed', () => {
    expect(headings(docx.body, 1)).toEqual([
      '一、工作概况',
      '二、问题发现与整改',
      '三、重点问题与逾期清单',
      '四、培训与咨询',
      '五、下阶段计划',
      '问题清单（截至2026年11月18日）',
    ]);
    expect(headings(docx.body, 2)).toEqual([
      '（一）总体情况',
      '（二）按问题类别',
      '（三）按村居',
      '（四）按月份',
      '（一）重大问题',
      '（二）逾期清单',
    ]);
  });

  test('the styles of headings carry outline levels, so that the navigation pane lists them', async () => {
    const styles = await docx.part('word/styles.xml');
    for (const level of [1, 2, 3]) {
      const style = elements(styles, 'w:style').find((xml) => attribute(xml, 'w:styleId') === `Heading${level}`) ?? '';
      expect(style).toContain(`<w:outlineLvl w:val="${level - 1}"/>`);
    }
  });

  test('a weekly report has the ranking and leaves out what a week does not report', async () => {
    const week = await openDocx(
      await periodicReport(
        reportFigures({
          kind: 'week',
          title: '华漕镇环保管家服务工作周报',
          tasks: [],
          ranking: [
            { rank: '1', label: '纪王村', found: 41, rectified: 37, rate: '90.2%', coverage: '97.4%', overdue: 0 },
            { rank: '－', label: '诸翟社区', found: 0, rectified: 0, rate: '－', coverage: '100.0%', overdue: 0 },
          ],
        }),
      ),
    );
    expect(headings(week.body, 1).slice(0, -1)).toEqual([
      '一、工作概况',
      '二、问题发现与整改',
      '三、重点问题与逾期清单',
      '四、专项任务完成情况',
      '五、排名情况',
      '六、下阶段计划',
    ]);
    expect(paragraphs(week.body)).toContain('本期无专项任务。');
    expect(tables(week.body).flat()).toContainEqual(['－', '诸翟社区', '0', '0', '－', '100.0%', '0']);
  });

  test('sections chosen by the user win over the kind, and sections without data stay out', async () => {
    const chosen = await openDocx(await periodicReport(figures, { sections: ['findings', 'labels', 'plan'] }));
    expect(headings(chosen.body, 1)).toEqual(['一、问题发现与整改', '二、下阶段计划']);
  });

  test('period and year stand side by side below common headings, and a rate names its span', () => {
    const both = reportText(figures);
    const wide = both.filter((block) => block.type === 'table' && block.columns.some((column) => column.group));
    expect(wide.map((block) => (block as { id: string }).id)).toEqual(['byClass', 'byCategory', 'byVillage']);
    for (const block of wide)
      if (block.type === 'table')
        for (const { heading, group } of block.columns.slice(1))
          expect([heading, ['本月', '本年'].includes(group ?? '')]).toEqual([heading, true]);
    const [table] = tables(docx.body).slice(1);
    expect(table?.[0]).toEqual(['处理类别', '本月', '本年']);
    expect(table?.[1]).toEqual(['', '发现', '已整改', '整改率', '发现', '已整改', '未整改', '逾期', '整改率']);
  });

  test('tables lie on a fixed grid whose columns agree with every cell, rows do not break, headings repeat', () => {
    const all = grids(docx.body);
    expect(all.length).toBeGreaterThanOrEqual(6);
    for (const table of all) {
      expect(table.fixed).toBe(true);
      expect(table.grid.reduce((sum, width) => sum + width, 0)).toBe(table.width);
      for (const row of table.rows) expect(row.reduce((sum, width) => sum + width, 0)).toBe(table.width);
      expect(table.rows.at(-1)).toEqual(table.grid);
    }
    for (const table of elements(docx.body, 'w:tbl')) {
      const rows = elements(table, 'w:tr');
      expect(rows[0]).toContain('<w:tblHeader/>');
      for (const row of rows) expect(row).toContain('<w:cantSplit/>');
    }
    expect(all.slice(0, -1).every((table) => table.width === 8845)).toBe(true);
    expect(all.at(-1)?.width).toBe(12756);
  });

  test('a short table is not cut, and no table leaves a single row to the next page', () => {
    const rowsOf = (table: string): boolean[] => elements(table, 'w:tr').map((row) => row.includes('<w:keepNext'));
    const all = elements(docx.body, 'w:tbl');
    const main = all.find((table) => textOf(table).includes('指标')) ?? '';
    expect(rowsOf(main).slice(0, -1).every(Boolean)).toBe(true);
    expect(rowsOf(main).at(-1)).toBe(false);
    const long = rowsOf(all.at(-1) ?? '');
    expect(long.length).toBeGreaterThan(20);
    expect(long.slice(-3, -1)).toEqual([true, true]);
    expect(long.slice(4, -4)).not.toContain(true);
  });

  test('tables are captioned above and charts below, each numbered through', () => {
    const captions = elements(docx.body, 'w:p')
      .filter((xml) => xml.includes('<w:pStyle w:val="Caption"/>'))
      .map(textOf);
    expect(captions.map((text) => text.slice(0, 2))).toEqual([
      '表1',
      '表2',
      '表3',
      '图1',
      '表4',
      '图2',
      '表5',
      '表6',
      '表7',
      '表8',
    ]);
    expect(docx.body.indexOf('表1')).toBeLessThan(docx.body.indexOf('<w:tbl>'));
    expect(docx.body.indexOf('<w:drawing>')).toBeLessThan(docx.body.indexOf('图1'));
  });
});

describe('figures', () => {
  test('every number in the running text is one of the frozen figures, a day, a period or text that was given', () => {
    const given = [
      ...Object.values(figures.figures).flatMap((f) =>
        f ? [f.printed, String(f.numerator), String(f.denominator ?? '')] : [],
      ),
      ...[...figures.byClass, ...figures.byCategory].flatMap((row) =>
        [row.found, row.rectified, row.unrectified].map(String),
      ),
      ...[figures.major, figures.overdue].map((rows) => String(foundIn(figures, rows))),
      String(figures.major.length),
      `${figures.target}%`,
      '9',
      '26',
    ].map((text) => text.replace('%', ''));
    const allowed = new Set(given);
    const free = new Set([...figures.plan, ...figures.notes].flatMap((text) => text.match(/\d+(\.\d+)?/g) ?? []));
    const text = elements(docx.body, 'w:body')[0]?.replace(/<w:tbl>.*?<\/w:tbl>/gs, '') ?? '';
    const bodyTexts = elements(text, 'w:p')
      .filter((xml) => xml.includes('StewardBody'))
      .map(textOf);
    expect(bodyTexts.length).toBeGreaterThan(8);
    for (const sentence of bodyTexts) {
      const plain = sentence
        .replace(/\d{4}年(?:\d+月)?(?:\d+日)?|\d{4}年度/g, '')
        .replace(/^\d+\.(?=\p{Script=Han}|\d)/u, '');
      for (const number of plain.match(/\d+(?:\.\d+)?/g) ?? []) {
        expect(allowed.has(number) || free.has(number), `${number} in ${sentence}`).toBe(true);
      }
    }
  });

  test('what the preview shows is what Word prints, block by block', () => {
    const printed = paragraphs(docx.body).join('\n');
    for (const block of reportText(figures)) {
      if (block.type === 'paragraph') expect(printed).toContain(block.spans.map((span) => span.text).join(''));
      if (block.type === 'heading') expect(printed).toContain(block.text);
      if (block.type === 'table') {
        const cells = tables(docx.body)
          .flat()
          .map((row) => row.join('|'));
        for (const row of block.rows)
          expect(cells).toContain(row.map((cell) => (typeof cell === 'string' ? cell : cell.text)).join('|'));
      }
    }
  });

  test('another figure changes text and table together', async () => {
    const other: ReportFigures = {
      ...figures,
      figures: { ...figures.figures, overdueCount: figure('overdueCount', 17) },
    };
    const changed = await openDocx(await periodicReport(other));
    expect(textOf(changed.body)).toContain('其中逾期17项');
    expect(tables(changed.body)[2]?.at(-1)).toEqual(['合计', '28', '7', '25.0%', '312', '271', '41', '17', '86.9%']);
  });
});

describe('robustness', () => {
  test('properties stand in the order of the schema, without which Word may call the file damaged', async () => {
    for (const path of docx.paths.filter((name) => /^word\/(document|styles|footer\d+)\.xml$/.test(name))) {
      expect(misplacedChildren(await docx.part(path)), path).toEqual([]);
    }
  });

  test('characters that XML cannot carry are stripped wherever they come from, the rest is kept', async () => {
    const nasty = 'A\u0000\u0008\u000b\u001f\ud800B<b>&"\'\uffffC\udc00𠮷';
    const hostile = reportFigures({
      title: nasty,
      clientName: nasty,
      orgName: nasty,
      plan: [nasty],
      notes: [nasty],
      findings: [finding(0, { description: nasty, enterprise: nasty })],
      byCategory: [{ ...figures.byCategory[0]!, label: nasty }],
      byVillage: [{ ...figures.byVillage[0]!, label: nasty }],
    });
    const opened = await openDocx(await periodicReport(hostile));
    for (const path of opened.paths.filter((name) => name.endsWith('.xml') || name.endsWith('.rels'))) {
      expect(await opened.part(path), path).not.toMatch(
        /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|�/,
      );
    }
    expect(textOf(opened.body)).toContain('B<b>&"\'C𠮷');
  });

  test('500 findings, a description of 2000 characters and missing values all print', async () => {
    const long = '整改要求'.repeat(500);
    const rows = Array.from({ length: 500 }, (_, index) => finding(index));
    rows[7] = finding(7, { description: long });
    rows[8] = finding(8, {
      village: null,
      creditCode: null,
      foundDate: null,
      round: null,
      category: null,
      description: null,
      handlingClass: null,
      responsible: null,
      measure: null,
      deadline: null,
      closedDate: null,
      verification: null,
    });
    const large = await openDocx(await periodicReport(reportFigures({ findings: rows })));
    const list = tables(large.body).at(-1) ?? [];
    expect(list).toHaveLength(502);
    expect(list[8]?.[5]).toBe(long);
    expect(list[9]?.filter((cell) => cell === '－')).toHaveLength(6);
    expect(list.at(-1)?.[1]).toBe('500项');
  });

  test('empty lists print a sentence instead of an empty table', async () => {
    const empty = await openDocx(
      await periodicReport({
        kind: 'month',
        title: '月报',
        clientName: '',
        orgName: '某公司',
        period: { from: '2026-11-01', to: '2026-11-30', label: '2026年11月' },
        asOf: '2026-11-30',
        figures: {
          foundCount: figure('foundCount', 0),
          visitedEnterprises: figure('visitedEnterprises', 3, null, '家'),
          visitCount: figure('visitCount', 4, null, '家次'),
          rectificationRate: figure('rectificationRate', 0, 0),
        },
        byVillage: [],
        byCategory: [],
        byClass: [],
        byMonth: [],
        overdue: [],
        major: [],
        findings: [],
        trainings: [],
        tasks: [],
        parts: { complaints: { columns: [], rows: [] } },
        statusChanges: [],
        plan: [],
        notes: [],
      }),
    );
    expect(elements(empty.body, 'w:tbl')).toEqual([]);
    const text = paragraphs(empty.body);
    expect(text).toContain('截至2026年11月30日，共检查企业3家、4家次，本期未发现问题。');
    for (const sentence of [
      '本期无专项任务。',
      '本期未收到信访件。',
      '本期未组织培训。',
      '截至2026年11月30日，无未销号的重大问题。',
      '截至2026年11月30日，无逾期未整改问题。',
      '本期无问题清单。',
      '下阶段计划待补充。',
    ]) {
      expect(text).toContain(sentence);
    }
    expect(text.join('')).not.toMatch(/0%|NaN|undefined|null/);
  });

  test('phones and persons are masked unless asked for', async () => {
    expect(textOf(docx.body)).not.toContain('13812346021');
    expect(textOf(docx.body)).not.toContain('王建国');
    expect(textOf(docx.body)).toContain('138****6021');
    const shown = await openDocx(await periodicReport(figures, { contacts: 'shown' }));
    expect(textOf(shown.body)).toContain('13812346021');
  });
});

test.runIf(canRender())(
  'LibreOffice opens the report: pages are numbered, the standard sentence and the totals are there',
  async () => {
    const pages = await renderPages(bytes);
    expect(pages.length).toBeGreaterThan(6);
    pages.forEach((page, index) => expect(page.replace(/\s/g, '')).toContain(`—${index + 1}—`));
    const text = pages.join('').replace(/\s/g, '');
    expect(text).toContain(
      '截至2026年11月18日，本年共检查企业268家、531家次，发现问题312项，已完成整改271项，整改率86.9%。',
    );
    expect(text).toContain('合计3928725.0%268312271411386.9%');
  },
);
