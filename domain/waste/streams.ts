// What an enterprise throws away, where it goes, and until when that is agreed (domain reference 2.6).
import { defineEntity } from '../dictionary/entity.ts';
import { choice, day, decimal, text } from '../dictionary/field.ts';
import { defineTodayRule, redAfter } from '../dictionary/today.ts';
import { enterpriseId, fileFacets, ofEnterprise, unseen } from '../enterprises/part.ts';
import { OF_ENTERPRISE_IN_SCOPE } from '../enterprises/vocabulary.ts';
import { isWasteCode, wasteCategory } from '../values/waste-code.ts';
import { DISPOSAL_WAYS, HAZARDOUS_KINDS, WASTE_FORMS, WASTE_KINDS } from './vocabulary.ts';

/** Contracts that end within this many days are announced. */
const CONTRACT_HORIZON_DAYS = 90;

export const wasteStream = defineEntity({
  name: 'wasteStream',
  label: '废物',
  ...ofEnterprise,
  title: 'name',
  unseen: 'unseen',
  alike: [
    'kind',
    'disposalWay',
    'disposalUnitName',
    'disposalLicenceNo',
    'licenceCheckedDate',
    'contractNo',
    'contractEnd',
  ],
  approved: [{ found: 'yearlyAmount', approved: 'approvedAmount', by: '环评批复量' }],
  offer: { detail: '{code}', order: 'kind' },
  derive: (row) => ({ category: wasteCategory(row.code as string | null) }),
  today: [
    defineTodayRule({
      id: 'wasteStreamContract',
      of: 'wasteStream',
      title: '废物处置合同',
      rule: `废物的处置合同 ${CONTRACT_HORIZON_DAYS} 天内到期`,
      where: [{ field: 'contractEnd', op: 'le', value: { today: CONTRACT_HORIZON_DAYS } }, OF_ENTERPRISE_IN_SCOPE],
      day: 'contractEnd',
      text: '{name}的处置合同（{contractEnd} 到期）',
      why: '合同到期日',
      enterprise: 'enterpriseId',
      owner: 'enterpriseId.responsibleStaffId',
      severity: 'watch',
      tone: 'blue',
      tones: redAfter('contractEnd'),
      glyph: 'clock',
    }),
  ],
  facets: fileFacets({
    file: { tab: 'waste', order: 2, count: true },
    dossier: {
      section: 'waste',
      order: 2,
      columns: [
        { path: 'kind', weight: 3, align: 'center' },
        { path: 'name', weight: 3 },
        { path: 'code', weight: 3, align: 'center' },
        { path: 'category', weight: 2, align: 'center' },
        { path: 'yearlyAmount', weight: 2, align: 'center' },
        { path: 'disposalUnitName', weight: 5 },
        { path: 'contractEnd', weight: 3, align: 'center' },
      ],
    },
    register: {
      order: 33,
      find: ['code', 'name'],
      together: true,
      ledger: {
        only: true,
        called: ['危险废物', '危废', '一般固废', '固体废物', '固废', '委托利用处置'],
        told: [
          {
            field: 'kind',
            by: 'code',
            as: [
              [/^8\d{2}-001-01$/iu, 'medical'],
              [/^\d{3}-\d{3}-\d{2}$/iu, 'hazardous'],
              [/-S\d{2}$/iu, 'general_industrial'],
            ],
          },
        ],
        agrees: ['category'],
      },
    },
    attach: ['document', 'photo', 'signed_paper'],
    since: 4,
  }),
  fields: {
    enterpriseId,
    kind: choice(WASTE_KINDS, { label: '废物类别', required: 'F', level: 'must', list: true }),
    name: text({
      label: '废物名称',
      required: 'F',
      max: 100,
      list: true,
      headings: ['危险废物名称', '危废名称', '固废名称', '固体废物名称', '一般固废名称', '种类名称'],
    }),
    code: text({
      label: '废物代码',
      level: 'must',
      max: 20,
      list: true,
      cell: 'wasteCode',
      headings: [
        '危险废物代码',
        '危废代码',
        '危废小代码',
        '固废代码',
        '固体废物代码',
        '八位代码',
        '废物类别代码',
        '一般固废代码',
      ],
      help: '危废如 900-249-08；一般固废如 900-003-S17',
    }),
    category: text({
      label: '危废类别',
      max: 10,
      derived: true,
      level: 'auto',
      list: true,
      headings: ['危险废物类别', '危废大代码', '废物大类', '废物类别'],
    }),
    hazardTraits: text({
      label: '危险特性',
      max: 20,
      headings: ['危险特性代码', '特性'],
      help: 'T 毒性、C 腐蚀性、I 易燃性、R 反应性、In 感染性',
    }),
    form: choice(WASTE_FORMS, { label: '形态', headings: ['物理形态', '废物形态', '物理性状'] }),
    yearlyAmount: decimal({
      label: '年产生量',
      unit: 't',
      list: true,
      headings: ['产生量', '年产量', '实际产生量', '上年度产生量', '上年度危废实际产生数量'],
    }),
    planAmount: decimal({ label: '管理计划量', unit: 't', headings: ['计划产生量', '申报量', '计划量'] }),
    approvedAmount: decimal({ label: '环评批复量', unit: 't', headings: ['环评量', '批复量'] }),
    sourceProcess: text({
      label: '产生工序',
      max: 100,
      headings: ['产生环节', '产生节点', '危废产生节点', '来源工序', '产废环节', '产废工序', '产废节点'],
    }),
    disposalWay: choice(DISPOSAL_WAYS, {
      label: '去向方式',
      headings: ['处置方式', '利用处置方式', '危废处置方式', '处置去向', '利用处置去向'],
    }),
    disposalUnitName: text({
      label: '接收单位',
      max: 100,
      list: true,
      headings: [
        '处置单位',
        '利用处置单位',
        '委托处置单位',
        '委托利用处置单位',
        '委托利用处置单位名称',
        '处置单位名称',
        '经营单位名称',
      ],
    }),
    disposalLicenceNo: text({
      label: '经营许可证号',
      max: 60,
      headings: ['经营许可证编号', '处置单位许可证编号', '委托利用处置许可证编号', '利用处置单位许可证编号'],
    }),
    licenceCheckedDate: day({ label: '资质核对日期', happened: true }),
    contractNo: text({ label: '合同编号', max: 60, headings: ['处置合同编号', '合同号'] }),
    contractEnd: day({
      label: '合同到期',
      forward: true,
      list: true,
      headings: [
        '合同有效期至',
        '合同有效期',
        '合同到期日',
        '合同到期日期',
        '处置合同到期',
        '处置合同有效期',
        '协议有效期',
      ],
    }),
    lastTransferDate: day({ label: '最近转移', happened: true, forward: true }),
    unseen,
  },
  indexes: [['enterpriseId', 'kind', 'unseen', 'deletedAt'], ['contractEnd']],
  checks: [
    {
      code: 'WASTE_CODE',
      field: 'code',
      severity: { form: 'error', import: 'warn', handoff: 'warn' },
      run: ({ code, kind }) => {
        if (!code) return null;
        const isHazardous = HAZARDOUS_KINDS.includes(kind);
        if (isWasteCode(code))
          return isHazardous === (wasteCategory(code) !== null)
            ? null
            : `“${code}”是${isHazardous ? '一般固废' : '危废'}的代码，请改废物类别或代码`;
        return isHazardous
          ? '危废代码是 8 位数字，写作“900-249-08”，请对照国家危险废物名录'
          : '代码写作“900-003-S17”的样子，请对照固体废物分类与代码目录；没有代码的留空';
      },
    },
    {
      code: 'WASTE_TRAITS',
      field: 'hazardTraits',
      severity: { form: 'warn', import: 'warn' },
      run: ({ hazardTraits }) =>
        hazardTraits && !/^(T|C|I|R|In)([、,，/](T|C|I|R|In))*$/.test(hazardTraits)
          ? '危险特性用 T、C、I、R、In 表示，多种之间加顿号'
          : null,
    },
  ],
});
