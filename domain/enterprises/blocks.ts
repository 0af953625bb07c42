// Extra blocks by object kind: one row per enterprise, kept when the kind changes (domain reference 2.2).
import { defineEntity, type EntityDefinition } from '../dictionary/entity.ts';
import { choice, day, decimal, fourState, integer, reference, text } from '../dictionary/field.ts';
import { BIOSAFETY_LEVELS, PAINT_TYPES, REPAIR_CLASSES } from './vocabulary.ts';

const extension = { shape: 'extension', home: { follow: ['enterpriseId'] }, parent: 'enterpriseId' } as const;
const enterpriseId = reference('enterprise', { label: '企业', required: 'F' });

export const carRepairBlock = defineEntity({
  name: 'carRepairBlock', label: '汽修情况', ...extension,
  fields: {
    enterpriseId,
    repairClass: choice(REPAIR_CLASSES, { label: '维修类别' }),
    sprayBooths: integer({ label: '喷漆房', unit: '间', min: 0 }),
    paintType: choice(PAINT_TYPES, { label: '涂料类型' }),
    yearlyPaint: decimal({ label: '年用漆量', unit: 'kg' }),
    wasteOilContract: fourState({ label: '废机油处置合同' }),
    washingWastewater: fourState({ label: '洗车废水经处理' }),
    carbonReplacedDate: day({ label: '活性炭更换日期' }),
  },
  indexes: [['enterpriseId']],
});

export const cateringBlock = defineEntity({
  name: 'cateringBlock', label: '餐饮情况', ...extension,
  fields: {
    enterpriseId,
    diningArea: decimal({ label: '就餐面积', unit: 'm²' }),
    stoves: integer({ label: '灶头数', unit: '个', min: 0 }),
    seats: integer({ label: '餐位数', unit: '个', min: 0 }),
    purifierModel: text({ label: '油烟净化器型号', max: 60 }),
    purifierCleanedDate: day({ label: '净化器最近清洗' }),
    greaseSeparator: fourState({ label: '油水分离器' }),
    ductHeight: decimal({ label: '排口高度', unit: 'm' }),
    distanceToHousing: decimal({ label: '距居民楼', unit: 'm' }),
    kitchenWasteContract: fourState({ label: '餐厨垃圾收运合同' }),
  },
  indexes: [['enterpriseId']],
});

export const laboratoryBlock = defineEntity({
  name: 'laboratoryBlock', label: '实验室情况', ...extension,
  fields: {
    enterpriseId,
    biosafetyLevel: choice(BIOSAFETY_LEVELS, { label: '生物安全等级' }),
    autoclave: fourState({ label: '高压灭菌' }),
    fumeHoods: integer({ label: '通风橱', unit: '个', min: 0 }),
    wasteLiquids: text({ label: '废液种类', max: 200 }),
    animalHouse: fourState({ label: '动物房' }),
  },
  indexes: [['enterpriseId']],
});

/** Which block applies to which object kind. */
export const BLOCK_OF_KIND: Readonly<Record<string, EntityDefinition>> = {
  car_repair: carRepairBlock, catering: cateringBlock, laboratory: laboratoryBlock, medical: laboratoryBlock,
};

export const BLOCK_ENTITIES = [carRepairBlock, cateringBlock, laboratoryBlock];
