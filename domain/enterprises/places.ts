// Places of an enterprise where something is found: its workshops, outlets, facilities, stores (domain reference 8.2, 1).
import { defineEntity } from '../dictionary/entity.ts';
import { choice, integer, text } from '../dictionary/field.ts';
import { vocabulary, type IdOf } from '../dictionary/vocabulary.ts';
import { enterpriseId, ofEnterprise } from './part.ts';

export const PLACE_KINDS = vocabulary({
  workshop: '车间',
  outlet: '排放口',
  facility: '治理设施',
  store: '贮存场所',
  shared: '公用区域',
  other: '其他',
});

/** Words in the name of a place that tell its kind; the first that fits counts. */
const KIND_WORDS: readonly (readonly [IdOf<typeof PLACE_KINDS>, RegExp])[] = [
  ['outlet', /排放口|排口|排气筒|雨水口|污水口|烟囱/],
  ['store', /仓库|库房|贮存|储存|暂存|堆场|堆放|储罐|料场|库$/],
  ['facility', /设施|处理|净化|治理|活性炭|隔油|喷淋|除尘|焚烧|水站/],
  ['shared', /公共|公用|通道|走廊|大门|门口|厂区|停车|绿化|道路/],
  ['workshop', /车间|厂房|工段|产线|生产线|喷漆|烤漆|厨房|灶间|实验室|操作间|工位|加工区/],
];

/** What kind of place a name says it is. */
export const placeKindOf = (name: string): IdOf<typeof PLACE_KINDS> =>
  KIND_WORDS.find(([, words]) => words.test(name))?.[0] ?? 'other';

export const enterprisePlace = defineEntity({
  name: 'enterprisePlace',
  label: '位置',
  ...ofEnterprise,
  title: 'name',
  offer: { detail: '{kind}', add: (name) => ({ kind: placeKindOf(name) }) },
  facets: {
    file: { tab: 'production', order: 10, count: true },
    timeline: null,
    dossier: { section: 'production', order: 10 },
    register: null,
    attach: null,
    search: null,
    page: { within: 'enterpriseId' },
    write: 'plain',
    travels: 'parent',
    since: 4,
  },
  fields: {
    enterpriseId,
    seq: integer({ label: '序号', required: 'F', initial: 1, level: 'auto' }),
    name: text({ label: '名称', required: 'F', max: 60, list: true, help: '如 一号车间、危废仓库、DA001 排气筒' }),
    kind: choice(PLACE_KINDS, { label: '种类', required: 'F', initial: 'other', list: true }),
  },
  indexes: [['enterpriseId']],
});
