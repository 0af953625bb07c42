// The text of a report before it is printed: clickable numbers, sentences for nothing found, numbering, masking, checks.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  chineseNumber,
  citationText,
  contradictions,
  dayText,
  maskPersons,
  maskPhones,
  plainText,
  reportText,
  topCategories,
  type Block,
  type Span,
} from '../../domain/reports/index.ts';
import { reportCodes } from '../../domain/statistics/report-codes.ts';
import { orderingWords } from '../../domain/values/ordering-words.ts';
import { figure, reportFigures } from '../support/report-figures.ts';

const spansOf = (blocks: readonly Block[]): Span[] =>
  blocks.flatMap((block) => (block.type === 'paragraph' ? block.spans : []));
const cellsOf = (blocks: readonly Block[]): Span[] =>
  blocks.flatMap((block) =>
    block.type === 'table'
      ? [...block.rows, ...(block.totals ? [block.totals] : [])].flat().filter((cell) => typeof cell !== 'string')
      : [],
  );

test('a number that names a figure prints that figure: its value, numerator, denominator or its share of a group', () => {
  const f = reportFigures();
  const blocks = reportText(f);
  const spans = [...spansOf(blocks), ...cellsOf(blocks)].filter((span) => span.figure);
  expect(spans.length).toBeGreaterThan(80);
  const groups = { village: f.byVillage, category: f.byCategory, class: f.byClass, month: [] };
  const key = {
    foundCount: 'found',
    rectifiedCount: 'rectified',
    unrectified: 'unrectified',
    overdueCount: 'overdue',
    visitedEnterprises: 'visited',
    rectificationRate: 'rate',
  } as const;
  for (const span of spans) {
    const whole = f.figures[span.figure!];
    if (!span.scope) {
      const full = `${whole?.printed}（${whole?.numerator}/${whole?.denominator}）`;
      expect([whole?.printed, String(whole?.numerator), String(whole?.denominator), full], span.figure).toContain(
        span.text,
      );
      continue;
    }
    const row = groups[span.scope.by].find((candidate) => candidate.id === span.scope?.id) as unknown as Record<
      string,
      string | number
    >;
    const year = key[span.figure as keyof typeof key];
    const [code] = Object.entries(key).find(([of]) => reportCodes({ year: of })?.period === span.figure) ?? [];
    const own = code === undefined ? row : (row['period'] as unknown as typeof row);
    const field = year ?? key[code as keyof typeof key];
    expect(span.text, span.figure).toBe(
      String(field === 'visited' && code !== undefined ? row['periodVisited'] : own[field]),
    );
  }
});

test('the text is plain JSON: it crosses a worker boundary and the archive unchanged', () => {
  const blocks = reportText(reportFigures());
  expect(JSON.parse(JSON.stringify(blocks))).toEqual(blocks);
});

test('the standard sentence has its wording', () => {
  const sentences = reportText(reportFigures({ cumulative: undefined as never }))
    .filter((block) => block.type === 'paragraph')
    .map((block) => plainText(block.spans));
  expect(sentences).toContain(
    '截至2026年11月18日，共检查企业268家、531家次，发现问题312项，已完成整改271项，整改率86.9%。',
  );
});

test('a clause whose figure is not given is left out; no gap, no undefined', () => {
  const f = reportFigures();
  const { rectificationRate: _rate, staffDays: _days, ...figures } = f.figures;
  const text = plainText(spansOf(reportText({ ...f, figures })));
  expect(text).toContain('发现问题312项，已完成整改271项。');
  expect(text).not.toMatch(/undefined|，。|，，|整改率。/);
});

describe('nothing found', () => {
  test('in the period while the year has findings: the period says so, the year keeps its sentence', () => {
    const f = reportFigures();
    const text = plainText(
      spansOf(reportText({ ...f, figures: { ...f.figures, periodFoundCount: figure('periodFoundCount', 0) } })),
    );
    expect(text).toContain('本期未发现问题。');
    expect(text).toContain('本年共检查企业268家、531家次，发现问题312项');
    expect(text).not.toContain('发现问题0项');
  });

  test('at all: no rate is printed', () => {
    const f = reportFigures({
      byCategory: [],
      byVillage: [],
      byClass: [],
      byMonth: [],
      overdue: [],
      major: [],
      findings: [],
    });
    const none = {
      ...f.figures,
      foundCount: figure('foundCount', 0),
      rectifiedCount: figure('rectifiedCount', 0),
      rectificationRate: figure('rectificationRate', 0, 0),
      unrectified: figure('unrectified', 0),
      overdueCount: figure('overdueCount', 0),
    };
    const text = reportText({ ...f, figures: none, cumulative: undefined as never })
      .filter((block) => block.type === 'paragraph')
      .map((block) => plainText(block.spans));
    expect(text).toContain('截至2026年11月18日，共检查企业268家、531家次，本期未发现问题。');
    expect(text.join('')).not.toMatch(/整改率(0|100|－)/);
  });
});

test('the share of the main categories is said only when it is the share of just these', () => {
  const f = reportFigures();
  const text = (share: number): string =>
    plainText(
      spansOf(
        reportText({ ...f, figures: { ...f.figures, topCategoryShare: figure('topCategoryShare', share, 312) } }),
      ),
    );
  expect(text(178)).toContain('为主，三类合计占57.1%。');
  expect(text(177)).toContain('为主。');
  expect(topCategories(f.byCategory).map((row) => row.label)).toEqual(['危险废物', '废气、油烟', '环境管理台账']);
});

test('a target is compared by the integers: 94.96 % misses 95 although it prints as 95.0, and what is missing is said', () => {
  const text = (numerator: number, denominator: number): string => {
    const f = reportFigures();
    return plainText(
      spansOf(
        reportText({
          ...f,
          figures: { ...f.figures, rectificationRate: figure('rectificationRate', numerator, denominator) },
        }),
      ),
    );
  };
  expect(text(9496, 10_000)).toContain('距95%的目标还差4项');
  expect(text(19, 20)).toContain('达到95%的目标');
  expect(text(271, 312)).toContain('距95%的目标还差26项');
  expect(text(0, 0)).not.toContain('的目标，');
});

test('contradictions between totals, groups and lists are found before printing', () => {
  const f = reportFigures();
  expect(contradictions(f)).toEqual([]);
  expect(contradictions({ ...f, byVillage: f.byVillage.slice(1) })).toContain(
    '各村居发现问题合计266项，与总数312项不符',
  );
  expect(contradictions({ ...f, overdue: f.overdue.slice(1) })).toEqual(['逾期清单合计12项，与总数13项不符']);
  expect(
    contradictions({ ...f, figures: { ...f.figures, rectificationRate: figure('rectificationRate', 270, 312) } }),
  ).toHaveLength(1);
  // The period against the year, and against the list.
  expect(
    contradictions({ ...f, figures: { ...f.figures, visitCount: figure('visitCount', 40, null, '家次') } }),
  ).toEqual(['本期检查家次41家次，多于检查家次40家次']);
  expect(contradictions({ ...f, findings: f.findings.slice(1) })).toContain('问题清单合计27项，与总数28项不符');
  expect(
    contradictions({ ...f, figures: { ...f.figures, periodClosedCount: figure('periodClosedCount', 0) } }),
  ).toEqual(['问题清单中本期销号7项，多于本期销号数0项']);
});

test('headings count in Chinese, days have no leading zero, what is not known says so', () => {
  expect([1, 10, 11, 20, 21].map(chineseNumber)).toEqual(['一', '十', '十一', '二十', '二十一']);
  expect(['2026-05-01', '2026-05', '2026', '2026-11-18T01:02:03Z', null, '长期'].map(dayText)).toEqual([
    '2026年5月1日',
    '2026年5月',
    '2026年',
    '2026年11月18日',
    '不详',
    '长期',
  ]);
});

describe('masking', () => {
  test.each([
    ['联系13812346021或138 1234 6021', '联系138****6021或138****6021'],
    ['021-52340088', '021-****88'],
    ['信用代码91310115MA1K00015K', '信用代码91310115MA1K00015K'],
    ['编号202611180000123456', '编号202611180000123456'],
    ['+86 13812346021，8613812346021', '+86 138****6021，86138****6021'],
    ['52340088', '****88'],
    ['021-52340088、051265432100', '021-****88、0512****00'],
    ['沪水务排证字第0112023456号', '沪水务排证字第0112023456号'],
    ['苏危废字第0512345678号', '苏危废字第0512345678号'],
    ['身份证310112198503071234', '身份证310112***********4'],
  ])('%s -> %s', (text, masked) => expect(maskPhones(text)).toBe(masked));

  test.each([
    ['王建国', '王**'],
    ['李明', '李*'],
    ['张伟、李强', '张*、李*'],
    ['环保主管 李明', '环保主管 李*'],
    ['车间主任', '车间主任'],
    ['欧阳明华', '欧**'],
    ['镇环保办公室负责人', '镇环保办公室负责人'],
  ])('%s -> %s', (text, masked) => expect(maskPersons(text)).toBe(masked));

  test('no mobile number survives, whatever stands around it', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^1[3-9]\d{9}$/),
        fc.stringMatching(/^[^0-9]{0,6}$/u),
        fc.stringMatching(/^[^0-9]{0,6}$/u),
        (phone, before, after) => !maskPhones(before + phone + after).includes(phone),
      ),
    );
  });
});

test('an article that is not verified is cited by its title alone', () => {
  expect(
    citationText({ lawTitle: '《噪声污染防治法》', documentNo: '主席令第104号', article: '22', verified: true }),
  ).toBe('《噪声污染防治法》（主席令第104号）第22条');
  expect(
    citationText({ lawTitle: '噪声污染防治法', documentNo: '主席令第104号', article: '22', verified: false }),
  ).toBe('《噪声污染防治法》');
});

test('words of authority in our own text are noticed', () => {
  expect(orderingWords('责令改正并处罚')).toEqual(['责令', '处罚']);
  expect(orderingWords('建议尽快整改')).toEqual([]);
  for (const kind of ['week', 'month', 'quarter', 'year'] as const) {
    const blocks = reportText(
      reportFigures({
        kind,
        tasks: [],
        parts: { complaints: { columns: [], rows: [] } },
        labelChanges: [],
        causes: [],
        comparisons: [],
      }),
    );
    expect(orderingWords(JSON.stringify(blocks))).toEqual([]);
  }
});
