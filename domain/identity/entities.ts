// Who works with the data: offices, their devices, their people, and the parties of a contract.
import { defineEntity } from '../dictionary/entity.ts';
import { INNER } from '../dictionary/facets.ts';
import { choice, flag, instant, longText, reference, text } from '../dictionary/field.ts';
import { vocabulary } from '../dictionary/vocabulary.ts';

/** Roles of people (domain reference 2.1). */
export const STAFF_ROLES = vocabulary({
  leader: '项目经理',
  inspector: '现场工程师',
  expert: '专家',
  clerk: '资料员',
  village_officer: '村环保干部',
  grid_worker: '网格员',
  client: '委托方人员',
});

/** Kinds of organisation that take part in a service. */
export const ORGANISATION_KINDS = vocabulary({
  service_org: '服务单位',
  client: '委托方',
  authority: '主管部门',
  other: '其他',
});

export const office = defineEntity({
  name: 'office',
  label: '驻点',
  home: 'g',
  title: 'name',
  facets: { ...INNER, write: ['workspace.updateOffice'], travels: 'always', since: 1 },
  fields: {
    name: text({ label: '驻点名称', required: 'F', level: 'must' }),
    code: text({
      label: '驻点代号',
      required: 'F',
      level: 'must',
      pattern: /^[A-Z]{2,6}$/,
      help: '2～6 个大写字母，会出现在问题编号里',
    }),
    organisationId: reference('organisation', { label: '服务单位' }),
    signingKey: text({ label: '驻点签名公钥', level: 'must', max: 100, inner: true }),
  },
});

export const device = defineEntity({
  name: 'device',
  label: '设备',
  home: 'g',
  title: 'name',
  facets: { ...INNER, write: ['handoff.importCard'], travels: 'always', since: 1 },
  fields: {
    tag: text({ label: '设备标识', required: 'F', level: 'must', max: 10 }),
    name: text({ label: '设备名称', required: 'F' }),
    officeId: reference('office', { label: '驻点', required: 'F' }),
    signingKey: text({ label: '签名公钥', required: 'F', level: 'must', max: 100, inner: true }),
    encryptionKey: text({ label: '加密公钥', level: 'must', max: 100 }),
    certificate: longText({ label: '证书', level: 'must', inner: true }),
    revokedAt: instant({ label: '停用时间', level: 'must' }),
  },
});

export const organisation = defineEntity({
  name: 'organisation',
  label: '单位',
  home: 'g',
  title: 'name',
  offer: { detail: '{kind}' },
  facets: {
    file: null,
    timeline: null,
    dossier: null,
    register: null,
    attach: null,
    search: null,
    page: null,
    write: 'plain',
    travels: 'always',
    since: 1,
  },
  fields: {
    name: text({ label: '单位名称', required: 'F', level: 'must' }),
    kind: choice(ORGANISATION_KINDS, { label: '类别', required: 'F', initial: 'service_org' }),
    phone: text({ label: '联系电话', max: 60 }),
    remark: longText({ label: '备注' }),
  },
});

export const staff = defineEntity({
  name: 'staff',
  label: '人员',
  home: 'g',
  title: 'name',
  offer: { detail: '{role}', order: 'role', only: { isActive: 1 } },
  facets: {
    file: null,
    timeline: null,
    dossier: null,
    register: null,
    attach: null,
    search: null,
    page: null,
    write: 'plain',
    travels: 'always',
    since: 1,
  },
  fields: {
    name: text({ label: '姓名', required: 'F', level: 'must', max: 50, list: true }),
    role: choice(STAFF_ROLES, { label: '角色', required: 'F', initial: 'inspector', list: true }),
    officeId: reference('office', { label: '驻点' }),
    organisationId: reference('organisation', { label: '所属单位' }),
    areaId: reference('area', { label: '负责村居', list: true }),
    certificateNo: text({ label: '证书编号', max: 60 }),
    phone: text({ label: '联系电话', max: 60, masked: true, list: true }),
    isActive: flag({ label: '在岗', initial: true, list: true }),
  },
});

export const IDENTITY_ENTITIES = [organisation, office, device, staff] as const;
