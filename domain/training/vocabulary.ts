// Words of trainings (domain reference 2.7, 3.8).
import { vocabulary } from '../dictionary/vocabulary.ts';
import { OBJECT_KINDS } from '../enterprises/vocabulary.ts';

export const TRAINING_KINDS = vocabulary({
  general: '普通培训',
  special_class: '专班培训',
  immersive: '沉浸式培训',
  model_visit: '榜样企业观摩',
});
export const TRAINING_STATES = vocabulary({
  planned: '计划',
  notified: '已通知',
  held: '已举办',
  summarised: '已总结',
  archived: '已归档',
});
/** The training took place: only these count (domain reference 3.8). */
export const HELD_STATES = ['held', 'summarised', 'archived'] as const;
/** Who a training is for: village officers, everyone, or object kinds. */
export const TRAINING_AUDIENCES = vocabulary({
  all: '全部企业',
  village_officer: '村环保干部',
  ...OBJECT_KINDS.labels,
});
export const TRAINING_MODES = vocabulary({ on_site: '现场', online: '线上', both: '线上线下' });
