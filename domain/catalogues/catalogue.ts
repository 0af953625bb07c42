// An edition of a catalogue with its entries: entered by the service from the published text, and handed to its offices.
import { defineEntity } from '../dictionary/entity.ts';
import { INNER } from '../dictionary/facets.ts';
import { daysInOrder } from '../dictionary/period.ts';
import { choice, day, longText, reference, text } from '../dictionary/field.ts';
import { labelOf } from '../dictionary/vocabulary.ts';
import { codesIn } from './classify.ts';
import { CATALOGUE_CLASSES, CATALOGUE_SUBJECTS, CLASSES_OF } from './vocabulary.ts';

export const catalogue = defineEntity({
  name: 'catalogue',
  label: '分类管理名录',
  home: 'g',
  title: 'name',
  offer: { detail: '{subject} {validFrom}' },
  facets: {
    ...INNER,
    attach: ['document'],
    page: { route: '/catalogues', room: 'knowledge', order: 2 },
    write: 'plain',
    travels: 'always',
    since: 8,
  },
  fields: {
    name: text({
      label: '名称',
      required: 'F',
      max: 100,
      list: true,
      help: '写上版次，如“排污许可分类管理名录（2019年版）”',
    }),
    subject: choice(CATALOGUE_SUBJECTS, { label: '管什么', required: 'F', level: 'must', list: true }),
    validFrom: day({ label: '施行日期', required: 'F', level: 'must', list: true }),
    validTo: day({ label: '废止日期', level: 'must', list: true }),
    documentNo: text({ label: '文号', max: 100, list: true }),
    note: longText({ label: '说明', max: 1000 }),
  },
  indexes: [['subject', 'validFrom']],
  checks: [
    daysInOrder({
      code: 'CATALOGUE_PERIOD',
      from: 'validFrom',
      to: 'validTo',
      sentence: '废止日期早于施行日期，请核对',
      severity: { form: 'error', handoff: 'warn' },
    }),
  ],
});

export const catalogueEntry = defineEntity({
  name: 'catalogueEntry',
  label: '名录条目',
  shape: 'child',
  home: { follow: ['catalogueId'] },
  parent: 'catalogueId',
  title: 'name',
  borrows: [{ from: 'catalogue', by: { id: 'catalogueId' }, fields: { subject: 'subject' } }],
  facets: { ...INNER, page: { within: 'catalogueId' }, write: 'plain', travels: 'parent', since: 8 },
  fields: {
    catalogueId: reference('catalogue', { label: '分类管理名录', required: 'F' }),
    no: text({ label: '序号', max: 20, list: true }),
    name: text({ label: '行业类别', required: 'F', max: 200, list: true }),
    industryCodes: text({
      label: '行业代码',
      max: 200,
      list: true,
      help: '2～4 位，几个用顿号隔开；写 33 就是 33 打头的都算，写得细的优先',
    }),
    subIndustries: text({
      label: '细分行业',
      max: 300,
      list: true,
      help: '企业选了这里的某一个，就按这一条；几个用顿号隔开',
    }),
    condition: text({ label: '条件', max: 500, list: true, help: '如“有电镀工艺的”；同一代码有几条时供人选定' }),
    subject: choice(CATALOGUE_SUBJECTS, { label: '管什么', help: '不写就和名录一样' }),
    outcome: choice(CATALOGUE_CLASSES, {
      label: '类别',
      required: 'F',
      level: 'must',
      list: true,
      choicesBy: { field: 'subject', ids: CLASSES_OF },
    }),
    note: text({ label: '备注', max: 300 }),
  },
  indexes: [['catalogueId']],
  checks: [
    {
      code: 'ENTRY_CODES',
      field: 'industryCodes',
      severity: { form: 'error', handoff: 'warn' },
      run: (r) =>
        r.industryCodes &&
        codesIn(r.industryCodes).length < r.industryCodes.split(/[、,，;；/\s]+/u).filter(Boolean).length
          ? '行业代码要写 2～4 位数字，几个用顿号隔开，如“3311、336”'
          : null,
    },
    {
      code: 'ENTRY_CLASS',
      field: 'outcome',
      severity: { form: 'error', handoff: 'warn' },
      run: ({ subject, outcome }) =>
        subject && !CLASSES_OF[subject]?.includes(outcome)
          ? `${labelOf(CATALOGUE_SUBJECTS, subject)}没有“${labelOf(CATALOGUE_CLASSES, outcome)}”这一类，请核对`
          : null,
    },
    {
      code: 'ENTRY_TRADE',
      field: 'industryCodes',
      severity: { form: 'error', handoff: 'warn' },
      run: (r) => (r.industryCodes || r.subIndustries ? null : '请写行业代码或细分行业，才知道这一条管谁'),
    },
  ],
});
