// Figures of trainings (domain reference 4.2, 4.6).
import { defineFigure } from '../dictionary/figure.ts';
import { TRAINING_DENOMINATORS } from '../projects/vocabulary.ts';
import { HELD_STATES } from './vocabulary.ts';

export const TRAINING_FIGURES = [
  defineFigure({
    code: 'trainingCount',
    label: '培训场次',
    unit: '场',
    of: 'training',
    definition: '期间内已举办的培训',
    day: 'date',
    numerator: [{ field: 'state', op: 'in', value: HELD_STATES }],
  }),
];

export const ATTENDANCE_FIGURES = [
  defineFigure({
    code: 'trainingPersonTimes',
    label: '培训人次',
    unit: '人次',
    of: 'trainingAttendance',
    definition: '期间内已举办的培训的签到人数之和，同一场里同一家企业的同一个人只计一次',
    day: 'trainingId.date',
    numerator: {
      where: [
        { field: 'trainingId.state', op: 'in', value: HELD_STATES },
        { field: 'trainingId.deletedAt', op: 'empty' },
      ],
      once: ['trainingId', 'enterpriseId', 'personName'],
    },
  }),
  defineFigure({
    code: 'trainingCoverage',
    label: '培训覆盖率',
    unit: '%',
    of: 'enterprise',
    definition: (s) =>
      `期间内已举办培训的${TRAINING_DENOMINATORS.labels[s.trainingDenominator]}中，至少参加一场的企业 ÷ 这些企业`,
    cohort: 'expectedAtTrainings',
    numerator: { cohort: 'reachedByTrainings' },
    denominator: [],
    input: { of: 'training' },
  }),
];
