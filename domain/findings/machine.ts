// The finding state machine: one transition table, its guards, and the fold of steps into a state (domain reference 3.3).

/** States with their Chinese labels, least finished first (hand-off design 6.4); voided last. */
export const FINDING_STATES = [
  { id: 'draft', label: '草稿' }, { id: 'open', label: '待整改' }, { id: 'in_progress', label: '整改中' }, { id: 'suspended', label: '中止' },
  { id: 'transferred', label: '已移交' }, { id: 'submitted', label: '待复核' }, { id: 'closed', label: '已销号' }, { id: 'voided', label: '作废' },
] as const;
export type FindingState = (typeof FINDING_STATES)[number]['id'];

/** Out of every count: not issued yet, or issued by mistake (domain reference 4.1). */
export const NOT_COUNTED_STATES = ['draft', 'voided'] as const satisfies readonly FindingState[];
/** Nothing is left to do: neither counted out nor closed is open. */
export const NOT_OPEN_STATES = [...NOT_COUNTED_STATES, 'closed'] as const satisfies readonly FindingState[];
/** The enterprise has to act and has not reported: only these run out of time (domain reference 3.3). */
export const AWAITING_STATES = ['open', 'in_progress'] as const satisfies readonly FindingState[];

/** Events with the labels of their buttons. */
export const FINDING_EVENTS = [
  { id: 'record', label: '记录问题' }, { id: 'issue', label: '开具整改单' }, { id: 'fix_on_site', label: '现场整改，销号' }, { id: 'start', label: '转为整改中' },
  { id: 'report', label: '企业提交整改' }, { id: 'verify_pass', label: '复核通过，销号' }, { id: 'verify_fail', label: '复核不通过，退回' }, { id: 'extend', label: '延期' },
  { id: 'suspend', label: '中止' }, { id: 'resume', label: '恢复整改' }, { id: 'source_removed', label: '污染源已消除，销号' }, { id: 'transfer', label: '移交' },
  { id: 'close_transferred', label: '移交办结，销号' }, { id: 'send_back', label: '移交退回' }, { id: 'void', label: '作废' }, { id: 'unvoid', label: '撤销作废' }, { id: 'reopen', label: '重新打开' },
  { id: 'reconcile', label: '确认两边办理结果' },
] as const;
export type FindingEventId = (typeof FINDING_EVENTS)[number]['id'];

/** What an event asks of the person. */
export type EventNeed = 'deadline' | 'reason' | 'approver' | 'evidence' | 'verification';

/** Everything the guards look at. */
export interface TransitionFacts {
  state: FindingState;
  description: string | null; category: string | null; handlingClass: string | null; responsible: string | null; measure: string | null;
  foundDate: string; deadline: string | null; proposedDeadline: string | null; laws: number; photosBefore: number; photoExempt: boolean; evidenceGiven: boolean;
  helpPlan: string | null; enforcementContact: string | null; reportDate: string | null; lastStepDate: string | null; stateBeforeVoid: FindingState | null; villageMayVerify: boolean;
}

/** What the person gives with an event. */
export interface EventInput {
  date: string; today: string; by: string; deadline: string | null; reason: string | null; approver: string | null; evidence: string | null;
  verification?: { method: string; clientConfirmer: string | null; byVillage: boolean } | null;
  ladderFinished?: boolean;
}

/** Something that stands in the way of an event. */
export interface Missing { code: string; sentence: string }

interface Transition { from: readonly FindingState[]; to: FindingState | 'same' | 'before_void'; needs: readonly EventNeed[]; guard(f: TransitionFacts, i: EventInput | null): Missing[] }

const miss = (code: string, sentence: string): Missing => ({ code, sentence });
const when = (bad: boolean, code: string, sentence: string): Missing[] => (bad ? [miss(code, sentence)] : []);
const text = (s: string | null | undefined): boolean => (s ?? '').trim().length > 0;
const DATED: readonly string[] = ['deadline', 'major'];

const reasonGiven = (i: EventInput | null, sentence: string): Missing[] => when(i !== null && !text(i.reason), 'REASON', sentence);
const approved = (i: EventInput | null): Missing[] => when(i !== null && !text(i.approver), 'APPROVER', '请填写批准人');

/** What a finding lacks to be issued; one that was issued never lacks it again. */
export function issueGuard(f: TransitionFacts, i: EventInput | null): Missing[] {
  const deadline = i?.deadline ?? f.proposedDeadline;
  const dated = DATED.includes(f.handlingClass ?? '');
  return [
    ...when((f.description ?? '').trim().length < 6, 'DESCRIPTION', '问题描述至少 6 个字，一条只写一个问题'),
    ...when(!text(f.category), 'CATEGORY', '请选择问题类别'), ...when(!text(f.handlingClass), 'HANDLING_CLASS', '请选择处理类别'),
    ...when(!text(f.responsible), 'RESPONSIBLE', '请填写责任单位或责任人'), ...when(!text(f.measure), 'MEASURE', '请填写整改措施'),
    ...when(dated && !text(deadline), 'DEADLINE', '请填写整改时限'),
    ...when(text(deadline) && (deadline as string) < f.foundDate, 'DEADLINE_BEFORE_FOUND', '整改时限不能早于发现日期'),
    ...when(dated && f.laws === 0, 'LEGAL_BASIS', '请选择法规依据'),
    ...when(f.photosBefore === 0 && !f.photoExempt, 'PHOTO', '请添加整改前照片，或选择无照片原因'),
  ];
}

const newDeadline = (i: EventInput | null, required: boolean): Missing[] => [
  ...when(i !== null && required && !text(i.deadline), 'DEADLINE', '请填写新的整改时限'),
  ...when(i !== null && text(i.deadline) && (i.deadline as string) < i.date, 'DEADLINE_PAST', '新的时限不能早于办理日期'),
];

/** The table of domain reference 3.3, by event. */
export const TRANSITIONS: Readonly<Record<FindingEventId, Transition>> = {
  record: { from: [], to: 'draft', needs: [], guard: () => [] },
  // Only the decision on a loop that went on in two offices makes it: it follows every branch and adopts one.
  reconcile: { from: [], to: 'same', needs: [], guard: () => [] },
  issue: { from: ['draft'], to: 'open', needs: [], guard: issueGuard },
  fix_on_site: {
    from: ['draft', 'open'], to: 'closed', needs: ['evidence'],
    guard: (f, i) => [
      ...when(f.handlingClass !== 'immediate', 'CLASS', '只有即知即改的问题可以现场销号'),
      ...when((f.description ?? '').trim().length < 6, 'DESCRIPTION', '问题描述至少 6 个字，一条只写一个问题'),
      ...when(i !== null && !text(i.evidence) && !f.evidenceGiven, 'EVIDENCE', '请添加整改后照片，或写明怎样整改的'),
    ],
  },
  start: { from: ['open'], to: 'in_progress', needs: [], guard: () => [] },
  report: {
    from: ['open', 'in_progress'], to: 'submitted', needs: ['evidence'],
    guard: (f, i) => when(i !== null && !f.evidenceGiven && !text(i.evidence), 'EVIDENCE', '请附整改后照片或证明材料，或写明整改情况'),
  },
  verify_pass: {
    from: ['submitted'], to: 'closed', needs: ['verification'],
    guard: (f, i) => [
      ...when(i !== null && f.reportDate !== null && i.date < f.reportDate, 'DATE_BEFORE_REPORT', '复核日期不能早于企业提交日期'),
      ...(f.handlingClass !== 'major' ? [] : [
        ...when(!text(f.helpPlan), 'HELP_PLAN', '重大问题销号前请填写专项帮扶情况'),
        ...when(!text(f.enforcementContact), 'ENFORCEMENT_CONTACT', '重大问题销号前请填写管执联动联系人'),
        ...when(i !== null && i.verification?.method !== 'on_site', 'ON_SITE', '重大问题须现场复核'),
        ...when(i !== null && !text(i.verification?.clientConfirmer), 'CLIENT_CONFIRMER', '重大问题销号须填写委托方确认人'),
      ]),
      ...when(i !== null && (i.verification?.byVillage ?? false) && !f.villageMayVerify, 'VILLAGE', '这一项不能由村居人员核销，请由检查人员复核'),
    ],
  },
  verify_fail: {
    from: ['submitted'], to: 'in_progress', needs: ['verification', 'reason'],
    guard: (f, i) => [...reasonGiven(i, '请写明哪里没有整改到位'), ...newDeadline(i, false),
      ...when(i !== null && f.reportDate !== null && i.date < f.reportDate, 'DATE_BEFORE_REPORT', '复核日期不能早于企业提交日期')],
  },
  extend: {
    from: ['open', 'in_progress'], to: 'same', needs: ['deadline', 'reason', 'approver'],
    guard: (f, i) => [...approved(i), ...reasonGiven(i, '请写明延期原因'), ...newDeadline(i, true),
      ...when(i !== null && text(i.deadline) && f.deadline !== null && (i.deadline as string) <= f.deadline, 'DEADLINE_NOT_LATER', '延期后的时限应晚于现在的时限')],
  },
  suspend: { from: ['open', 'in_progress', 'submitted'], to: 'suspended', needs: ['reason'], guard: (_f, i) => reasonGiven(i, '请写明中止依据，如停产、搬迁') },
  resume: { from: ['suspended'], to: 'in_progress', needs: ['deadline'], guard: (_f, i) => newDeadline(i, true) },
  source_removed: { from: ['suspended'], to: 'closed', needs: ['evidence'], guard: (f, i) => when(i !== null && !text(i.evidence) && !f.evidenceGiven, 'EVIDENCE', '请写明现场确认的搬迁或关停情况') },
  transfer: {
    from: ['open', 'in_progress'], to: 'transferred', needs: ['reason', 'approver'],
    guard: (f, i) => (f.handlingClass === 'major' || (i?.ladderFinished ?? false) ? [] : [...approved(i), ...reasonGiven(i, '请写明移交原因')]),
  },
  close_transferred: { from: ['transferred'], to: 'closed', needs: ['evidence'], guard: (_f, i) => when(i !== null && !text(i.evidence), 'RESULT', '请写明接收单位的办理结果') },
  send_back: { from: ['transferred'], to: 'in_progress', needs: ['reason', 'deadline'], guard: (_f, i) => [...reasonGiven(i, '请写明退回原因'), ...newDeadline(i, true)] },
  void: {
    from: ['draft', 'open', 'in_progress', 'submitted', 'suspended', 'transferred', 'closed'], to: 'voided', needs: ['reason', 'approver'],
    guard: (_f, i) => [...reasonGiven(i, '请写明作废原因，如重复登记'), ...approved(i)],
  },
  unvoid: { from: ['voided'], to: 'before_void', needs: ['reason', 'approver'], guard: (_f, i) => [...reasonGiven(i, '请写明撤销作废的原因'), ...approved(i)] },
  reopen: {
    from: ['closed'], to: 'in_progress', needs: ['deadline', 'reason', 'approver'],
    guard: (_f, i) => [...reasonGiven(i, '请写明为何销号有误'), ...approved(i), ...newDeadline(i, true)],
  },
};

const labelOfState = (s: FindingState): string => FINDING_STATES.find((x) => x.id === s)?.label ?? s;

/** The state an event leads to from the facts. */
export function targetState(event: FindingEventId, facts: TransitionFacts): FindingState {
  const { to } = TRANSITIONS[event];
  if (to === 'same') return facts.state;
  if (to === 'before_void') return facts.stateBeforeVoid ?? 'open';
  return to;
}

/** Everything that stands in the way of an event; empty means it may happen. */
export function checkTransition(event: FindingEventId, facts: TransitionFacts, input: EventInput): Missing[] {
  const transition = TRANSITIONS[event];
  if (!transition.from.includes(facts.state)) return [miss('STATE', `“${labelOfState(facts.state)}”的问题不能${FINDING_EVENTS.find((e) => e.id === event)?.label ?? event}`)];
  return [
    ...when(input.date > input.today, 'DATE_FUTURE', '办理日期不能晚于今天'),
    ...when(facts.lastStepDate !== null && input.date < facts.lastStepDate, 'DATE_BEFORE_LAST', `办理日期不能早于上一步（${facts.lastStepDate ?? ''}）`),
    ...when(input.date < facts.foundDate, 'DATE_BEFORE_FOUND', '办理日期不能早于发现日期'),
    ...transition.guard(facts, input),
  ];
}

/** Events possible from a state, with what already stands in their way before anything is entered. */
export function allowedEvents(facts: TransitionFacts): { event: FindingEventId; to: FindingState; needs: readonly EventNeed[]; missing: Missing[] }[] {
  return FINDING_EVENTS.filter((e) => TRANSITIONS[e.id].from.includes(facts.state)).map((e) => ({
    event: e.id, to: targetState(e.id, facts), needs: TRANSITIONS[e.id].needs, missing: TRANSITIONS[e.id].guard(facts, null),
  })).filter((e) => e.event !== 'fix_on_site' || facts.handlingClass === 'immediate');
}
