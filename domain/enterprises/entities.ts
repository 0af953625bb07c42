// The enterprise file: basic information (domain reference 2.2), its child tables and labels (2.8).
import { defineEntity, defineSet } from '../dictionary/entity.ts';
import { choice, day, decimal, flag, instant, integer, reference, text, vagueDay } from '../dictionary/field.ts';
import {
  CONTACT_POSTS, COORDINATE_SYSTEMS, CREDIT_CODE_MISSING_REASONS, ENTERPRISE_SCALES, FILE_SECTIONS, KEY_LISTS,
  LABEL_MEDIA, LABEL_SYSTEMS, LABEL_VALUES, MANAGEMENT_TIERS, OBJECT_KINDS, OPERATING_STATUSES, PREMISES_KINDS, STATUS_BASES,
} from './vocabulary.ts';
import { enterpriseChecks } from './checks.ts';

export const enterprise = defineEntity({
  name: 'enterprise', label: '企业', home: 'self', title: 'name',
  fields: {
    name: text({
      label: '单位名称', required: 'F', level: 'must', max: 100, section: 'basic', list: true,
      headings: ['企业名称', '单位名称', '单位全称', '企业全称', '公司名称', '排污单位名称', '污染源名称', '名称', '商户名称', '店名', '经营者名称', '单位', '企业'],
    }),
    shortName: text({ label: '简称', max: 60, section: 'basic', headings: ['简称', '企业简称'] }),
    signName: text({ label: '店招', max: 60, section: 'basic', headings: ['店招', '招牌名称', '门头', '招牌'] }),
    internalCode: text({ label: '内部编号', required: 'F', level: 'auto', max: 30, section: 'basic' }),
    siteNo: text({ label: '厂区序号', required: 'F', level: 'must', pattern: /^\d{3}$/, section: 'basic', headings: ['厂区序号', '厂区号'] }),
    expandedFromId: reference('enterprise', { label: '扩建自', section: 'basic' }),
    creditCode: text({
      label: '统一社会信用代码', required: 'A', level: 'must', max: 40, section: 'basic', list: true,
      headings: ['统一社会信用代码', '社会信用代码', '信用代码', '统一代码', '组织机构代码', '营业执照号', '注册号', '工商注册号', '统一社会信用代码/组织机构代码'],
    }),
    creditCodeQuarantine: text({ label: '待核代码', level: 'may', max: 60, section: 'basic', help: '名册里写的代码有误时原样留在这里' }),
    creditCodeMissingReason: choice(CREDIT_CODE_MISSING_REASONS, { label: '无代码原因', section: 'basic' }),
    objectKind: choice(OBJECT_KINDS, {
      label: '对象类型', required: 'F', level: 'must', section: 'basic', list: true, initial: 'other',
      headings: ['对象类型', '类型', '企业类型', '污染源类型', '业态', '性质'],
    }),
    managementTier: choice(MANAGEMENT_TIERS, { label: '管理层级', required: 'F', level: 'must', section: 'basic', initial: 'town', headings: ['管理层级', '监管层级'] }),
    industryCode: text({ label: '行业代码', required: 'A', level: 'must', max: 4, pattern: /^\d{2,4}$/, section: 'basic', list: true, headings: ['行业代码', '国民经济行业代码'] }),
    industryName: text({ label: '行业名称', max: 100, section: 'basic', headings: ['行业类别', '行业', '所属行业', '行业名称'] }),
    scale: choice(ENTERPRISE_SCALES, { label: '企业规模', section: 'basic', headings: ['规模', '企业规模'] }),
    operatingStatus: choice(OPERATING_STATUSES, {
      label: '经营状态', required: 'F', level: 'must', section: 'basic', list: true, initial: 'unknown',
      headings: ['经营状态', '生产状态', '运营状态', '在产情况', '是否在产', '现状', '企业状态'],
    }),
    operatingStatusDate: day({ label: '状态日期', required: 'A', section: 'basic', happened: true }),
    operatingStatusBasis: choice(STATUS_BASES, { label: '状态依据', required: 'A', section: 'basic' }),
    townId: reference('area', { label: '街镇', required: 'F', section: 'basic', headings: ['街镇', '所属街镇', '镇', '街道', '所属镇', '乡镇', '所属乡镇', '市', '区县'] }),
    villageId: reference('area', { label: '村居', required: 'A', section: 'basic', list: true, headings: ['村居', '所属村居', '村', '村(居)', '村委', '居委', '所在村', '片区村', '村居委'] }),
    parkId: reference('area', { label: '园区', section: 'basic', headings: ['园区', '工业区', '所在园区', '所属园区'] }),
    parcelId: reference('area', { label: '地块', section: 'basic', headings: ['地块', '地块号'] }),
    buildingId: reference('area', { label: '楼宇', section: 'basic', headings: ['楼宇', '楼栋', '大楼', '幢号'] }),
    roomNo: text({ label: '室号', max: 40, section: 'basic', headings: ['室号', '房间号'] }),
    gridId: reference('grid', { label: '网格', section: 'basic', headings: ['网格', '所属网格', '网格编号'] }),
    address: text({ label: '生产经营地址', required: 'A', level: 'must', max: 200, section: 'basic', headings: ['地址', '企业地址', '经营地址', '生产地址', '实际地址', '生产经营地址', '生产经营场所地址', '详细地址'] }),
    registeredAddress: text({ label: '注册地址', max: 200, section: 'basic', headings: ['注册地址', '工商地址', '登记地址', '住所'] }),
    longitude: decimal({ label: '经度', unit: '°', section: 'basic', headings: ['经度', '东经', 'X', 'lng', 'lon'] }),
    latitude: decimal({ label: '纬度', unit: '°', section: 'basic', headings: ['纬度', '北纬', 'Y', 'lat'] }),
    coordinateSystem: choice(COORDINATE_SYSTEMS, { label: '坐标系', section: 'basic', headings: ['坐标系', '坐标系统'] }),
    premisesKind: choice(PREMISES_KINDS, { label: '场地性质', section: 'basic', headings: ['场地性质', '厂房性质'] }),
    landlord: text({ label: '出租方', max: 100, section: 'basic', headings: ['出租方', '房东', '产权单位'] }),
    legalRep: text({ label: '法定代表人', required: 'A', max: 60, person: true, section: 'basic', headings: ['法定代表人', '法人', '法人代表', '负责人', '经营者', '法定代表人姓名'] }),
    envDepartment: text({ label: '环保部门', max: 60, section: 'basic', headings: ['环保部门'] }),
    employees: integer({ label: '职工人数', unit: '人', min: 0, max: 10_000_000, section: 'basic', headings: ['员工人数', '职工数', '职工人数', '从业人数', '人数'] }),
    siteArea: decimal({ label: '占地面积', unit: 'm²', section: 'basic', headings: ['占地面积'] }),
    floorArea: decimal({ label: '建筑面积', unit: 'm²', section: 'basic', headings: ['建筑面积', '面积', '经营面积'] }),
    ...vagueDay('foundedDate', { label: '成立日期', happened: true, section: 'basic', headings: ['成立日期', '成立时间', '注册时间'] }),
    ...vagueDay('startedDate', { label: '投产日期', section: 'basic', headings: ['投产日期', '投产时间', '开业时间'] }),
    shift: text({ label: '生产班制', max: 60, section: 'basic', headings: ['生产班制', '班制'] }),
    isFactoryInFactory: flag({ label: '厂中厂', section: 'basic' }),
    hostEnterpriseId: reference('enterprise', { label: '所在企业', section: 'basic' }),
    isModelEnterprise: flag({ label: '榜样企业', section: 'basic' }),
    organisationId: reference('organisation', { label: '服务单位', section: 'basic' }),
    responsibleStaffId: reference('staff', { label: '责任人', section: 'basic', list: true }),
    oldRegNo: text({ label: '旧注册号', max: 20, section: 'basic' }),
    suspectedDuplicate: flag({ label: '疑似重复', section: 'basic' }),
    remark: text({ label: '备注', max: 1000, section: 'basic', headings: ['备注', '说明', '其他', '其它'] }),
    fileEstablishedDate: day({ label: '建档日期', derived: true }),
    fileUpdatedDate: day({ label: '更新日期', derived: true }),
    nameKey: text({ label: '名称键', derived: true, level: 'auto', max: 200 }),
    pinyin: text({ label: '拼音', derived: true, level: 'auto', max: 2000 }),
    completeness: integer({ label: '完整度', unit: '%', derived: true, min: 0, max: 100, list: true }),
  },
  indexes: [
    ['nameKey'], ['creditCode'], ['townId'], ['villageId', 'operatingStatus'], ['parkId'], ['buildingId'], ['pinyin'],
    ['objectKind', 'operatingStatus'], ['responsibleStaffId'], ['hostEnterpriseId'], ['internalCode'], ['name'],
  ],
  checks: enterpriseChecks,
});

const ofEnterprise = { home: { follow: ['enterpriseId'] }, parent: 'enterpriseId', shape: 'child' } as const;
const enterpriseId = reference('enterprise', { label: '企业', required: 'F' });

export const contact = defineEntity({
  name: 'contact', label: '联系人', ...ofEnterprise, personal: true, title: 'name',
  fields: {
    enterpriseId,
    seq: integer({ label: '序号', required: 'F', initial: 1, level: 'auto' }),
    name: text({ label: '姓名', required: 'F', max: 60, masked: true, list: true, headings: ['联系人', '环保联系人', '环保负责人', '环保专员', 'EHS负责人', '对接人', '联系人姓名'] }),
    post: choice(CONTACT_POSTS, { label: '职务', required: 'F', initial: 'other', list: true }),
    mobile: text({ label: '手机', max: 60, masked: true, list: true, headings: ['联系电话', '电话', '手机', '手机号', '联系方式', '手机号码', '联系人电话'] }),
    landline: text({ label: '座机', max: 60, masked: true, list: true, headings: ['座机', '固定电话'] }),
    isPrimary: flag({ label: '主要联系人', list: true }),
    validFrom: day({ label: '自' }),
    validTo: day({ label: '至' }),
    verifiedDate: day({ label: '核实日期', list: true, happened: true }),
  },
  indexes: [['enterpriseId']],
});

export const formerName = defineEntity({
  name: 'formerName', label: '曾用名', ...ofEnterprise, title: 'name',
  fields: {
    enterpriseId,
    name: text({ label: '曾用名', required: 'F', max: 100, list: true, headings: ['曾用名', '原企业名称', '原名称'] }),
    until: day({ label: '使用至', list: true, happened: true }),
  },
  indexes: [['enterpriseId']],
});

export const product = defineEntity({
  name: 'product', label: '主要产品', ...ofEnterprise, title: 'name',
  fields: {
    enterpriseId,
    seq: integer({ label: '序号', required: 'F', initial: 1, level: 'auto' }),
    name: text({ label: '产品名称', required: 'F', max: 100, list: true, headings: ['主要产品', '产品', '产品名称'] }),
    designedCapacity: decimal({ label: '设计产能', list: true }),
    actualOutput: decimal({ label: '实际年产量', list: true }),
    unit: text({ label: '单位', max: 20, list: true }),
  },
  indexes: [['enterpriseId']],
});

export const keyListEntry = defineEntity({
  name: 'keyListEntry', label: '重点名录', ...ofEnterprise, title: 'list',
  fields: {
    enterpriseId,
    list: choice(KEY_LISTS, { label: '名录', required: 'F', level: 'must', list: true }),
    year: integer({ label: '年度', required: 'F', min: 1990, max: 2100, list: true }),
  },
  indexes: [['enterpriseId']],
});

export const statusHistory = defineEntity({
  name: 'statusHistory', label: '经营状态变动', ...ofEnterprise, title: 'status',
  fields: {
    enterpriseId,
    status: choice(OPERATING_STATUSES, { label: '状态', required: 'F', list: true }),
    date: day({ label: '日期', required: 'F', list: true, happened: true }),
    basis: choice(STATUS_BASES, { label: '依据', list: true }),
    note: text({ label: '说明', max: 500, list: true }),
  },
  indexes: [['enterpriseId', 'date']],
});

export const sectionCheck = defineEntity({
  name: 'sectionCheck', label: '核实记录', ...ofEnterprise, title: 'section',
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

export const label = defineEntity({
  name: 'label', label: '标签', ...ofEnterprise, title: 'value',
  fields: {
    enterpriseId,
    system: choice(LABEL_SYSTEMS, { label: '体系', required: 'F', level: 'must', list: true }),
    medium: choice(LABEL_MEDIA, { label: '要素', list: true }),
    value: choice(LABEL_VALUES, { label: '等级', required: 'F', level: 'must', list: true, headings: ['风险等级', '环保等级', '分级', '风险', '红黄绿'] }),
    assessedDate: day({ label: '评定日期', required: 'F', list: true, happened: true }),
    assessor: text({ label: '评定人', max: 60, list: true }),
    basis: text({ label: '依据', max: 500, list: true }),
    validTo: day({ label: '有效期至', list: true }),
  },
  indexes: [['enterpriseId', 'system', 'assessedDate']],
});

export const enterpriseTag = defineEntity({
  name: 'enterpriseTag', label: '自定义标签', ...ofEnterprise, title: 'tag',
  fields: { enterpriseId, tag: text({ label: '标签', required: 'F', max: 30, list: true }) },
  indexes: [['enterpriseId'], ['tag']],
});

export const enterpriseTeam = defineSet({
  name: 'enterpriseTeam', label: '协同人员',
  parent: { entity: 'enterprise', field: 'enterpriseId' }, of: { entity: 'staff', field: 'staffId' },
});

export const ENTERPRISE_ENTITIES = [
  enterprise, contact, formerName, product, keyListEntry, statusHistory, sectionCheck, label, enterpriseTag, enterpriseTeam,
];
