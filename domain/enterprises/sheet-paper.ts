// 一企一表: sections 一 to 四 of the file on one page (domain reference 1.2, 5.4); blank with help for whoever fills it in, and filled.
import { definePaper, type FormRow } from '../dictionary/paper.ts';
import { BLOCK_ENTITIES } from './blocks.ts';

/** The block of the object's kind, where its kind has one. */
const BLOCKS: readonly FormRow[] = BLOCK_ENTITIES.map((block) => ({
  fields: block.name,
  when: `objectKind=${block.facets.file.objectKinds.join('|')}`,
}));

const ROWS: readonly FormRow[] = [
  { head: '一、基本信息' },
  { field: 'name', help: '按营业执照填全称', wide: true },
  { field: 'creditCode', or: 'creditCodeMissingReason', help: '18 位，按营业执照' },
  { field: 'objectKind' },
  { field: 'address', help: '实际生产经营的地方，写到门牌号', wide: true },
  { field: 'registeredAddress', help: '按营业执照，与上面一样也请写', wide: true },
  { field: 'industryName', help: '主要做什么，如“金属制品加工”' },
  { field: 'scale' },
  { field: 'legalRep', help: '按营业执照' },
  { field: 'operatingStatus', help: '在产、停产、在建等' },
  { field: 'startedDate', help: '开始生产或营业的日期' },
  { field: 'employees' },
  { field: 'floorArea' },
  { field: 'shift', help: '如“两班，8 小时/班，300 天/年”' },
  { field: 'premisesKind' },
  { field: 'landlord', help: '租用的写出租单位或村' },
  {
    list: 'contact',
    label: '联系人',
    text: '{name}[（{post}）] {mobile}',
    most: 3,
    help: '环保负责人：　　　　　　手机：　　　　　　　　其他联系人：　　　　　　手机：',
  },
  { head: '二、环保手续（请带原件或复印件，现场与环评核对）' },
  {
    list: 'eiaProject',
    label: '环评',
    text: '{projectName}[：{documentKind}][，{approvalNo}][，{approvalDate}][，备案号 {filingNo}]',
    most: 3,
    help: '项目名称、报告书/报告表/登记表、批复文号或备案号、日期；一个项目一行',
    room: 7,
  },
  {
    list: 'acceptance',
    label: '竣工验收',
    text: '{kind}[，{opinionDate}][，是否通过：{passed}]',
    most: 2,
    help: '哪个项目、验收日期、是否通过；没有验收的写原因',
  },
  {
    list: 'permit',
    label: '排污许可',
    text: '{managementClass}[，{number}][，有效期至 {validTo}]',
    most: 2,
    help: '□重点管理 □简化管理 □登记管理 □无需办理　编号：　　　　　　　　　　有效期至：　　　　',
  },
  {
    list: 'emergencyPlan',
    label: '应急预案',
    text: '[备案号 {filingNo}][，{filingDate} 备案][，{riskGrade}风险]',
    most: 1,
    help: '□无需编制 □已备案　备案号：　　　　　　　　备案日期：　　　　',
  },
  { head: '三、生产情况' },
  {
    list: 'product',
    label: '主要产品',
    text: '{name}[ {designedCapacity}{unit}/年]',
    most: 4,
    help: '产品名称、设计年产能、去年实际产量',
    room: 7,
  },
  {
    list: 'material',
    label: '原辅料',
    text: '{name}[ {yearlyUse}{unit}/年]',
    most: 6,
    help: '名称、年用量、最大储存量；油漆、胶、稀释剂、清洗剂和危险化学品都要写',
    room: 7,
  },
  {
    list: 'process',
    label: '生产工艺',
    text: '{name}[（{pollutionNode}）]',
    most: 8,
    between: ' → ',
    help: '从原料到成品的工序，用箭头连起来；产生废水、废气、固废的工序画圈',
    room: 7,
  },
  {
    list: 'equipment',
    label: '主要设备',
    text: '{name}[ {count}]',
    most: 6,
    help: '设备名称和台数；环评里没有的请注明',
    room: 7,
  },
  ...BLOCKS,
  { head: '四、污染物产生与治理' },
  {
    list: 'outlet',
    label: '排放口',
    text: '{code} {name}[，{destination}][，高 {heightM}]',
    most: 5,
    help: '编号（如 DW001、DA001）、名称、去向或高度；没有编号的写位置',
    room: 7,
  },
  {
    list: 'treatmentFacility',
    label: '治理设施',
    text: '{name}[（{processName}）][，上次更换 {lastReplacedDate}]',
    most: 4,
    help: '名称、工艺、处理能力、活性炭等耗材多久换一次、上次更换日期',
    room: 7,
  },
  {
    list: 'noiseSource',
    label: '噪声源',
    text: '{name}[ {count}][，{measure}]',
    most: 3,
    help: '主要噪声设备、位置、降噪措施',
  },
  {
    list: 'wasteStream',
    label: '废物',
    text: '{name}[ {code}][，{yearlyAmount}/年][，{disposalUnitName}]',
    most: 5,
    help: '危险废物、一般固废、餐厨垃圾：名称、代码、年产生量、交给谁、合同到期日',
    room: 12,
  },
  {
    list: 'wasteStorage',
    label: '贮存场所',
    text: '[{name} ]{kind}[ {areaM2}][，现存 {currentT}]',
    most: 2,
    help: '危废仓库或贮存点的面积、现存量、最早入库日期',
  },
  {
    list: 'monitoringPlan',
    label: '自行监测',
    text: '[{outletId} ]{pollutant} {frequency}',
    most: 4,
    help: '监测哪些因子、多久一次、最近一次报告日期',
  },
];

/** Everything but the rows is one for both. */
const SHEET = {
  of: 'enterprise',
  bodySize: 12,
} as const;

/** The sheet with what the file says. */
export const enterpriseSheetPaper = definePaper({
  ...SHEET,
  id: 'enterprise_sheet',
  label: '一企一表',
  archive: true,
  title: '一企一表（{name}）',
  file: '一企一表_{name}',
  blocks: [
    { type: 'page', orientation: 'narrow' },
    { type: 'title', text: '一企一表' },
    { type: 'form', dense: true, rows: ROWS },
    {
      type: 'paragraph',
      text: '按档案填写，打印日期 {today}，编制单位 {orgName|－}。有出入的请在表上改正，签字盖章后交回。',
      plain: true,
      small: true,
    },
    { type: 'paragraph', text: '企业签字：　　　　　　　　　日期：', plain: true, small: true },
  ],
});

/** The sheet to be filled in by the enterprise: each field with help. */
export const blankSheetPaper = definePaper({
  ...SHEET,
  id: 'enterprise_sheet_blank',
  label: '一企一表（空表）',
  archive: false,
  title: '一企一表（空表）',
  file: '一企一表_空表_{name}',
  blank: ['name', 'creditCode', 'objectKind'],
  blocks: [
    { type: 'page', orientation: 'narrow' },
    { type: 'title', text: '一企一表' },
    { type: 'form', dense: true, rows: ROWS },
    {
      type: 'paragraph',
      text: '请企业环保负责人按实际情况填写，括号里是填法；不涉及的写“无”，不清楚的空着，管家到访时一起核对。',
      plain: true,
      small: true,
    },
    { type: 'paragraph', text: '填表人：　　　　　　电话：　　　　　　　日期：', plain: true, small: true },
  ],
});
