// What an enterprise uses: raw and auxiliary materials, fuels, chemicals (domain reference 2.6).
import { defineEntity } from '../dictionary/entity.ts';
import { choice, decimal, flag, fourState, longText, text } from '../dictionary/field.ts';
import { enterpriseId, fileFacets, ofEnterprise } from '../enterprises/part.ts';
import { casNumberSentence } from '../values/cas-number.ts';
import { compareDecimals, isDecimal } from '../values/decimal.ts';
import { AMOUNT_UNITS, MATERIAL_CATEGORIES, MATERIAL_FORMS } from './vocabulary.ts';

export const material = defineEntity({
  name: 'material',
  label: '原辅料',
  ...ofEnterprise,
  title: 'name',
  facets: fileFacets({
    file: { tab: 'production', order: 3, count: true },
    dossier: { section: 'production', order: 3 },
    attach: ['document', 'photo'],
    since: 4,
  }),
  fields: {
    enterpriseId,
    name: text({ label: '名称', required: 'F', max: 100, list: true }),
    category: choice(MATERIAL_CATEGORIES, { label: '类别', list: true }),
    form: choice(MATERIAL_FORMS, { label: '形态' }),
    casNo: text({ label: 'CAS 号', max: 20, list: true }),
    isHazardousChemical: fourState({ label: '危险化学品' }),
    isNewChemical: flag({ label: '新化学物质', help: '列入新化学物质环境管理登记范围的勾选' }),
    vocContent: decimal({ label: 'VOCs 含量', unit: 'g/L', list: true }),
    yearlyUse: decimal({ label: '年用量', list: true, unitIn: 'unit' }),
    unit: choice(AMOUNT_UNITS, { label: '单位', list: true }),
    maxStock: decimal({ label: '最大储存量', unitIn: 'unit', help: '与年用量同一单位' }),
    storagePlace: text({ label: '储存位置', max: 100 }),
    sdsAttached: fourState({ label: '备有 SDS', help: '化学品安全技术说明书' }),
    usedFor: longText({ label: '用途', max: 200 }),
  },
  indexes: [['enterpriseId']],
  checks: [
    {
      code: 'CAS_NUMBER',
      field: 'casNo',
      severity: { form: 'error', import: 'warn', handoff: 'warn' },
      run: ({ casNo }) => (casNo ? casNumberSentence(casNo) : null),
    },
    {
      code: 'STOCK_OVER_USE',
      field: 'maxStock',
      severity: { form: 'warn', import: 'warn' },
      run: ({ maxStock, yearlyUse }) =>
        isDecimal(maxStock) && isDecimal(yearlyUse) && compareDecimals(maxStock, yearlyUse) > 0
          ? '最大储存量大于年用量，请核对数字和单位'
          : null,
    },
  ],
});
