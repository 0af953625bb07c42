// People of an enterprise: whom to call there, and who of the office works with it.
import { defineEntity, defineSet } from '../dictionary/entity.ts';
import { INNER } from '../dictionary/facets.ts';
import { choice, day, flag, integer, text } from '../dictionary/field.ts';
import { enterpriseId, ofEnterprise } from './part.ts';
import { defineQualityCheck } from '../dictionary/quality.ts';
import { CONTACT_POSTS, OF_ENTERPRISE_IN_SCOPE } from './vocabulary.ts';

/** A contact is called again after so many days. */
const CONTACT_DAYS = 180;

export const contact = defineEntity({
  name: 'contact',
  label: '联系人',
  ...ofEnterprise,
  personal: true,
  title: 'name',
  over: 'validTo',
  facets: {
    file: { tab: 'people', order: 1, count: true },
    timeline: null,
    dossier: { section: 'basic', order: 1 },
    register: { order: 1, find: ['name', 'mobile'], several: true },
    attach: null,
    search: {
      order: 2,
      icon: 'user',
      title: '{name}',
      detail: '{enterpriseId.name}',
      tail: '',
      spelled: ['name'],
      words: ['mobile', 'landline'],
      parent: 'enterpriseId',
      lends: true,
    },
    page: { within: 'enterpriseId' },
    write: 'plain',
    travels: 'parent',
    since: 1,
  },
  fields: {
    enterpriseId,
    seq: integer({ label: '序号', required: 'F', initial: 1, level: 'auto' }),
    name: text({
      label: '姓名',
      required: 'F',
      max: 60,
      masked: true,
      list: true,
      cell: 'person',
      headings: [
        '联系人',
        '环保联系人',
        '环保负责人',
        '环保专员',
        'EHS负责人',
        '环保联络员',
        '环保分管领导',
        '环保管理员',
        '联络员',
        '对接人',
        '联系人姓名',
        'contact',
        'contact name',
      ],
    }),
    post: choice(CONTACT_POSTS, { label: '职务', required: 'F', initial: 'other', list: true }),
    mobile: text({
      advised: {},
      label: '手机',
      max: 60,
      masked: true,
      list: true,
      cell: 'phone',
      headings: [
        '联系电话',
        '电话',
        '手机',
        '手机号',
        '联系方式',
        '手机号码',
        '联系人电话',
        'phone',
        'telephone',
        'mobile',
      ],
    }),
    landline: text({ label: '座机', max: 60, masked: true, list: true, cell: 'phone', headings: ['座机', '固定电话'] }),
    isPrimary: flag({ label: '主要联系人', list: true }),
    validFrom: day({ label: '自' }),
    validTo: day({ label: '至', list: true, help: '离任的填最后一天：留在档案里，不再作联系人' }),
    verifiedDate: day({ label: '核实日期', list: true, happened: true }),
  },
  indexes: [['enterpriseId']],
  quality: [
    defineQualityCheck({
      id: 'contactStale',
      of: 'contact',
      topic: 'stale',
      label: '联系人久未核实',
      why: `${CONTACT_DAYS} 天没有核实，企业的环保人员更换频繁，通知可能送不到`,
      todo: '打一次电话：还在的填核实日期，换人的填离任日期并加上新的；打完一批可以批量修改核实日期',
      where: [
        { field: 'validTo', op: 'empty' },
        {
          any: [
            [{ field: 'verifiedDate', op: 'lt', value: { today: -CONTACT_DAYS } }],
            [
              { field: 'verifiedDate', op: 'empty' },
              { field: 'createdAt', op: 'lt', value: { today: -CONTACT_DAYS } },
            ],
          ],
        },
        OF_ENTERPRISE_IN_SCOPE,
      ],
      shows: ['enterpriseId', 'post', 'mobile', 'verifiedDate'],
    }),
  ],
});

export const enterpriseTeam = defineSet({
  name: 'enterpriseTeam',
  label: '协同人员',
  parent: { entity: 'enterprise', field: 'enterpriseId' },
  of: { entity: 'staff', field: 'staffId' },
  facets: { ...INNER, file: { tab: 'people', order: 3 }, write: 'plain', travels: 'parent', since: 1 },
});
