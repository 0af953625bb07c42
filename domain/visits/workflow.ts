// The life of a visit (domain reference 3.1): draft -> recorded -> signed -> locked; its end and a signature are taken back with a reason.
import { defineWorkflow, missingWhen, type Given, type Missing } from '../dictionary/workflow.ts';
import { isVisited, VISIT_STATES } from './vocabulary.ts';

/** What was done so far: items answered, findings, drafts among them, earlier findings that nobody looked at. */
export interface VisitFacts {
  readonly answered: number;
  readonly findings: number;
  readonly drafts: number;
  readonly waiting: number;
  /** Several rounds take it and nobody has said which. */
  readonly roundOpen: boolean;
  readonly nature: string;
  readonly consent: string;
  /** Officers on record whom the visit assisted, and those of them that nothing identifies. */
  readonly officers: number;
  readonly unidentified: number;
}

/** A service visit has the enterprise's consent on record; whom officers inspect is theirs to ask. */
const withoutConsent = (f: VisitFacts): boolean => f.nature === 'service' && f.consent === 'not_recorded';

/** What an assisted inspection lacks: whose it is has to stand on the record (domain reference 8.1). */
const withoutOfficers = (f: VisitFacts): Missing[] =>
  f.nature !== 'assist'
    ? []
    : [
        ...missingWhen(f.officers === 0, 'OFFICERS', '协助执法要登记执法人员：请在“检查信息”里填写姓名和单位'),
        ...missingWhen(
          f.unidentified > 0,
          'OFFICER_CODE',
          `${f.unidentified} 名执法人员没有证件号：请补证件号，或在“检查信息”里填这次的检查码`,
        ),
      ];

/** What an outcome contradicts: nobody looks around where the enterprise declined. */
const declined = (f: VisitFacts, outcome: string): Missing[] =>
  missingWhen(
    f.nature === 'service' && f.consent === 'refused' && isVisited(outcome),
    'DECLINED',
    '企业谢绝了本次服务：结果请选“企业谢绝”；后来同意了，请先更正“登记同意”',
  );

/** What is lacking beside an answer of the enterprise. */
function consentGuard(given: Given | null): Missing[] {
  if (given === null) return [];
  const { consent, consentBy, consentAttachmentId } = given.values;
  return [
    ...missingWhen(consent === 'not_recorded', 'CONSENT', '请选择企业是否同意本次服务'),
    ...missingWhen(consent === 'agreed' && !consentBy, 'CONSENT_BY', '请填写企业由谁同意'),
    ...missingWhen(
      consent === 'standing' && !consentAttachmentId,
      'CONSENT_ATTACHMENT',
      '请附上约定了服务的协议，作为同意材料',
    ),
  ];
}

/** What stands in the way of ending a visit; more of one that took place. */
export function finishGuard(
  f: Pick<VisitFacts, 'answered' | 'findings' | 'drafts' | 'waiting' | 'roundOpen'>,
  tookPlace = true,
): Missing[] {
  return [
    ...missingWhen(tookPlace && f.answered === 0 && f.findings === 0, 'NOTHING_CHECKED', '还没有检查任何一项'),
    ...missingWhen(f.drafts > 0, 'DRAFTS', `${f.drafts} 项问题还没有开单：请补全后开具整改建议单，或删除草稿`),
    ...missingWhen(tookPlace && f.waiting > 0, 'OLD_FINDINGS', `${f.waiting} 项以往问题还没有复核或跟踪`),
    ...missingWhen(f.roundOpen, 'ROUND', '这家企业在几个进行中的轮次里，请选择这次检查计入哪一轮'),
  ];
}

const ON_SITE = ['leader', 'inspector', 'expert', 'clerk', 'village_officer', 'grid_worker'];
const UNSIGNED = {
  signerName: null,
  signerPost: null,
  signedDate: null,
  refusedSign: false,
  refusedSignReason: null,
  signedContentHash: null,
};

export const visitWorkflow = defineWorkflow<VisitFacts, Given>()({
  of: 'visit',
  state: 'state',
  states: VISIT_STATES,
  // What comes of a visit by itself comes after its end: the enterprise's answer, its signature, the scan of the signed record.
  settled: {
    recorded: {
      sentence: '这次检查已结束，内容只能看；确需更正请先“重新打开”',
      files: ['signed_paper', 'signature', 'consent'],
    },
    signed: {
      sentence: '企业已在检查记录上签字，内容不能再改；确需更正请先撤销签字，再重新打开',
      files: ['signed_paper'],
    },
    locked: { sentence: '这次检查已锁定，不能再改；确需更正请项目经理先解除锁定', files: [] },
  },
  events: {
    begin: { label: '开始检查', from: [], to: 'draft', asks: [], allowedTo: ON_SITE },
    finish: {
      label: '结束检查',
      from: ['draft'],
      to: 'recorded',
      asks: [
        { field: 'outcome', required: '请选择检查结果' },
        { field: 'verifiesFile', initial: { value: 'yes' } },
      ],
      allowedTo: ON_SITE,
      place: 'main',
      // What stands in the way depends on the outcome.
      guard: (f, i) => {
        const outcome = String(i?.values.outcome);
        return i === null ? [] : [...declined(f, outcome), ...finishGuard(f, isVisited(outcome))];
      },
      said: '检查已结束',
    },
    consent: {
      label: '登记同意',
      from: ['draft', 'recorded'],
      to: 'same',
      asks: [
        { field: 'consent', choices: ['agreed', 'standing', 'refused'], required: '请选择企业是否同意本次服务' },
        { field: 'consentBy', when: 'consent=agreed', example: '接待并同意的人' },
        { field: 'consentPost', when: 'consent=agreed' },
        { field: 'consentAt', when: 'consent=agreed', example: '如 2026-11-18 09:20，不填为现在' },
        { field: 'consentAttachmentId', when: 'consent=standing' },
        'cardLeft',
      ],
      allowedTo: ON_SITE,
      place: 'side',
      action: '登记服务同意',
      said: '已登记',
      suits: (f) => f.nature === 'service',
      guard: (_f, i) => consentGuard(i),
      elsewhere: { signed: '企业已签字，同意情况不能再改；确需更正请先撤销签字' },
    },
    sign: {
      label: '签字',
      from: ['recorded'],
      to: 'signed',
      asks: [
        { field: 'signerName', required: '请填写签字人姓名', requiredWhen: '!refusedSign' },
        'signerPost',
        { field: 'refusedSign', label: '企业不愿签字' },
        {
          field: 'refusedSignReason',
          required: '请写明拒签原因',
          when: 'refusedSign',
          example: '原话或情况，如：负责人不在，当班人员不肯签',
        },
      ],
      allowedTo: ON_SITE,
      place: 'main',
      guard: (f) => [
        ...missingWhen(withoutConsent(f), 'CONSENT', '还没有登记企业是否同意本次服务：请先点“登记同意”，再签字'),
        ...withoutOfficers(f),
      ],
      said: '已登记签字',
      elsewhere: {
        draft: '请先结束检查，再请企业签字',
        signed: '这次检查已经签过字；要重签请先撤销签字',
        locked: '这次检查已经签过字并已锁定；要重签请先解除锁定，再撤销签字',
      },
    },
    reopen: {
      label: '重新打开',
      from: ['recorded'],
      to: 'draft',
      asks: [],
      reason: '请写明为何重新打开，如漏查一项、答错一项',
      // Until it is ended again nothing is known of how it ended.
      sets: { outcome: null },
      allowedTo: ON_SITE,
      undoOf: 'finish',
      place: 'side',
      action: '重新打开检查',
      said: '检查已重新打开，改完请再结束',
      elsewhere: {
        draft: '这次检查还没有结束，可以直接改',
        signed: '企业已在检查记录上签字；确需更正请先撤销签字，再重新打开',
        locked: '这次检查已锁定；确需更正请先解除锁定、撤销签字，再重新打开',
      },
    },
    unsign: {
      label: '撤销签字',
      from: ['signed'],
      to: 'recorded',
      asks: [],
      reason: '请写明为何撤销签字',
      sets: UNSIGNED,
      allowedTo: ON_SITE,
      undoOf: 'sign',
      place: 'menu',
      danger: true,
      said: '已撤销签字',
      elsewhere: {
        draft: '这次检查还没有签字',
        recorded: '这次检查还没有签字',
        locked: '这次检查已锁定，不能再改；确需更正请项目经理先解除锁定',
      },
    },
    lock: { label: '锁定', from: ['signed'], to: 'locked', asks: [], allowedTo: ['leader'], place: 'menu' },
    unlock: {
      label: '解除锁定',
      from: ['locked'],
      to: 'signed',
      asks: [],
      reason: '请写明为何解除锁定',
      allowedTo: ['leader'],
      undoOf: 'lock',
      place: 'menu',
      danger: true,
    },
  },
});
