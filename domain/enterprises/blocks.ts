// Extra blocks by object kind: one row per enterprise, kept when the kind changes (domain reference 2.2).
import { defineEntity } from '../dictionary/entity.ts';
import { choice, day, decimal, fourState, integer, longText, text } from '../dictionary/field.ts';
import { blockOfEnterprise, enterpriseId, fileFacets } from './part.ts';
import { BIOSAFETY_LEVELS, PAINT_TYPES, REPAIR_CLASSES } from './vocabulary.ts';

export const carRepairBlock = defineEntity({
  name: 'carRepairBlock',
  label: '汽修情况',
  ...blockOfEnterprise,
  facets: {
    file: { tab: 'production', order: 1, objectKinds: ['car_repair'] },
    timeline: null,
    dossier: { section: 'production', order: 1 },
    register: { order: 20, find: [] },
    attach: null,
    search: null,
    page: { within: 'enterpriseId' },
    write: 'plain',
    travels: 'parent',
    since: 1,
  },
  fields: {
    enterpriseId,
    repairClass: choice(REPAIR_CLASSES, {
      advised: {},
      label: '维修类别',
      headings: ['维修类别', '汽修类别', '维修资质'],
    }),
    sprayBooths: integer({
      advised: {},
      label: '喷漆房',
      unit: '间',
      min: 0,
      headings: ['喷漆房', '烤漆房', '喷烤漆房', '喷漆房数量', '漆房数'],
    }),
    paintType: choice(PAINT_TYPES, {
      advised: {},
      label: '涂料类型',
      headings: ['涂料类型', '油漆类型', '涂料种类', '油漆种类'],
    }),
    yearlyPaint: decimal({
      label: '年用漆量',
      unit: 'kg',
      headings: ['年用漆量', '油漆用量', '涂料用量', '涂料年用量'],
    }),
    wasteOilContract: fourState({ label: '废机油处置合同', headings: ['废机油处置合同', '废机油合同'] }),
    washingWastewater: fourState({ label: '洗车废水经处理' }),
    carbonReplacedDate: day({ label: '活性炭更换日期' }),
  },
  indexes: [['enterpriseId']],
});

export const cateringBlock = defineEntity({
  name: 'cateringBlock',
  label: '餐饮情况',
  ...blockOfEnterprise,
  facets: {
    file: { tab: 'production', order: 1, objectKinds: ['catering'] },
    timeline: null,
    dossier: { section: 'production', order: 1 },
    register: { order: 21, find: [] },
    attach: null,
    search: null,
    page: { within: 'enterpriseId' },
    write: 'plain',
    travels: 'parent',
    since: 1,
  },
  fields: {
    enterpriseId,
    diningArea: decimal({ label: '就餐面积', unit: 'm²', headings: ['就餐面积', '餐厅面积'] }),
    stoves: integer({ advised: {}, label: '灶头数', unit: '个', min: 0, headings: ['灶头数', '基准灶头数', '灶头'] }),
    businessArea: decimal({ label: '经营面积', unit: 'm²', since: 8, headings: ['经营面积'] }),
    seats: integer({ label: '餐位数', unit: '个', min: 0, headings: ['餐位数', '餐位', '座位数'] }),
    purifierModel: text({
      advised: {},
      label: '油烟净化器型号',
      max: 60,
      headings: ['油烟净化器型号', '净化器型号', '油烟净化器'],
    }),
    purifierCleanedDate: day({ label: '净化器最近清洗', headings: ['净化器最近清洗', '净化器清洗日期', '清洗日期'] }),
    fumeMonitor: fourState({
      label: '油烟在线监测',
      since: 8,
      headings: ['油烟在线监测', '在线监测系统', '是否有油烟在线监测', '在线监控'],
    }),
    greaseSeparator: fourState({ advised: {}, label: '油水分离器', headings: ['油水分离器', '隔油池', '隔油设施'] }),
    exhaustWay: text({ label: '排烟方式', max: 60, since: 8, headings: ['排烟方式', '排气口方式'] }),
    fuel: text({ label: '燃料', max: 60, since: 8, headings: ['燃料', '燃料类型'] }),
    rainSewage: fourState({ label: '雨污分流', since: 8, headings: ['雨污分流', '建筑红线内分流情况'] }),
    ductHeight: decimal({ label: '排口高度', unit: 'm' }),
    distanceToHousing: decimal({
      label: '距居民楼',
      unit: 'm',
      headings: ['距居民楼', '距居民楼距离', '与居民楼距离'],
    }),
    kitchenWasteContract: fourState({
      advised: {},
      label: '餐厨垃圾收运合同',
      headings: ['餐厨垃圾收运合同', '餐厨垃圾合同', '餐厨合同'],
    }),
  },
  indexes: [['enterpriseId']],
});

export const laboratoryBlock = defineEntity({
  name: 'laboratoryBlock',
  label: '实验室情况',
  ...blockOfEnterprise,
  facets: {
    file: { tab: 'production', order: 1, objectKinds: ['laboratory', 'medical'] },
    timeline: null,
    dossier: { section: 'production', order: 1 },
    register: { order: 22, find: [] },
    attach: null,
    search: null,
    page: { within: 'enterpriseId' },
    write: 'plain',
    travels: 'parent',
    since: 1,
  },
  fields: {
    enterpriseId,
    biosafetyLevel: choice(BIOSAFETY_LEVELS, {
      advised: {},
      label: '生物安全等级',
      headings: ['生物安全等级', '生物安全级别'],
    }),
    autoclave: fourState({ label: '高压灭菌' }),
    fumeHoods: integer({
      advised: {},
      label: '通风橱',
      unit: '个',
      min: 0,
      headings: ['通风橱', '通风柜', '通风橱数量'],
    }),
    wasteLiquids: text({ label: '废液种类', max: 200, headings: ['废液种类'] }),
    animalHouse: fourState({ label: '动物房' }),
  },
  indexes: [['enterpriseId']],
});

/** Facets of a block that only some kinds of object have. */
const blockFacets = (objectKinds: readonly string[]) =>
  fileFacets({
    file: { tab: 'production', order: 1, objectKinds },
    dossier: { section: 'production', order: 1 },
    attach: null,
    since: 4,
  });

export const buildingBlock = defineEntity({
  name: 'buildingBlock',
  label: '楼宇情况',
  ...blockOfEnterprise,
  facets: blockFacets(['building', 'public_area']),
  fields: {
    enterpriseId,
    floors: integer({ label: '楼层数', unit: '层', min: 1, max: 200 }),
    owner: text({ label: '产权单位', max: 100 }),
    propertyManager: text({ label: '物业单位', max: 100 }),
    sharedFacilities: longText({ label: '共用治理设施', max: 1000 }),
    publicEquipment: longText({ label: '公共设备', max: 1000, help: '空压机、冷却塔、污水处理站等' }),
    basementGarage: fourState({ label: '地下车库' }),
    sewageSeparated: fourState({ label: '雨污分流' }),
  },
  indexes: [['enterpriseId']],
});

export const constructionSiteBlock = defineEntity({
  name: 'constructionSiteBlock',
  label: '工地情况',
  ...blockOfEnterprise,
  facets: blockFacets(['construction_site']),
  fields: {
    enterpriseId,
    builder: text({ label: '建设单位', max: 100 }),
    contractor: text({ label: '施工单位', max: 100 }),
    plannedStart: day({ label: '计划开工' }),
    plannedEnd: day({ label: '计划完工' }),
    dustControl: longText({ label: '扬尘防治措施', max: 1000 }),
    dustMonitor: fourState({ label: '扬尘在线监测' }),
    washingBay: fourState({ label: '车辆冲洗设施' }),
    nightWorkLicence: text({ label: '夜间施工许可', max: 60 }),
    machineryPlates: longText({ label: '非道路移动机械号牌', max: 1000, help: '一行一台' }),
  },
  indexes: [['enterpriseId']],
});

export const propertyManagerBlock = defineEntity({
  name: 'propertyManagerBlock',
  label: '物业情况',
  ...blockOfEnterprise,
  facets: blockFacets(['property_manager']),
  fields: {
    enterpriseId,
    managedBuildings: longText({ label: '管理的楼宇', max: 1000 }),
    complaintChannel: text({ label: '投诉渠道', max: 200 }),
    renovationWasteRules: fourState({ label: '装修垃圾管理规定' }),
    noisyEquipmentApproval: fourState({ label: '高噪设备报备' }),
    greaseCleaning: fourState({ label: '隔油设施清掏记录' }),
  },
  indexes: [['enterpriseId']],
});

export const storageBlock = defineEntity({
  name: 'storageBlock',
  label: '仓储堆场情况',
  ...blockOfEnterprise,
  facets: blockFacets(['warehouse', 'yard_wharf', 'waste_recycling', 'gas_station_tank']),
  fields: {
    enterpriseId,
    storedGoods: text({ label: '存放货物', max: 200 }),
    hazardousGoods: fourState({ label: '存放危险货物' }),
    tanks: integer({ label: '储罐', unit: '个', min: 0, max: 10_000 }),
    covered: fourState({ label: '封闭或覆盖' }),
    sprinkling: fourState({ label: '喷淋抑尘' }),
    hardenedGround: fourState({ label: '地面硬化' }),
    vapourRecovery: fourState({ label: '油气回收' }),
  },
  indexes: [['enterpriseId']],
});

export const industrialBlock = defineEntity({
  name: 'industrialBlock',
  label: '工业情况',
  ...blockOfEnterprise,
  facets: { ...blockFacets(['industrial']), since: 6 },
  fields: {
    enterpriseId,
    yearlyWater: decimal({ label: '年用水量', unit: 't', help: '按水费单' }),
    yearlyPower: decimal({ label: '年用电量', unit: '万kWh', help: '按电费单' }),
    yearlyGas: decimal({ label: '年用气量', unit: '万m³' }),
    furnaces: text({ label: '锅炉和炉窑', max: 200, help: '台数、吨位和燃料，如“天然气锅炉 2 t/h 1 台”' }),
    surfaceTreatment: fourState({ label: '涉表面处理', help: '电镀、酸洗、磷化、阳极氧化等' }),
    coating: fourState({ label: '涉喷涂' }),
    highVocMaterials: fourState({ label: '用溶剂型物料', help: '涂料、油墨、胶粘剂、清洗剂' }),
    sewerConnected: fourState({ label: '废水纳管' }),
  },
  indexes: [['enterpriseId']],
});

export const BLOCK_ENTITIES = [
  industrialBlock,
  carRepairBlock,
  cateringBlock,
  laboratoryBlock,
  buildingBlock,
  constructionSiteBlock,
  propertyManagerBlock,
  storageBlock,
] as const;
