// How an enterprise is graded and marked: labels (domain reference 2.8), lists of key polluters, tags of the office.
import { defineEntity } from '../dictionary/entity.ts';
import { choice, day, integer, text } from '../dictionary/field.ts';
import { enterpriseId, ofEnterprise } from './part.ts';
import { KEY_LISTS, LABEL_MEDIA, LABEL_SYSTEMS, LABEL_VALUES, LABEL_VALUES_OF } from './vocabulary.ts';

/** Titles of lists of key polluters, what is said more exactly before what is said in general. */
const KEY_LIST_TITLES = [
  [/水环境.{0,6}重点/u, '水环境'],
  [/大气.{0,6}重点/u, '大气环境'],
  [/土壤.{0,6}重点/u, '土壤污染'],
  [/噪声.{0,6}重点/u, '噪声'],
  [/环境风险.{0,2}重点/u, '环境风险'],
  [/重点(?:排污|监管|监控)?单位/u, '重点单位'],
] as const;

/** Titles of other lists of enterprises. */
const TAG_TITLES = [
  [/双随机/u, '双随机抽查'],
  [/强制性?清洁生产/u, '强制性清洁生产审核'],
  [/清洁生产/u, '清洁生产审核'],
  [/正面清单/u, '监督执法正面清单'],
  [/绿色工厂/u, '绿色工厂'],
  [/绩效分级/u, '重污染天气绩效分级'],
] as const;

export const label = defineEntity({
  name: 'label',
  label: '标签',
  ...ofEnterprise,
  title: 'value',
  facets: {
    file: { tab: 'labels', order: 1, count: true },
    timeline: {
      day: 'assessedDate',
      title: '{system}评为{value}',
      detail: '{basis}',
      who: '{assessor}',
      glyph: 'i-star',
      enterprise: 'enterpriseId',
      opens: 'enterpriseId',
    },
    dossier: { section: 'labels', order: 1, caption: '评定' },
    register: {
      order: 8,
      find: ['system', 'medium'],
      together: true,
      history: 'assessedDate',
      otherwise: { assessedDate: '{today}', basis: '名册导入' },
    },
    attach: null,
    search: null,
    page: { within: 'enterpriseId' },
    write: 'plain',
    travels: 'parent',
    since: 1,
  },
  fields: {
    enterpriseId,
    system: choice(LABEL_SYSTEMS, { label: '体系', required: 'F', level: 'must', list: true }),
    medium: choice(LABEL_MEDIA, { label: '要素', list: true }),
    value: choice(LABEL_VALUES, {
      choicesBy: { field: 'system', ids: LABEL_VALUES_OF },
      label: '等级',
      required: 'F',
      level: 'must',
      list: true,
      cell: 'grade',
      headings: ['风险等级', '环保等级', '分级', '风险', '红黄绿'],
    }),
    assessedDate: day({
      label: '评定日期',
      required: 'F',
      list: true,
      happened: true,
      headings: ['评级日期', '分级日期'],
    }),
    assessor: text({ label: '评定人', max: 60, list: true, headings: ['评定单位', '评级单位'] }),
    basis: text({ label: '依据', max: 500, list: true, headings: ['评定依据', '评级依据', '分级依据'] }),
    validTo: day({ label: '有效期至', list: true }),
  },
  indexes: [['enterpriseId', 'system', 'assessedDate']],
});

export const keyListEntry = defineEntity({
  name: 'keyListEntry',
  label: '重点名录',
  ...ofEnterprise,
  title: 'list',
  listOfParent: 'keyListFlags',
  facets: {
    file: { tab: 'labels', order: 2, count: true },
    timeline: null,
    dossier: { section: 'basic', order: 3 },
    register: {
      order: 9,
      find: ['list', 'year'],
      several: true,
      together: true,
      ledger: {
        called: ['重点排污单位', '重点监管单位', '重点单位名录'],
        titled: 'year',
        across: { by: 'list' },
        listed: { field: 'list', as: KEY_LIST_TITLES },
      },
    },
    attach: null,
    search: null,
    page: { within: 'enterpriseId' },
    write: 'plain',
    travels: 'parent',
    since: 1,
  },
  fields: {
    enterpriseId,
    list: choice(KEY_LISTS, {
      label: '名录',
      required: 'F',
      level: 'must',
      list: true,
      headings: [
        '重点名录',
        '名录类别',
        '重点单位类别',
        '重点单位类型',
        '重点排污单位类别',
        '重点排污单位类型',
        '重点排污单位名录',
        '污染源类别',
      ],
    }),
    year: integer({
      label: '年度',
      required: 'F',
      min: 1990,
      max: 2100,
      list: true,
      headings: ['名录年度', '名录年份', '列入年度', '列入年份'],
    }),
  },
  indexes: [['enterpriseId']],
});

export const enterpriseTag = defineEntity({
  name: 'enterpriseTag',
  label: '自定义标签',
  ...ofEnterprise,
  title: 'tag',
  facets: {
    file: { tab: 'labels', order: 3, count: true },
    timeline: null,
    dossier: null,
    register: { order: 11, find: ['tag'], several: true, ledger: { listed: { field: 'tag', as: TAG_TITLES } } },
    attach: null,
    search: null,
    page: { within: 'enterpriseId' },
    write: 'plain',
    travels: 'parent',
    since: 1,
  },
  fields: {
    enterpriseId,
    tag: text({ label: '标签', required: 'F', max: 30, list: true, headings: ['自定义标签', '企业标签'] }),
  },
  indexes: [['enterpriseId'], ['tag']],
});
