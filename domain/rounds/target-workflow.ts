// What becomes of an enterprise in a round (domain reference 2.7, 3.1): to be visited -> visited, refused, closed door, or left out with a
// reason. What was met on site is recorded by the end of the visit alone.
import { defineWorkflow, missingWhen, type Given } from '../dictionary/workflow.ts';
import { MAX_RETRIES, TARGET_STATUSES } from './vocabulary.ts';

/** What the guards look at: the target itself. */
export interface TargetFacts {
  readonly attempts: number;
}

const RUN = ['leader', 'inspector', 'expert', 'clerk'];
const BY_VISIT = '检查结果由检查结束时自动记下，请进入这次检查办理';
/** What the end of a visit records, and nobody by hand. */
const byVisit = { from: [], asks: [], allowedTo: [...RUN, 'village_officer', 'grid_worker'] } as const;
const inspected = { pending: BY_VISIT, visited: BY_VISIT, refused: BY_VISIT, closed_door: BY_VISIT, skipped: BY_VISIT };

export const targetWorkflow = defineWorkflow<TargetFacts, Given>()({
  of: 'roundTarget',
  state: 'status',
  states: TARGET_STATUSES,
  events: {
    plan: { label: '排入轮次', from: [], to: 'pending', asks: [], allowedTo: RUN },
    visit: { ...byVisit, label: '已检查', to: 'visited', elsewhere: inspected },
    refuse: { ...byVisit, label: '遇到拒查', to: 'refused', elsewhere: inspected },
    find_closed: { ...byVisit, label: '遇到关门', to: 'closed_door', elsewhere: inspected },
    miss: { ...byVisit, label: '查无或搬离', to: 'skipped', elsewhere: inspected },
    retry: {
      label: '改回待查',
      from: ['refused', 'closed_door', 'skipped'],
      to: 'pending',
      asks: [],
      sets: { skipReason: null, skipNote: null },
      allowedTo: RUN,
      guard: (f) => missingWhen(f.attempts >= MAX_RETRIES, 'RETRIES', `已去过 ${f.attempts} 次，请改为“不查”并选原因`),
      elsewhere: { visited: '已检查过的企业不用再排' },
      said: '已改回待查',
    },
    skip: {
      label: '列为不查',
      from: ['pending', 'refused', 'closed_door', 'skipped'],
      to: 'skipped',
      asks: [
        { field: 'skipReason', required: '请选择不查的原因' },
        { field: 'skipNote', example: '凭什么知道的，如：村居告知 10 月已搬走' },
      ],
      allowedTo: RUN,
      guard: (_, given) =>
        missingWhen(
          given?.values.skipReason === 'other' && !given.values.skipNote,
          'SKIP_NOTE',
          '原因选“其他”的，请写明说明',
        ),
      elsewhere: { visited: '已检查过的企业不能再标“不查”' },
      said: '已列为不查',
    },
  },
});
