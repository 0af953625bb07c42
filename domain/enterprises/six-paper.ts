// 污染源档案（六类）: what the file of a source is asked to cover, one dated list after the other in the order of the client (PD-13).
import { definePaper, type PaperBlock } from '../dictionary/paper.ts';

/** A part with its list; what was never collected is said to be so. */
const part = (
  text: string,
  lists: readonly { of: string; by: string; caption?: string; columns?: readonly string[] }[],
): PaperBlock[] => [
  { type: 'heading', text },
  ...lists.map((list): PaperBlock => ({
    type: 'table',
    ...list,
    none: list.caption ? `${list.caption}：未收集。` : '未收集。',
  })),
];

/** Formalities, special topics, inspections, monitoring, penalties and credit of one source. */
export const sixPartsPaper = definePaper({
  id: 'six_parts',
  label: '六类档案',
  of: 'enterprise',
  archive: true,
  title: '污染源档案（{name}）',
  file: '污染源档案_{name}',
  blocks: [
    { type: 'title', text: '污染源档案', subtitle: '{name}' },
    {
      type: 'form',
      rows: [{ field: 'creditCode', or: 'creditCodeMissingReason' }, 'objectKind', 'address', 'operatingStatus'],
    },
    ...part('环保手续', [
      { of: 'eiaProject', by: 'approvalDate', caption: '环评' },
      { of: 'acceptance', by: 'opinionDate', caption: '竣工环保验收' },
      { of: 'permit', by: 'validTo', caption: '排污许可' },
      { of: 'otherLicence', by: 'validTo', caption: '其他证照' },
    ]),
    ...part('监管专项', [{ of: 'supervisionTopic', by: 'date' }]),
    ...part('现场检查', [{ of: 'visit', by: 'date', columns: ['date', 'no', 'outcome', 'summary'] }]),
    ...part('环境监测', [
      { of: 'monitoringRecord', by: 'date', columns: ['date', 'outletId', 'pollutant', 'value', 'unit', 'judgement'] },
    ]),
    ...part('行政处罚', [{ of: 'penalty', by: 'decisionDate' }]),
    ...part('环境信用评价', [{ of: 'creditRating', by: 'year' }]),
  ],
});
