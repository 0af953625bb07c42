// How the file of an enterprise came to be what it is: states it had, and when its parts were looked at.
import { defineEntity } from '../dictionary/entity.ts';
import { choice, day, flag, instant, reference, text } from '../dictionary/field.ts';
import { enterpriseId, ofEnterprise } from './part.ts';
import { FILE_SECTIONS, OPERATING_STATUSES, STATUS_BASES } from './vocabulary.ts';

export const statusHistory = defineEntity({
  name: 'statusHistory',
  label: '经营状态变动',
  ...ofEnterprise,
  title: 'status',
  facets: {
    file: { tab: 'labels', order: 4, count: true },
    timeline: {
      day: 'date',
      title: '经营状态变为{status}',
      detail: '{note}',
      who: '',
      glyph: 'i-ent',
      enterprise: 'enterpriseId',
      opens: 'enterpriseId',
    },
    dossier: { section: 'updates', order: 1 },
    register: null,
    attach: null,
    search: null,
    page: { within: 'enterpriseId' },
    write: 'plain',
    travels: 'parent',
    since: 1,
  },
  fields: {
    enterpriseId,
    status: choice(OPERATING_STATUSES, { label: '状态', required: 'F', list: true, observed: true }),
    date: day({ label: '日期', required: 'F', list: true, happened: true }),
    basis: choice(STATUS_BASES, { label: '依据', list: true }),
    note: text({ label: '说明', max: 500, list: true }),
  },
  indexes: [['enterpriseId', 'date']],
});

export const sectionCheck = defineEntity({
  name: 'sectionCheck',
  label: '核实记录',
  ...ofEnterprise,
  title: 'section',
  facets: {
    file: null,
    timeline: {
      day: 'date',
      title: '核实{section}',
      detail: '{source}',
      who: '',
      glyph: 'i-eye',
      enterprise: 'enterpriseId',
      opens: 'enterpriseId',
    },
    dossier: { section: 'updates', order: 2 },
    register: null,
    attach: null,
    search: null,
    page: { within: 'enterpriseId' },
    write: ['enterprises.verifySection'],
    travels: 'parent',
    since: 1,
  },
  fields: {
    enterpriseId,
    section: choice(FILE_SECTIONS, { label: '部分', required: 'F', list: true }),
    date: day({ label: '核实日期', required: 'F', list: true, happened: true }),
    visitId: reference('visit', { label: '现场检查' }),
    source: text({ label: '核实来源', max: 100, list: true }),
    changed: flag({ label: '有变动', list: true }),
    checkedAt: instant({ label: '登记时间', level: 'auto' }),
  },
  indexes: [['enterpriseId', 'section', 'date']],
});
