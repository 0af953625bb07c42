// What authorities decided and rated: facts of their papers, as they stand there (domain reference 2.5).
import { defineEntity } from '../dictionary/entity.ts';
import { choice, day, fourState, integer, longText, money, text } from '../dictionary/field.ts';
import { vocabulary } from '../dictionary/vocabulary.ts';
import { enterpriseId, fileFacets, ofEnterprise } from '../enterprises/part.ts';

/** Colour in which a grade is shown, whatever its scheme calls it. */
export const CREDIT_RANKS = vocabulary({ r1: '一档（最好）', r2: '二档', r3: '三档', r4: '四档', r5: '五档' });

export const penalty = defineEntity({
  name: 'penalty',
  label: '行政处罚',
  ...ofEnterprise,
  title: 'documentNo',
  once: [['documentNo']],
  scanned: [
    {
      id: 'penalty_decision',
      label: '行政处罚决定书',
      words: ['处罚决定书', '行政处罚决定', '行政处罚', '处罚决定'],
      number: 'documentNo',
      byNumber: true,
    },
  ],
  facets: fileFacets({
    file: { tab: 'penalty', order: 1, count: true },
    timeline: {
      day: 'decisionDate',
      title: '行政处罚：{documentNo}',
      detail: '{facts}',
      who: '{authority}',
      glyph: 'i-clip',
      enterprise: 'enterpriseId',
    },
    dossier: { section: 'credit', order: 1, by: 'decisionDate' },
    register: {
      order: 37,
      find: ['documentNo'],
      ledger: { only: true, called: ['处罚', '行政处罚', '处罚公示'] },
    },
    attach: ['document', 'signed_paper'],
    since: 4,
  }),
  fields: {
    enterpriseId,
    documentNo: text({
      label: '决定书文号',
      required: 'F',
      level: 'must',
      max: 100,
      list: true,
      headings: ['处罚决定书文号', '行政处罚决定书文号', '处罚文号', '决定书编号', '处罚决定书编号', '行政处罚文号'],
    }),
    authority: text({
      label: '作出部门',
      max: 100,
      list: true,
      headings: ['处罚机关', '处罚部门', '处罚单位', '作出机关', '执法部门', '决定机关'],
    }),
    decisionDate: day({
      label: '决定日期',
      level: 'must',
      happened: true,
      list: true,
      headings: ['处罚决定日期', '处罚日期', '处罚时间'],
    }),
    facts: longText({
      label: '违法事实',
      max: 2000,
      list: true,
      headings: ['违法行为', '主要事实', '主要违法事实', '案由', '处罚事由'],
    }),
    legalBasis: longText({ label: '处罚依据', max: 1000, headings: ['法律依据', '处罚法律依据'] }),
    amount: money({ label: '罚款金额', list: true, headings: ['处罚金额', '罚款数额', '罚款', '罚金', '罚没金额'] }),
    otherMeasures: text({ label: '其他处罚', max: 200, headings: ['处罚种类', '处罚类别', '处罚内容'] }),
    executed: fourState({
      label: '已履行',
      list: true,
      headings: ['履行情况', '执行情况', '是否履行', '是否执行', '是否缴纳', '缴款情况'],
    }),
    rectified: fourState({
      label: '已改正',
      list: true,
      headings: ['改正情况', '是否改正', '整改情况', '是否整改', '是否整改到位'],
    }),
    source: text({ label: '来源', max: 200, help: '公示网址或文件名', headings: ['数据来源', '公示网址'] }),
  },
  indexes: [['enterpriseId', 'decisionDate'], ['decisionDate']],
  checks: [
    {
      code: 'AMOUNT_NEGATIVE',
      field: 'amount',
      severity: { form: 'error', import: 'warn', handoff: 'warn' },
      run: ({ amount }) => (amount !== null && amount < 0 ? '罚款金额不能是负数' : null),
    },
  ],
});

export const creditRating = defineEntity({
  name: 'creditRating',
  label: '信用评价',
  ...ofEnterprise,
  title: 'gradeText',
  once: [['year', 'schemeName']],
  facets: fileFacets({
    file: { tab: 'credit', order: 2, count: true },
    dossier: { section: 'credit', order: 2, by: 'year' },
    register: {
      order: 38,
      find: ['year', 'schemeName'],
      together: true,
      ledger: {
        only: true,
        called: ['环境信用', '信用评价结果', '信用'],
        titled: 'year',
        across: { by: 'year', value: 'gradeText' },
      },
    },
    attach: ['document'],
    since: 4,
  }),
  fields: {
    enterpriseId,
    year: integer({
      label: '评价年度',
      required: 'F',
      level: 'must',
      min: 2000,
      max: 2100,
      list: true,
      headings: ['年度', '评价年份'],
    }),
    schemeName: text({ label: '评价办法', max: 100, list: true, headings: ['方案名称', '评价方案'] }),
    gradeText: text({
      label: '评价结果',
      required: 'F',
      max: 30,
      list: true,
      headings: ['环境信用等级', '企业环境信用评价等级', '评价等级', '信用等级', '信用评价等级', '评价结论'],
    }),
    publishedDate: day({
      label: '公布日期',
      headings: ['公布时间', '发布日期', '评价日期'],
      happened: true,
      list: true,
      since: 6,
    }),
    gradeRank: choice(CREDIT_RANKS, { label: '档次', list: true, help: '各地叫法不同，按好坏归档后可以比较' }),
    source: text({ label: '来源', max: 200, list: true }),
  },
  indexes: [['enterpriseId', 'year']],
});

export const CREDIT_ENTITIES = [penalty, creditRating] as const;
