// Manifests by which waste left the enterprise (domain reference 2.6).
import { defineEntity } from '../dictionary/entity.ts';
import { choice, day, decimal, flag, reference, text } from '../dictionary/field.ts';
import { daysInOrder } from '../dictionary/period.ts';
import { enterpriseId, fileFacets, ofEnterprise } from '../enterprises/part.ts';
import { TRANSFER_UNITS } from './vocabulary.ts';

export const wasteTransfer = defineEntity({
  name: 'wasteTransfer',
  label: '转移联单',
  ...ofEnterprise,
  title: 'manifestNo',
  scanned: [
    {
      id: 'waste_manifest',
      label: '危废转移联单',
      words: ['危险废物转移联单', '转移联单', '危废联单', '联单'],
      number: 'manifestNo',
      byNumber: true,
    },
  ],
  once: [['manifestNo', 'code']],
  borrows: [{ from: 'wasteStream', by: { id: 'streamId' }, fields: { name: 'name', code: 'code' } }],
  alike: ['manifestNo', 'date', 'carrier', 'receiver', 'receivedDate'],
  facets: fileFacets({
    file: { tab: 'waste', order: 4, count: true },
    timeline: {
      day: 'date',
      title: '转移{name}',
      detail: '联单 {manifestNo}',
      who: '{receiver}',
      glyph: 'i-clip',
      enterprise: 'enterpriseId',
    },
    dossier: {
      section: 'waste',
      order: 4,
      by: 'date',
      columns: [
        { path: 'date', weight: 3, align: 'center' },
        { path: 'manifestNo', weight: 4, align: 'center' },
        { path: 'name', weight: 3 },
        { path: 'code', weight: 3, align: 'center' },
        { path: 'amount', text: '{amount} {unit}', weight: 2, align: 'center' },
        { path: 'receiver', weight: 4 },
      ],
    },
    register: {
      order: 35,
      find: ['manifestNo', 'code'],
      together: true,
      ledger: { only: true, called: ['转移联单', '联单', '转移'], links: { streamId: ['code', 'name'] } },
    },
    attach: ['document', 'photo', 'signed_paper'],
    since: 4,
  }),
  fields: {
    enterpriseId,
    manifestNo: text({
      label: '联单编号',
      required: 'F',
      level: 'must',
      max: 40,
      list: true,
      headings: ['转移联单编号', '转移联单号', '联单号', '电子联单号'],
    }),
    date: day({
      label: '转移日期',
      required: 'F',
      level: 'must',
      happened: true,
      list: true,
      headings: ['转移时间', '移出日期', '出厂日期', '运出日期'],
    }),
    streamId: reference('wasteStream', { label: '档案中的废物' }),
    name: text({
      label: '废物名称',
      required: 'F',
      max: 100,
      list: true,
      help: '选了档案中的废物，名称和代码可不填',
      headings: ['危险废物名称', '危废名称', '固废名称'],
    }),
    code: text({
      label: '废物代码',
      max: 20,
      list: true,
      cell: 'wasteCode',
      headings: ['危险废物代码', '危废代码', '固废代码'],
    }),
    amount: decimal({
      label: '转移量',
      list: true,
      unitIn: 'unit',
      headings: ['转移数量', '移出量', '接收量', '数量'],
    }),
    unit: choice(TRANSFER_UNITS, { label: '单位', list: true, headings: ['计量单位', '转移量单位'] }),
    carrier: text({ label: '运输单位', max: 100, headings: ['承运单位', '运输单位名称'] }),
    receiver: text({
      label: '接收单位',
      max: 100,
      list: true,
      headings: ['接收单位名称', '接受单位', '处置单位', '经营单位'],
    }),
    receivedDate: day({
      label: '接收日期',
      happened: true,
      list: true,
      headings: ['接收时间', '办结日期', '接受日期'],
    }),
    void: flag({ label: '已作废', cell: 'voided', headings: ['联单状态', '是否作废', '状态'] }),
  },
  indexes: [['enterpriseId', 'date'], ['date']],
  checks: [
    daysInOrder({
      code: 'RECEIVED_BEFORE_SENT',
      from: 'date',
      to: 'receivedDate',
      sentence: '接收日期早于转移日期，请核对联单',
    }),
  ],
});
