// Words of inspections (domain reference 2.7, 3.1).
import { vocabulary } from '../dictionary/vocabulary.ts';

export const VISIT_STATES = vocabulary({ draft: '检查中', recorded: '已记录', signed: '已签字', locked: '已锁定' });
export const VISIT_OUTCOMES = vocabulary({
  completed: '完成',
  partial: '部分完成',
  refused: '企业谢绝',
  closed_door: '关门',
  not_found: '查无',
  moved: '已搬离',
});
/** Only these count as visited (domain reference 2.7). */
export const VISITED_OUTCOMES = ['completed', 'partial'] as const;
/** Did the inspection take place? */
export const isVisited = (outcome: string | null): boolean =>
  (VISITED_OUTCOMES as readonly (string | null)[]).includes(outcome);
/** A commissioned technical service, or accompanying authorised officers (domain reference 8.1). */
export const VISIT_NATURES = vocabulary({ service: '服务巡查', assist: '协助执法' });
/** Items on how an inspection was received: no matter of a service (domain reference 8.1). */
export const ASSIST_ONLY_ITEMS: readonly string[] = ['GEN-10-04'];
/** Whether the enterprise agreed to the service. */
export const VISIT_CONSENTS = vocabulary({
  not_recorded: '未登记',
  agreed: '企业同意',
  standing: '服务协议已约定',
  refused: '企业谢绝',
});
export const FACILITY_STATES = vocabulary({
  normal: '正常运行',
  abnormal: '运行异常',
  stopped: '停运',
  none: '无治理设施',
});
export const VISIT_PURPOSES = vocabulary({
  baseline: '摸底',
  routine: '例行',
  special: '专项',
  look_back: '回头看',
  verification: '复核',
  complaint: '信访',
  consultation: '咨询',
});
export const SERVICE_STYLES = vocabulary({ supervise: '以查代管', teach: '以查带教' });
/** Why a visit counts in no round: several take it and one is to be chosen, or somebody said none. */
export const ROUND_CHOICES = vocabulary({ asked: '待选', none: '不计入' });
export const ANSWER_RESULTS = vocabulary({
  conforming: '符合',
  partial: '部分符合',
  nonconforming: '不符合',
  not_applicable: '不涉及',
  unchecked: '未查',
});

/** Whether a visit counts as a verification of the file (domain reference 8.2, 11). */
export const FILE_VERIFIED = vocabulary({ yes: '同时核实', no: '不核实' });

/** What is said before looking around (capability MH-06, content letter lt-visit-card). */
export const OPENING_POINTS = vocabulary({
  purpose: '说明来意和目的',
  content: '说明看哪些内容',
  follow_up: '说明后续安排',
  service: '说明是技术服务，可以改约或谢绝',
  photos: '征得同意再拍照',
  secrets: '承诺保守商业秘密',
  safety: '了解现场安全要求',
});
