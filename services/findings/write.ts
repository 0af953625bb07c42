// Writing findings: records, their steps, follow-ups. The events of their machine are in workflow.ts.
import { enterprise, enterprisePlace } from '../../domain/enterprises/entities.ts';
import { finding, findingLaw, findingStep, findingStepPrev, followUp } from '../../domain/findings/entities.ts';
import type { FindingState } from '../../domain/findings/machine.ts';
import { foldSteps, type Step } from '../../domain/findings/steps.ts';
import { issueGuard, targetState, type FindingEventId } from '../../domain/findings/workflow.ts';
import { checklistItem } from '../../domain/knowledge/entities.ts';
import { serviceProject } from '../../domain/projects/entities.ts';
import { addDays } from '../../domain/values/day.ts';
import { visit, visitAttendee, visitOpeningPoint } from '../../domain/visits/entities.ts';
import { openingLacks } from '../../domain/visits/opening.ts';
import type { Done, FieldProblem, Saved, Values } from '../../contract/shared.ts';
import type { NewRow, RowOf } from '../../domain/dictionary/entity.ts';
import type { Missing } from '../../domain/dictionary/workflow.ts';
import type { Reader, Writer } from '../../db/index.ts';
import { act, type Context } from '../context.ts';
import { notFound, refused, ServiceError } from '../errors.ts';
import { checkValues, cleanValues, requireSeen, type Seen } from '../records/index.ts';
import { factsOf, isSigned } from './read.ts';
import { forgetRepeats, noteDecision, requireEarlier } from './recurrence.ts';

/** Appends a step that builds on all heads the author saw. */
export async function appendStep(
  tx: Writer,
  findingId: string,
  seen: readonly Step[],
  step: {
    event: FindingEventId;
    from: FindingState | null;
    to: FindingState;
    date: string;
    by: string;
    at?: string;
    approver?: string | null;
    deadline?: string | null;
    reason?: string | null;
    evidence?: string | null;
  },
): Promise<Step> {
  const row = await tx.insert(findingStep, { findingId, at: tx.now, ...step } as NewRow<typeof findingStep>);
  const heads = foldSteps(seen)?.headIds ?? [];
  for (const head of heads) await tx.insert(findingStepPrev, { stepId: row.id, prevId: head } as never);
  return { ...(row as unknown as Omit<Step, 'prev'>), prev: heads };
}

/**
 * Sees that whoever records a finding has said before what the visit is for, where the project wants it (capability MH-06).
 * @throws REFUSED
 */
async function requireOpening(read: Reader, visitId: string): Promise<void> {
  const during = await read.get(visit, visitId);
  const project = during?.projectId ? await read.get(serviceProject, during.projectId) : null;
  if (!during || project?.openingRequired !== true) return;
  const [attendees, points] = [
    await read.find(visitAttendee, { visitId }),
    await read.find(visitOpeningPoint, { visitId } as never),
  ];
  const lacks = openingLacks({ at: during.openingAt, attendees: attendees.length, points: points.length });
  if (lacks.length === 0) return;
  throw refused(`这个项目要求先做首次沟通再记问题：请在“检查信息”里登记${lacks.join('、')}`);
}

/** Inserts a draft finding with its first step. @throws REFUSED where the opening of its visit is not on record */
export async function insertFinding(
  tx: Writer,
  values: Record<string, unknown>,
  lawIds: readonly string[],
  by: string,
): Promise<RowOf<typeof finding>> {
  const foundDate = values.foundDate as string;
  if (typeof values.visitId === 'string') await requireOpening(tx.read, values.visitId);
  const no = (values.no as string | undefined) ?? (await tx.nextNumber('finding', foundDate));
  const row = await tx.insert(finding, { ...values, no } as NewRow<typeof finding>);
  await tx.setMembers(findingLaw, row.id, lawIds);
  await appendStep(tx, row.id, [], { event: 'record', from: null, to: 'draft', date: foundDate, by });
  return row;
}

/** Default deadline of a class: the checklist item's days, else the project's (domain reference 3.3). */
export async function defaultDeadline(
  ctx: Context,
  handlingClass: string,
  itemDays: number | null,
  from: string,
): Promise<string> {
  const projectId = ctx.projectId();
  const project = projectId ? await ctx.store.read.get(serviceProject, projectId) : null;
  const days =
    { immediate: project?.immediateDays ?? 3, deadline: project?.deadlineDays ?? 15, major: project?.majorDays ?? 30 }[
      handlingClass
    ] ?? 15;
  return addDays(from, itemDays ?? days);
}

/** Deadline proposed for a finding: the days of its checklist item while it is of the item's class, else those of its class. */
async function proposedDeadline(ctx: Context, row: Record<string, unknown>): Promise<string> {
  const { checklistItemId: itemId, foundDate } = row;
  const item = typeof itemId === 'string' ? await ctx.store.read.get(checklistItem, itemId) : null;
  const handlingClass = String(row.handlingClass ?? 'deadline');
  const days = item?.handlingClass === handlingClass ? item.deadlineDays : null;
  return await defaultDeadline(ctx, handlingClass, days, String(foundDate));
}

/** Makes a draft finding from a form or the visit screen. Drafts may be incomplete; only what can't be stored is refused. */
export async function createFinding(ctx: Context, values: Values, lawIds: readonly string[]): Promise<Saved> {
  const clean: Record<string, unknown> = { foundDate: ctx.today(), ...cleanValues(finding, values) };
  await possible(ctx, null, clean);
  const during = typeof clean.visitId === 'string' ? await ctx.store.read.get(visit, clean.visitId) : null;
  if (during?.state === 'recorded')
    throw refused('这次检查已结束，不能再加问题；请先在检查页“重新打开”，或另做一次检查');
  clean.owner = during?.nature === 'assist' ? 'authority' : 'service';
  if (typeof clean.visitId === 'string' && (await isSigned(ctx.store.read, clean.visitId)))
    throw refused('企业已在检查记录上签字，不能再加问题；请先撤销签字，或另做一次检查');
  if (!('proposedDeadline' in clean)) clean.proposedDeadline = await proposedDeadline(ctx, clean);
  const problems = storable(clean);
  const { value, actionId } = await act(
    ctx,
    '记录问题',
    'visit',
    async (tx) => await insertFinding(tx, clean, lawIds, ctx.operator().name),
  );
  return { id: value.id, actionId, problems };
}

function storable(row: Record<string, unknown>): FieldProblem[] {
  const problems = checkValues(finding, { no: 'x', category: 'other', handlingClass: 'deadline', ...row });
  const stop = problems.find((p) => p.severity === 'error');
  if (stop) throw new ServiceError('INVALID', stop.sentence, { problems });
  return problems;
}

/** States in which the class may still change (domain reference 3.3). */
const CLASS_CHANGE_STATES: readonly string[] = ['draft', 'open', 'in_progress'];

/** What the enterprise read before it signed the record of the inspection. */
const SIGNED_FIELDS: readonly string[] = ['description', 'placeId', 'location', 'category', 'measure', 'foundDate'];

/** What can't be, whatever state the finding is in: another enterprise, a day to come, a recurrence of itself. */
async function possible(
  ctx: Context,
  before: RowOf<typeof finding> | null,
  clean: Record<string, unknown>,
): Promise<void> {
  const enterpriseId = String(clean.enterpriseId ?? before?.enterpriseId ?? '');
  if (before && enterpriseId !== before.enterpriseId)
    throw refused('问题所属的企业不能改；登记错了请作废，再在那家企业登记');
  const owner = enterpriseId ? await ctx.store.read.get(enterprise, enterpriseId) : null;
  if (!owner) throw notFound('企业');
  const foundDate = String(clean.foundDate ?? before?.foundDate ?? '');
  if (foundDate > ctx.today()) throw refused('发现日期不能晚于今天');
  if (typeof clean.recurrenceOfId === 'string' && clean.recurrenceOfId !== before?.recurrenceOfId) {
    await requireEarlier(ctx.store.read, { id: before?.id ?? null, enterpriseId, foundDate }, clean.recurrenceOfId);
  }
  if (typeof clean.placeId === 'string' && clean.placeId !== before?.placeId) {
    const place = await ctx.store.read.get(enterprisePlace, clean.placeId);
    if (!place || place.deletedAt || place.enterpriseId !== enterpriseId)
      throw refused('位置请从这家企业的位置里选；没有的可以当场添加');
  }
}

/** After issue: where it belongs and when it was found stay, and its class changes by the rules of 3.3. */
function afterIssue(before: RowOf<typeof finding>, changed: ReadonlySet<string>, clean: Record<string, unknown>): void {
  if (changed.has('foundDate')) throw refused('开单后发现日期不能改；登记错了请作废后重新登记');
  if (['visitId', 'roundId', 'checklistItemId'].some((field) => changed.has(field)))
    throw refused('开单后不能改到别的检查、轮次或检查项；登记错了请作废后重新登记');
  if (!changed.has('handlingClass')) return;
  if (!CLASS_CHANGE_STATES.includes(before.status)) throw refused('待复核、已销号等状态的问题不能再改处理类别');
  if (clean.handlingClass === 'immediate') throw refused('开单后不能改为即知即改');
  if (before.deadline === null) throw refused('改为限期整改要有时限：请先用“延期”写明时限，再改处理类别');
}

/** Whether the deadline of a draft goes along with what it was proposed by: nobody has set another one. */
async function followsClass(
  ctx: Context,
  before: RowOf<typeof finding>,
  changed: ReadonlySet<string>,
): Promise<boolean> {
  if (changed.has('proposedDeadline') || !(changed.has('handlingClass') || changed.has('foundDate'))) return false;
  return before.proposedDeadline === (await proposedDeadline(ctx, before));
}

/**
 * Changes a finding's words. What it needed to be issued it keeps; deadlines change by events alone.
 * @throws NOT_FOUND, INVALID, REFUSED
 */
export async function updateFinding(
  ctx: Context,
  id: string,
  values: Values,
  lawIds: readonly string[] | undefined,
  seen?: Seen,
  seenLawIds?: readonly string[],
): Promise<Saved> {
  const before = await ctx.store.read.get(finding, id);
  if (!before || before.deletedAt) throw notFound('问题');
  const clean = cleanValues(finding, values);
  delete clean.no;
  // Whose it is follows from its visit alone.
  delete clean.owner;
  if (before.status !== 'draft' && 'proposedDeadline' in clean) delete clean.proposedDeadline;
  const changed = new Set(
    Object.keys(clean).filter(
      (field) => (clean[field] ?? null) !== ((before as Record<string, unknown>)[field] ?? null),
    ),
  );
  await possible(ctx, before, clean);
  if (before.status !== 'draft') afterIssue(before, changed, clean);
  else if (await followsClass(ctx, before, changed))
    clean.proposedDeadline = await proposedDeadline(ctx, { ...before, ...clean });
  if (
    (lawIds || SIGNED_FIELDS.some((field) => changed.has(field))) &&
    (await isSigned(ctx.store.read, before.visitId))
  ) {
    throw refused(
      '企业已在检查记录上签字，问题的描述、位置、类别、整改要求和依据不能再改；确需更正时请先在检查页撤销签字',
    );
  }
  const problems = storable({ ...before, ...clean });
  const { actionId } = await act(ctx, '修改问题', 'form', async (tx) => {
    await requireSeen(tx.read, finding, id, clean, seen);
    const had = await lacks(tx, id);
    const [first] = changed.has('foundDate') ? await tx.read.find(findingStep, { findingId: id, event: 'record' }) : [];
    await tx.update(finding, id, clean as never);
    if (changed.has('recurrenceOfId')) await forgetRepeats(tx, id);
    if (changed.has('recurrenceOfId') && typeof clean.recurrenceOfId === 'string')
      await noteDecision(ctx, tx, { findingId: id, earlierId: clean.recurrenceOfId }, 'repeat');
    if (first) await tx.update(findingStep, first.id, { date: String(clean.foundDate) });
    if (lawIds) await tx.setMembers(findingLaw, id, lawIds, seenLawIds);
    const gone = (await lacks(tx, id)).find((missing) => !had.some((one) => one.code === missing.code));
    if (gone && before.status !== 'draft' && before.status !== 'voided')
      throw refused(`已开单的问题不能缺这一项：${gone.sentence}`);
  });
  return { id, actionId, problems };
}

/** Names another person for findings: one action, an entry for each. @throws NOT_FOUND; REFUSED for one that is voided */
export async function assignFindings(ctx: Context, ids: readonly string[], responsiblePerson: string): Promise<Done> {
  const { actionId } = await act(ctx, `改 ${ids.length} 项的责任人`, 'form', async (tx) => {
    for (const id of ids) {
      const row = await tx.read.get(finding, id);
      if (!row || row.deletedAt) throw notFound('问题');
      if (row.status === 'voided') throw refused(`${row.no} 已作废，不能再改。一项也没有改，请取消勾选作废的问题`);
      await tx.update(finding, id, { responsiblePerson });
      await tx.breathe();
    }
  });
  return { actionId };
}

/** What the finding would lack to be issued as it is, with the deadline in force. */
async function lacks(tx: Writer, id: string): Promise<Missing[]> {
  const { facts } = await factsOf(tx.read, id);
  return issueGuard({ ...facts, proposedDeadline: facts.deadline ?? facts.proposedDeadline }, null);
}

/** Puts a draft into the bin. @throws REFUSED for anything later: that is voided with a reason */
export async function removeDraft(ctx: Context, id: string): Promise<Done> {
  const { facts } = await factsOf(ctx.store.read, id);
  if (facts.state !== 'draft') throw refused('已开单的问题不能删除；登记有误时请“作废”并写明原因');
  return {
    actionId: (
      await act(ctx, '删除草稿问题', 'form', async (tx) => {
        await tx.remove(finding, id);
      })
    ).actionId,
  };
}

/** A contact between notice and verification; the first one starts rectification. @throws INVALID without a next date while unrectified */
export async function addFollowUp(
  ctx: Context,
  ids: readonly string[],
  given: {
    date?: string | undefined;
    channel: string;
    content: string;
    progressPercent: number | null;
    nextDate: string | null;
  },
): Promise<Done> {
  const date = given.date ?? ctx.today();
  if (date > ctx.today()) throw refused('跟踪日期不能晚于今天');
  const { actionId } = await act(ctx, ids.length > 1 ? `登记 ${ids.length} 项跟踪` : '登记跟踪', 'form', async (tx) => {
    for (const id of ids) {
      const { facts, steps } = await factsOf(tx.read, id);
      if (['draft', 'voided'].includes(facts.state)) throw refused('草稿和作废的问题不需要跟踪');
      if (date < facts.foundDate) throw refused(`跟踪日期不能早于发现日期（${facts.foundDate}）`);
      if (facts.state !== 'closed' && !given.nextDate)
        throw refused('问题还没有整改完，请填写下次跟踪日期', [{ code: 'NEXT_DATE', sentence: '请填写下次跟踪日期' }]);
      if (given.nextDate && given.nextDate < date) throw refused('下次跟踪日期不能早于本次');
      await tx.insert(followUp, {
        findingId: id,
        date,
        byName: ctx.operator().name,
        channel: given.channel as 'phone',
        content: given.content.trim(),
        progressPercent: given.progressPercent,
        nextDate: given.nextDate,
      });
      if (facts.state === 'open' && (facts.lastStepDate ?? date) <= date)
        await appendStep(tx, id, steps, {
          event: 'start',
          from: facts.state,
          to: targetState('start', facts),
          date,
          by: ctx.operator().name,
          reason: '首次跟踪',
        });
    }
  });
  return { actionId };
}
