// The life of a training (domain reference 3.8): planned -> notified -> held -> summarised -> archived.
import { defineWorkflow, missingWhen, type Given } from '../dictionary/workflow.ts';
import { TRAINING_STATES } from './vocabulary.ts';

/** What the guards look at; a file that is archived has its sign-in, its material and its summary. */
export interface TrainingFacts {
  readonly date: string;
  readonly summary: string | null;
  /** People that signed in. */
  readonly signed: number;
  /** Slides, sign-in sheets, photos. */
  readonly materials: number;
  readonly today: string;
}

const OFFICE = ['leader', 'inspector', 'expert', 'clerk'];

export const trainingWorkflow = defineWorkflow<TrainingFacts, Given>()({
  of: 'training',
  state: 'state',
  states: TRAINING_STATES,
  events: {
    plan: { label: '新建培训', from: [], to: 'planned', asks: [], allowedTo: OFFICE },
    notify: { label: '已发通知', from: ['planned'], to: 'notified', asks: [], allowedTo: OFFICE, place: 'side' },
    hold: {
      label: '已举办',
      from: ['planned', 'notified'],
      to: 'held',
      asks: [],
      allowedTo: OFFICE,
      place: 'main',
      guard: (f) => missingWhen(f.date > f.today, 'DATE_FUTURE', `培训日期是 ${f.date}，还没有到；改期请先改日期`),
    },
    summarise: {
      label: '写总结',
      from: ['held'],
      to: 'summarised',
      asks: [{ field: 'summary', required: '请写培训总结' }, 'questions', 'improvements', 'satisfaction'],
      allowedTo: OFFICE,
      place: 'main',
    },
    archive: {
      label: '归档',
      from: ['summarised'],
      to: 'archived',
      asks: [],
      allowedTo: OFFICE,
      place: 'main',
      guard: (f) => [
        ...missingWhen(f.signed === 0, 'SIGN_IN', '还没有签到：请导入签到表，或逐人登记'),
        ...missingWhen(f.materials === 0, 'MATERIALS', '还没有课件、签到表或照片'),
        ...missingWhen(!f.summary?.trim(), 'SUMMARY', '还没有培训总结'),
      ],
    },
    withdraw: {
      label: '退回计划',
      from: ['notified'],
      to: 'planned',
      asks: [],
      allowedTo: OFFICE,
      undoOf: 'notify',
      place: 'menu',
    },
    unhold: {
      label: '撤销已举办',
      from: ['held'],
      to: 'notified',
      asks: [],
      reason: '请写明为何撤销，如登记错场次',
      allowedTo: OFFICE,
      undoOf: 'hold',
      place: 'menu',
      danger: true,
    },
    unsummarise: {
      label: '退回补写总结',
      from: ['summarised'],
      to: 'held',
      asks: [],
      allowedTo: OFFICE,
      undoOf: 'summarise',
      place: 'menu',
    },
    reopen: {
      label: '重新打开',
      from: ['archived'],
      to: 'summarised',
      asks: [],
      reason: '请写明为何重新打开',
      allowedTo: OFFICE,
      undoOf: 'archive',
      place: 'menu',
      action: '重新打开培训',
    },
  },
});
