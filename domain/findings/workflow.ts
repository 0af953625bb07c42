// The finding state machine: one transition table and its guards (domain reference 3.3). The steps are rows; steps.ts folds them.
import {
  defineWorkflow,
  missingWhen as when,
  obstacles,
  targetOf,
  type Ask,
  type Missing,
} from '../dictionary/workflow.ts';
import type { Vocabulary } from '../dictionary/vocabulary.ts';
import { FINDING_STATE_VOCABULARY, type FindingState } from './machine.ts';

/** Everything the guards look at. */
export interface TransitionFacts {
  state: FindingState;
  description: string | null;
  category: string | null;
  handlingClass: string | null;
  responsible: string | null;
  measure: string | null;
  foundDate: string;
  deadline: string | null;
  proposedDeadline: string | null;
  laws: number;
  photosBefore: number;
  photoExempt: boolean;
  evidenceGiven: boolean;
  helpPlan: string | null;
  enforcementContact: string | null;
  reportDate: string | null;
  lastStepDate: string | null;
  stateBeforeVoid: FindingState | null;
  villageMayVerify: boolean;
  /** Whose it is: what officers found while they were assisted is theirs. */
  owner?: string;
  /** Role of the person at the desk, where one is known. */
  actorRole?: string;
}

/** What the person gives with an event. */
export interface EventInput {
  date: string;
  today: string;
  by: string;
  deadline: string | null;
  reason: string | null;
  approver: string | null;
  evidence: string | null;
  verification?: { method: string; clientConfirmer: string | null; byVillage: boolean } | null;
  ladderFinished?: boolean;
}

const text = (s: string | null | undefined): boolean => (s ?? '').trim().length > 0;
const DATED: readonly string[] = ['deadline', 'major'];

/** Least that words of a person say of what was seen. */
export const OBSERVATION_CHARACTERS = 6;

/** A verification that passes rests on a photo, a document, or what a person writes of it; the program writes none itself (8.2, 4). */
const observed = (f: TransitionFacts, i: EventInput | null): Missing[] =>
  when(
    i !== null && !f.evidenceGiven && (i.reason ?? '').trim().length < OBSERVATION_CHARACTERS,
    'EVIDENCE',
    `复核通过要有依据：请写明看到了什么（至少 ${OBSERVATION_CHARACTERS} 个字），或先添加整改后照片、证明材料`,
  );

const reasonGiven = (i: EventInput | null, sentence: string): Missing[] =>
  when(i !== null && !text(i.reason), 'REASON', sentence);
const approved = (i: EventInput | null): Missing[] => when(i !== null && !text(i.approver), 'APPROVER', '请填写批准人');

/** A finding of the authority is dealt with by the authority: nothing is issued or struck off here (domain reference 8.1). */
const authority = (f: TransitionFacts, what: string): Missing[] =>
  when(f.owner === 'authority', 'AUTHORITY', `协助执法时发现的问题归执法机关处理，不由服务单位${what}`);

/** What a finding lacks to be issued; one that was issued never lacks it again. */
export function issueGuard(f: TransitionFacts, i: EventInput | null): Missing[] {
  const deadline = i?.deadline ?? f.proposedDeadline;
  const dated = DATED.includes(f.handlingClass ?? '');
  return [
    ...authority(f, '开具整改单'),
    ...when((f.description ?? '').trim().length < 6, 'DESCRIPTION', '问题描述至少 6 个字，一条只写一个问题'),
    ...when(!text(f.category), 'CATEGORY', '请选择问题类别'),
    ...when(!text(f.handlingClass), 'HANDLING_CLASS', '请选择处理类别'),
    ...when(!text(f.responsible), 'RESPONSIBLE', '请填写责任单位或责任人'),
    ...when(!text(f.measure), 'MEASURE', '请填写整改措施'),
    ...when(dated && !text(deadline), 'DEADLINE', '请填写整改时限'),
    ...when(text(deadline) && (deadline as string) < f.foundDate, 'DEADLINE_BEFORE_FOUND', '整改时限不能早于发现日期'),
    ...when(dated && f.laws === 0, 'LEGAL_BASIS', '请选择法规依据'),
    ...when(f.photosBefore === 0 && !f.photoExempt, 'PHOTO', '请添加整改前照片，或选择无照片原因'),
  ];
}

const newDeadline = (i: EventInput | null, required: boolean): Missing[] => [
  ...when(i !== null && required && !text(i.deadline), 'DEADLINE', '请填写新的整改时限'),
  ...when(
    i !== null && text(i.deadline) && (i.deadline as string) < i.date,
    'DEADLINE_PAST',
    '新的时限不能早于办理日期',
  ),
];

/** Everybody at the desk; who may not do what another may is said by `village`. */
const ALL = ['leader', 'inspector', 'expert', 'clerk', 'village_officer', 'grid_worker', 'client'];
const STEWARDS = ['leader', 'inspector', 'expert', 'clerk'];
const OF_THE_VILLAGE: readonly string[] = ['village_officer', 'grid_worker'];

/** What people of the village may not verify they may not close, suspend as gone, void, extend or reopen either (8.2). */
const village = (f: TransitionFacts, what: string): Missing[] =>
  when(
    OF_THE_VILLAGE.includes(f.actorRole ?? '') && !f.villageMayVerify,
    'VILLAGE',
    `这一项不能由村居人员核销，也不能由村居人员${what}，请由检查人员办理`,
  );

const DATE: Ask = { field: 'date', label: '办理日期', initial: 'today' };
/** Of a notice in the client's name; nothing where the project has the consent for the period. */
const CLIENT_CONSENT: readonly Ask[] = ['clientConsentBy', 'clientConsentAt', 'clientConsentAttachmentId'].map(
  (field) => ({ field, of: 'rectificationNotice', when: 'kind=notice' }),
);
const NEW_DEADLINE: Ask = { field: 'deadline', label: '新的时限' };
const EVIDENCE: Ask = { field: 'evidence', example: '整改了什么、凭什么看到；已有照片或材料时可不填' };
const VERIFICATION: readonly Ask[] = [
  { field: 'date', of: 'verification', initial: 'today' },
  { field: 'method', of: 'verification', initial: { value: 'on_site' } },
  { field: 'byName', of: 'verification' },
  { field: 'comment', of: 'verification', label: '复核意见', example: '如：标签内容完整，地面已清理' },
];

const afterReport = (f: TransitionFacts, i: EventInput | null): Missing[] =>
  when(
    i !== null && f.reportDate !== null && i.date < f.reportDate,
    'DATE_BEFORE_REPORT',
    '复核日期不能早于企业提交日期',
  );

/** The more that closing a major finding takes. */
function majorGuard(f: TransitionFacts, i: EventInput | null): Missing[] {
  if (f.handlingClass !== 'major') return [];
  return [
    ...when(!text(f.helpPlan), 'HELP_PLAN', '重大问题销号前请填写专项帮扶情况'),
    ...when(!text(f.enforcementContact), 'ENFORCEMENT_CONTACT', '重大问题销号前请填写管执联动联系人'),
    ...when(i !== null && i.verification?.method !== 'on_site', 'ON_SITE', '重大问题须现场复核'),
    ...when(i !== null && !text(i.verification?.clientConfirmer), 'CLIENT_CONFIRMER', '重大问题销号须填写委托方确认人'),
  ];
}

/** The day of a step: not to come, not before the step before it, not before the finding. */
function dates(f: TransitionFacts, i: EventInput | null): Missing[] {
  if (i === null) return [];
  return [
    ...when(i.date > i.today, 'DATE_FUTURE', '办理日期不能晚于今天'),
    ...when(
      f.lastStepDate !== null && i.date < f.lastStepDate,
      'DATE_BEFORE_LAST',
      `办理日期不能早于上一步（${f.lastStepDate ?? ''}）`,
    ),
    ...when(i.date < f.foundDate, 'DATE_BEFORE_FOUND', '办理日期不能早于发现日期'),
  ];
}

/** The table of domain reference 3.3. Events are rows of kind `findingStep`, the state is derived from them. */
export const findingWorkflow = defineWorkflow<TransitionFacts, EventInput>()({
  of: 'finding',
  state: 'status',
  states: FINDING_STATE_VOCABULARY as Vocabulary<FindingState>,
  asksOf: 'findingStep',
  // What was seen at a visit is part of it.
  settledWith: { field: 'visitId', files: ['photo_before'] },
  always: dates,
  input: ({ today, by, role, values }) => {
    const given = (field: string): string | null => {
      const value = values[field];
      return typeof value === 'string' && value.trim() !== '' ? value : null;
    };
    return {
      date: given('date') ?? today,
      today,
      by,
      deadline: given('deadline'),
      reason: given('reason') ?? given('comment'),
      approver: given('approver'),
      evidence: given('evidence'),
      verification: {
        method: given('method') ?? 'on_site',
        clientConfirmer: given('clientConfirmer'),
        byVillage: OF_THE_VILLAGE.includes(role),
      },
    };
  },
  events: {
    record: { label: '记录问题', from: [], to: 'draft', asks: [], allowedTo: ALL },
    issue: {
      label: '开具整改单',
      from: ['draft'],
      to: 'open',
      asks: [
        DATE,
        { field: 'deadline', label: '整改时限' },
        { field: 'kind', of: 'rectificationNotice', initial: { value: 'advice' } },
        ...CLIENT_CONSENT,
        { field: 'replyDate', of: 'rectificationNotice' },
      ],
      allowedTo: STEWARDS,
      place: 'main',
      guard: issueGuard,
    },
    fix_on_site: {
      label: '现场整改，销号',
      from: ['draft', 'open'],
      to: 'closed',
      asks: [DATE, EVIDENCE],
      allowedTo: ALL,
      place: 'main',
      suits: (f) => f.handlingClass === 'immediate',
      guard: (f, i) => [
        ...village(f, '现场销号'),
        ...when(f.handlingClass !== 'immediate', 'CLASS', '只有即知即改的问题可以现场销号'),
        ...when((f.description ?? '').trim().length < 6, 'DESCRIPTION', '问题描述至少 6 个字，一条只写一个问题'),
        ...when(i !== null && !text(i.evidence) && !f.evidenceGiven, 'EVIDENCE', '请添加整改后照片，或写明怎样整改的'),
        ...authority(f, '销号'),
      ],
    },
    verify_pass: {
      label: '复核通过，销号',
      from: ['submitted'],
      to: 'closed',
      // Seen done on site before the enterprise reported: the report is recorded first (domain reference 3.3 #4).
      through: 'report',
      asks: [...VERIFICATION, { field: 'clientConfirmer', of: 'verification' }],
      allowedTo: ALL,
      place: 'main',
      key: 'Y',
      guard: (f, i) => {
        const byVillage = (i?.verification?.byVillage ?? false) || OF_THE_VILLAGE.includes(f.actorRole ?? '');
        const notTheirs = when(
          byVillage && !f.villageMayVerify,
          'VILLAGE',
          '这一项不能由村居人员核销，请由检查人员复核',
        );
        // Who may not is told that alone, not what else would be missing.
        return notTheirs.length > 0 ? notTheirs : [...afterReport(f, i), ...observed(f, i), ...majorGuard(f, i)];
      },
    },
    verify_fail: {
      label: '复核不通过，退回',
      from: ['submitted'],
      to: 'in_progress',
      asks: [
        ...VERIFICATION,
        { field: 'result', of: 'verification', choices: ['fail', 'partial'], initial: { value: 'fail' } },
        NEW_DEADLINE,
      ],
      allowedTo: ALL,
      place: 'main',
      key: 'N',
      guard: (f, i) => [...reasonGiven(i, '请写明哪里没有整改到位'), ...newDeadline(i, false), ...afterReport(f, i)],
    },
    report: {
      label: '企业提交整改',
      from: ['open', 'in_progress'],
      to: 'submitted',
      asks: [DATE, EVIDENCE],
      allowedTo: ALL,
      place: 'main',
      action: '登记企业提交',
      guard: (f, i) =>
        when(
          i !== null && !f.evidenceGiven && !text(i.evidence),
          'EVIDENCE',
          '请附整改后照片或证明材料，或写明整改情况',
        ),
    },
    start: {
      label: '转为整改中',
      from: ['open'],
      to: 'in_progress',
      asks: [DATE],
      allowedTo: ALL,
      place: 'main',
    },
    resume: {
      label: '恢复整改',
      from: ['suspended'],
      to: 'in_progress',
      asks: [DATE, NEW_DEADLINE],
      allowedTo: ALL,
      place: 'main',
      undoOf: 'suspend',
      guard: (_f, i) => newDeadline(i, true),
    },
    source_removed: {
      label: '污染源已消除，销号',
      from: ['suspended'],
      to: 'closed',
      asks: [DATE, EVIDENCE],
      allowedTo: ALL,
      place: 'main',
      guard: (f, i) => [
        ...village(f, '销号'),
        ...when(i !== null && !text(i.evidence) && !f.evidenceGiven, 'EVIDENCE', '请写明现场确认的搬迁或关停情况'),
      ],
    },
    close_transferred: {
      label: '移交办结，销号',
      from: ['transferred'],
      to: 'closed',
      asks: [DATE, { field: 'evidence', example: '接收单位的办理结果' }],
      allowedTo: ALL,
      place: 'main',
      guard: (f, i) => [
        ...village(f, '销号'),
        ...when(i !== null && !text(i.evidence), 'RESULT', '请写明接收单位的办理结果'),
      ],
    },
    send_back: {
      label: '移交退回',
      from: ['transferred'],
      to: 'in_progress',
      asks: [DATE, NEW_DEADLINE, 'reason'],
      allowedTo: ALL,
      undoOf: 'transfer',
      place: 'menu',
      guard: (_f, i) => [...reasonGiven(i, '请写明退回原因'), ...newDeadline(i, true)],
    },
    extend: {
      label: '延期',
      from: ['open', 'in_progress'],
      to: 'same',
      asks: [DATE, NEW_DEADLINE, 'reason', 'approver'],
      allowedTo: ALL,
      place: 'side',
      action: '问题延期',
      guard: (f, i) => [
        ...approved(i),
        ...reasonGiven(i, '请写明延期原因'),
        ...newDeadline(i, true),
        ...when(
          i !== null && text(i.deadline) && f.deadline !== null && (i.deadline as string) <= f.deadline,
          'DEADLINE_NOT_LATER',
          '延期后的时限应晚于现在的时限',
        ),
        ...village(f, '延期'),
      ],
    },
    suspend: {
      label: '中止',
      from: ['open', 'in_progress', 'submitted'],
      to: 'suspended',
      asks: [DATE, 'reason'],
      allowedTo: ALL,
      place: 'side',
      action: '中止问题',
      guard: (f, i) => [...reasonGiven(i, '请写明中止依据，如停产、搬迁'), ...village(f, '中止')],
    },
    transfer: {
      label: '移交',
      from: ['open', 'in_progress'],
      to: 'transferred',
      asks: [DATE, 'reason', 'approver'],
      allowedTo: ALL,
      place: 'menu',
      action: '移交问题',
      guard: (f, i) => [
        ...(f.handlingClass === 'major' || (i?.ladderFinished ?? false)
          ? []
          : [...approved(i), ...reasonGiven(i, '请写明移交原因')]),
        ...village(f, '移交'),
      ],
    },
    void: {
      label: '作废',
      from: ['draft', 'open', 'in_progress', 'submitted', 'suspended', 'transferred', 'closed'],
      to: 'voided',
      asks: [DATE, 'reason', 'approver'],
      allowedTo: ALL,
      place: 'menu',
      danger: true,
      action: '作废问题',
      guard: (f, i) => [...reasonGiven(i, '请写明作废原因，如重复登记'), ...approved(i), ...village(f, '作废')],
    },
    unvoid: {
      label: '撤销作废',
      from: ['voided'],
      to: 'before_void',
      becomes: (f) => f.stateBeforeVoid ?? 'open',
      asks: [DATE, 'reason', 'approver'],
      allowedTo: ALL,
      undoOf: 'void',
      place: 'side',
      guard: (f, i) => [...reasonGiven(i, '请写明撤销作废的原因'), ...approved(i), ...village(f, '撤销作废')],
    },
    reopen: {
      label: '重新打开',
      from: ['closed'],
      to: 'in_progress',
      asks: [DATE, NEW_DEADLINE, 'reason', 'approver'],
      allowedTo: ALL,
      undoOf: 'verify_pass',
      place: 'side',
      action: '重新打开问题',
      guard: (f, i) => [
        ...reasonGiven(i, '请写明为何销号有误'),
        ...approved(i),
        ...newDeadline(i, true),
        ...village(f, '重新打开'),
      ],
    },
    // Only the decision on a loop that went on in two offices makes it: it follows every branch and adopts one.
    reconcile: { label: '确认两边办理结果', from: [], to: 'same', asks: [], allowedTo: ALL },
  },
});

export type FindingEventId = keyof typeof findingWorkflow.events;
/** The table, by event. */
export const TRANSITIONS = findingWorkflow.events;
/** Events with the labels of their buttons. */
export const FINDING_EVENTS = (Object.keys(TRANSITIONS) as FindingEventId[]).map((id) => ({
  id,
  label: TRANSITIONS[id].label,
}));

/** The state an event leads to from the facts. */
export const targetState = (event: FindingEventId, facts: TransitionFacts): FindingState =>
  targetOf(TRANSITIONS[event], facts.state, facts) as FindingState;

/** Everything that stands in the way of an event; empty means it may happen. */
export const checkTransition = (event: FindingEventId, facts: TransitionFacts, input: EventInput): Missing[] =>
  obstacles(findingWorkflow, event, facts.state, facts, input);

/** Events possible from a state, with what already stands in their way before anything is entered. */
export function allowedEvents(
  facts: TransitionFacts,
): { event: FindingEventId; to: FindingState; missing: Missing[] }[] {
  return FINDING_EVENTS.filter(({ id }) => {
    const { from, suits } = TRANSITIONS[id];
    return from.includes(facts.state) && (suits?.(facts) ?? true);
  }).map(({ id }) => ({
    event: id,
    to: targetState(id, facts),
    missing: obstacles(findingWorkflow, id, facts.state, facts, null),
  }));
}
