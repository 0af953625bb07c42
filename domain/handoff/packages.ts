// Packages that came and went, as kinds that can be listed. They are read from the log of the hand-off and are never written as records.
import { defineEntity } from '../dictionary/entity.ts';
import { INNER } from '../dictionary/facets.ts';
import { instant, choice, integer, text } from '../dictionary/field.ts';
import { ALL_VIEW, defineList } from '../dictionary/list.ts';
import { vocabulary } from '../dictionary/vocabulary.ts';

export const PACKAGE_KINDS = vocabulary({ full: '全部', delta: '新改动', receipt: '回执' });

const logged = { scope: 'local', home: 'self' } as const;
const kind = choice(PACKAGE_KINDS, { label: '内容', required: 'F', list: true });
const count = (label: string) => integer({ label, required: 'F', initial: 0, list: true });

export const receivedPackage = defineEntity({
  name: 'receivedPackage',
  label: '收进的交换包',
  ...logged,
  title: 'officeName',
  facets: {
    ...INNER,
    page: { route: '/handoff/received', room: 'handoff', order: 1 },
    write: ['handoff.apply', 'handoff.undo'],
    travels: 'never',
    since: 1,
  },
  fields: {
    appliedAt: instant({ label: '收进', required: 'F', list: true }),
    officeName: text({ label: '来自', required: 'F', list: true }),
    madeAt: instant({ label: '对方制作', required: 'F', list: true }),
    kind,
    created: count('新增'),
    changed: count('变更'),
    mustDecide: count('要决定'),
    mayDecide: count('按规则'),
    undoneAt: instant({ label: '撤销于', list: true }),
    actor: text({ label: '经手', required: 'F', list: true }),
    deviceTag: text({ label: '设备', required: 'F', max: 10 }),
    packageId: text({ label: '包编号', required: 'F', max: 40 }),
  },
  list: defineList({
    of: 'receivedPackage',
    title: '收进的交换包',
    counted: '个',
    order: ['-appliedAt', 'id'],
    search: ['officeName', 'actor', 'packageId'],
    columns: [
      { path: 'appliedAt', width: 116 },
      {
        path: 'officeName',
        width: 'minmax(160px,1fr)',
        fixed: true,
        with: ['deviceTag', 'kind', 'created', 'changed', 'undoneAt'],
      },
      { path: 'madeAt', width: 116 },
      { path: 'kind', width: 72 },
      { path: 'created', width: 64, align: 'right' },
      { path: 'changed', width: 64, align: 'right' },
      { path: 'mustDecide', width: 64, align: 'right' },
      { path: 'mayDecide', width: 64, align: 'right' },
      { path: 'undoneAt', width: 150 },
      { path: 'actor', width: 84 },
      { path: 'deviceTag', width: 100, hidden: true },
      { path: 'packageId', width: 160, hidden: true },
    ],
    filters: ['appliedAt', 'officeName', 'kind', 'undoneAt'],
    views: [ALL_VIEW],
  }),
});

export const sentPackage = defineEntity({
  name: 'sentPackage',
  label: '发出的交换包',
  ...logged,
  title: 'recipients',
  facets: {
    ...INNER,
    page: { route: '/handoff/sent', room: 'handoff', order: 2 },
    write: ['handoff.export', 'handoff.receipt'],
    travels: 'never',
    since: 1,
  },
  fields: {
    madeAt: instant({ label: '发出', required: 'F', list: true }),
    recipients: text({ label: '给', list: true, max: 2000 }),
    kind,
    operations: count('改动'),
    attachments: count('附件'),
    leftOut: text({ label: '没有带上', max: 20_000, list: true }),
    folder: text({ label: '位置', required: 'F', max: 1000, list: true }),
    actor: text({ label: '经手', required: 'F', list: true }),
  },
  list: defineList({
    of: 'sentPackage',
    title: '发出的交换包',
    counted: '个',
    order: ['-madeAt', 'id'],
    search: ['recipients', 'folder', 'actor'],
    columns: [
      { path: 'madeAt', width: 116 },
      { path: 'recipients', width: 200 },
      { path: 'kind', width: 72 },
      { path: 'operations', width: 80, align: 'right' },
      { path: 'attachments', width: 72, align: 'right' },
      { path: 'leftOut', width: 160, chars: 40 },
      { path: 'folder', width: 'minmax(160px,1fr)', chars: 40 },
      { path: 'actor', width: 84 },
    ],
    filters: ['madeAt', 'kind', 'recipients'],
    views: [ALL_VIEW],
  }),
});

/** Kinds that are listed although no table of the dictionary holds them. */
export const LOGGED_KINDS = [receivedPackage, sentPackage] as const;
