// How an enterprise makes it: the steps in their order and the equipment (domain reference 2.6).
import { defineEntity } from '../dictionary/entity.ts';
import { fourState, integer, longText, text } from '../dictionary/field.ts';
import { enterpriseId, fileFacets, ofEnterprise, unseen } from '../enterprises/part.ts';

export const process = defineEntity({
  name: 'process',
  label: '生产工艺',
  ...ofEnterprise,
  title: 'name',
  unseen: 'unseen',
  facets: fileFacets({
    file: { tab: 'production', order: 4, count: true },
    dossier: { section: 'production', order: 4, by: 'step' },
    attach: ['photo', 'document'],
    since: 4,
  }),
  fields: {
    enterpriseId,
    step: integer({ label: '工序号', min: 1, max: 999, list: true }),
    name: text({ label: '工序', required: 'F', max: 100, list: true }),
    equipment: text({ label: '主要设备', max: 200, list: true }),
    equipmentCount: integer({ label: '台数', unit: '台', min: 0, max: 100_000, list: true }),
    pollutionNode: text({
      label: '产污环节',
      max: 200,
      list: true,
      help: '如“清洗废水”“喷涂有机废气（含 VOCs）”：检查表按它判断适用',
    }),
    pollutants: text({ label: '污染物', max: 200, list: true }),
    detail: longText({ label: '说明', max: 2000 }),
    unseen,
  },
  indexes: [['enterpriseId']],
});

export const equipment = defineEntity({
  name: 'equipment',
  label: '生产设备',
  ...ofEnterprise,
  title: 'name',
  approved: [
    { found: 'count', approved: 'countInEia', by: '环评' },
    { found: 'inEia', by: '环评' },
  ],
  facets: fileFacets({
    file: { tab: 'production', order: 5, count: true },
    dossier: { section: 'production', order: 5 },
    attach: ['photo', 'document'],
    since: 4,
  }),
  fields: {
    enterpriseId,
    code: text({ label: '设备编号', max: 40, list: true, help: '许可证上的编号，如 MF0001' }),
    name: text({ label: '设备名称', required: 'F', max: 100, list: true }),
    model: text({ label: '型号', max: 100, list: true }),
    count: integer({ label: '数量', unit: '台', min: 0, max: 100_000, list: true }),
    countInEia: integer({ label: '环评数量', unit: '台', min: 0, max: 100_000, list: true }),
    inEia: fourState({ label: '环评内', list: true }),
    place: text({ label: '位置', max: 100 }),
  },
  indexes: [['enterpriseId']],
  checks: [
    {
      code: 'MORE_THAN_APPROVED',
      field: 'count',
      severity: { form: 'warn', import: 'warn' },
      run: ({ count, countInEia }) =>
        count !== null && countInEia !== null && count > countInEia
          ? `现场 ${count} 台，环评 ${countInEia} 台，请核对是否超出批复`
          : null,
    },
  ],
});
