// The life of a notice (domain reference 3.1): issued -> acknowledged -> cleared, once all that it carries is closed or voided.
import { defineWorkflow, missingWhen } from '../dictionary/workflow.ts';
import { NOTICE_STATES } from './vocabulary.ts';

/** What the guards look at: numbers of the findings that are neither closed nor voided. */
export interface NoticeFacts {
  readonly open: readonly string[];
}

const ALL = ['leader', 'inspector', 'expert', 'clerk', 'village_officer', 'grid_worker'];
const STEWARDS = ['leader', 'inspector', 'expert', 'clerk'];

export const noticeWorkflow = defineWorkflow<NoticeFacts>()({
  of: 'rectificationNotice',
  state: 'state',
  states: NOTICE_STATES,
  events: {
    issue: { label: '开具整改单', from: [], to: 'issued', asks: [], allowedTo: STEWARDS },
    acknowledge: {
      label: '登记签收',
      from: ['issued'],
      to: 'acknowledged',
      asks: [
        { field: 'signerName', required: '请填写签收人' },
        { field: 'deliveredBy', required: '请选择送达方式', initial: { value: 'on_site' } },
        { field: 'deliveredDate', required: '请填写送达日期', initial: 'today' },
      ],
      allowedTo: ALL,
      place: 'main',
      action: '登记整改单签收',
      said: '已登记签收',
      elsewhere: { acknowledged: '这张整改单已经登记签收；登记错了请先撤销签收' },
    },
    clear: {
      label: '办结',
      from: ['acknowledged'],
      to: 'cleared',
      asks: [],
      allowedTo: STEWARDS,
      place: 'main',
      action: '办结整改单',
      elsewhere: { issued: '整改单还没有签收，请先登记签收，再办结' },
      guard: (f) =>
        missingWhen(
          f.open.length > 0,
          'OPEN_FINDINGS',
          `还有 ${f.open.length} 项问题没有销号：${f.open.slice(0, 5).join('、')}${f.open.length > 5 ? ' 等' : ''}`,
        ),
    },
    unacknowledge: {
      label: '撤销签收',
      from: ['acknowledged'],
      to: 'issued',
      asks: [],
      reason: '请写明为何撤销签收',
      sets: { signerName: null, deliveredBy: null, deliveredDate: null },
      allowedTo: ALL,
      undoOf: 'acknowledge',
      place: 'menu',
      danger: true,
    },
    reopen: {
      label: '撤销办结',
      from: ['cleared'],
      to: 'acknowledged',
      asks: [],
      reason: '请写明为何撤销办结',
      allowedTo: STEWARDS,
      undoOf: 'clear',
      place: 'menu',
    },
  },
});
