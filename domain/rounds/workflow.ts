// The life of a round (domain reference 3.1): planned -> running -> reviewing -> finished; back only by name and with a reason.
import { defineWorkflow, missingWhen, type Missing } from '../dictionary/workflow.ts';
import { MAX_RETRIES, ROUND_STATES } from './vocabulary.ts';

/** Targets of a round that nobody visited and nobody gave a reason for. */
export interface RoundFacts {
  readonly pending: number;
  readonly refused: number;
  readonly closedDoor: number;
}

/** What stands in the way of finishing: every target is visited or skipped with a reason. */
export function finishGuard(f: RoundFacts): Missing[] {
  const open = f.pending + f.refused + f.closedDoor;
  const left = `待查 ${f.pending}、拒查 ${f.refused}、关门 ${f.closedDoor}`;
  return missingWhen(
    open > 0,
    'TARGETS',
    `还有 ${open} 家没有检查也没有写明原因：${left}（拒查、关门最多再去 ${MAX_RETRIES} 次，仍不行请“不查”并选原因）`,
  );
}

const RUN = ['leader', 'inspector', 'expert', 'clerk'];

export const roundWorkflow = defineWorkflow<RoundFacts>()({
  of: 'round',
  state: 'state',
  states: ROUND_STATES,
  events: {
    plan: { label: '新建轮次', from: [], to: 'planned', asks: [], allowedTo: RUN },
    begin: { label: '新建轮次并开始', from: [], to: 'running', asks: [], allowedTo: RUN },
    start: { label: '开始这一轮', from: ['planned'], to: 'running', asks: [], allowedTo: RUN, place: 'main' },
    review: { label: '转入核对', from: ['running'], to: 'reviewing', asks: [], allowedTo: RUN, place: 'main' },
    finish: {
      label: '完成这一轮',
      from: ['reviewing'],
      to: 'finished',
      asks: [],
      allowedTo: RUN,
      place: 'main',
      guard: finishGuard,
    },
    resume: {
      label: '退回进行中',
      from: ['reviewing'],
      to: 'running',
      asks: [],
      allowedTo: RUN,
      undoOf: 'review',
      place: 'menu',
    },
    reopen: {
      label: '重新打开',
      from: ['finished'],
      to: 'reviewing',
      asks: [],
      reason: '请写明为何重新打开这一轮，如漏查企业、名单有误',
      allowedTo: RUN,
      undoOf: 'finish',
      place: 'menu',
      action: '重新打开轮次',
    },
  },
});
