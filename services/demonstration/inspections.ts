// Three years of rounds, visits and findings of the demonstration town.
import { attachment } from '../../domain/attachments/entities.ts';
import {
  finding,
  findingLaw,
  findingStep,
  findingStepPrev,
  followUp,
  noticeFinding,
  rectificationNotice,
  repeatDecision,
  verification,
} from '../../domain/findings/entities.ts';
import { enterprisePlace } from '../../domain/enterprises/entities.ts';
import { placeKindOf } from '../../domain/enterprises/places.ts';
import type { RowOf } from '../../domain/dictionary/entity.ts';
import type { FindingState } from '../../domain/findings/machine.ts';
import type { FindingEventId } from '../../domain/findings/workflow.ts';
import { round, roundTarget } from '../../domain/rounds/entities.ts';
import { checklistAnswer, visit, visitPurpose, visitStaff } from '../../domain/visits/entities.ts';
import { addDays } from '../../domain/values/day.ts';
import { differs, type Writer } from '../../db/index.ts';
import type { Town } from './territory.ts';
import type { DemoEnterprise } from './enterprises.ts';
import { consentOn, notedOn } from './service.ts';
import { sceneOf } from './pictures.ts';
import { carryLists, type AppliedList } from './checklists.ts';
import type { Dice } from './random.ts';
import type { Recipe } from './recipe.ts';

interface Item {
  id: string;
  checklistId: string;
  text: string;
  wording: string | null;
  suggestion: string | null;
  category: string;
  handlingClass: 'immediate' | 'deadline' | 'major';
  days: number | null;
}
interface Blob {
  sha256: string;
  size: number;
}

/** What the inspections are made from. */
export interface Inspecting {
  tx: Writer;
  recipe: Recipe;
  dice: Dice;
  town: Town;
  today: string;
  items: ReadonlyMap<string, Item[]>;
  lists: ReadonlyMap<string, readonly AppliedList[]>;
  /** What an item rests on, on a day. */
  lawsOf: (itemId: string, day: string) => string[];
  blobs: ReadonlyMap<string, Blob>;
  step: () => void;
}

/** One half-year round. */
export interface RoundPlan {
  no: number;
  name: string;
  from: string;
  to: string;
  baseRoundId: string | null;
  share: number;
  running: boolean;
}

/** Checklist items by object kind, of the default checklist of that kind. */
export async function itemsByKind(tx: Writer): Promise<Map<string, Item[]>> {
  const rows = await tx.read.sql<Item & { kind: string }>(
    `SELECT k.object_kind AS kind, i.id, i.checklist_id AS "checklistId", i.text, i.finding_wording AS wording, i.suggestion, i.category, i.handling_class AS "handlingClass", i.deadline_days AS days
     FROM checklist_for_kind d JOIN checklist_item i ON i.checklist_id = d.checklist_id JOIN checklist_item_kind k ON k.item_id = i.id AND k.object_kind = d.object_kind
     WHERE d.seq = 1
       AND EXISTS (SELECT 1 FROM checklist_item_basis b JOIN legal_basis l ON l.id = b.legal_basis_id WHERE b.item_id = i.id AND ${differs('l.kind', `'penalty'`)})
     ORDER BY k.object_kind, i.code`,
  );
  const byKind = new Map<string, Item[]>();
  // What can't be issued without a legal basis isn't found in the demonstration.
  for (const { kind, ...item } of rows) byKind.set(kind, [...(byKind.get(kind) ?? []), item]);
  return byKind;
}

/** Appends steps as long as their day has come; returns the state reached. */
class Chain {
  readonly #tx: Writer;
  readonly #findingId: string;
  readonly #today: string;
  #last: { id: string; to: FindingState } | null = null;
  constructor(tx: Writer, findingId: string, today: string) {
    this.#tx = tx;
    this.#findingId = findingId;
    this.#today = today;
  }

  async add(
    event: FindingEventId,
    to: FindingState,
    date: string,
    by: string,
    more: { deadline?: string; reason?: string; evidence?: string; approver?: string } = {},
  ): Promise<boolean> {
    if (date > this.#today) return false;
    const row = await this.#tx.insert(findingStep, {
      findingId: this.#findingId,
      event,
      from: this.#last?.to ?? null,
      to,
      date,
      at: this.#tx.now,
      by,
      ...more,
    });
    if (this.#last) await this.#tx.insert(findingStepPrev, { stepId: row.id, prevId: this.#last.id } as never);
    this.#last = { id: row.id, to };
    return true;
  }
}

async function photo(
  d: Inspecting,
  findingId: string,
  category: string,
  when: 'before' | 'after',
  day: string,
): Promise<void> {
  const blob = d.blobs.get(`${sceneOf(category)}/${when}`);
  if (!blob) return;
  await d.tx.insert(attachment, {
    ownerEntity: 'finding',
    ownerId: findingId,
    kind: when === 'before' ? 'photo_before' : 'photo_after',
    seq: when === 'before' ? 1 : 2,
    name: `IMG_${day.replaceAll('-', '')}.jpg`,
    sha256: blob.sha256,
    size: blob.size,
    mime: 'image/jpeg',
    width: 1200,
    height: 900,
    takenAt: `${day}T10:20:00`,
  });
}

const DEFAULT_DAYS = { immediate: 3, deadline: 15, major: 30 } as const;

/** The visit on which a finding was verified; one that is there on that day will do. */
async function verifyingVisit(d: Inspecting, e: DemoEnterprise, date: string, by: string): Promise<void> {
  const { tx, town } = d;
  if (await tx.read.sqlOne('SELECT 1 FROM visit WHERE enterprise_id = ? AND date = ? LIMIT 1', [e.id, date])) return;
  const v = await tx.insert(visit, {
    no: await tx.nextNumber('visit', date),
    enterpriseId: e.id,
    projectId: town.projectId,
    date,
    timeFrom: '14:00',
    timeTo: '14:30',
    state: 'signed',
    outcome: 'completed',
    accompanyingName: e.person,
    accompanyingPost: '环保负责人',
    summary: '现场复核整改情况',
    ...consentOn(e, date, '14:00'),
    signerName: e.person,
    signedDate: date,
  });
  await tx.insert(visitPurpose, { visitId: v.id, purpose: 'verification' } as never);
  for (const { id } of town.inspectors.filter((i) => i.name === by))
    await tx.insert(visitStaff, { visitId: v.id, staffId: id } as never);
}

/** Reports and verifies until it is closed, today comes, or it stays behind. */
async function rectify(
  d: Inspecting,
  chain: Chain,
  findingId: string,
  given: { enterprise: DemoEnterprise; from: string; deadline: string; by: string; category: string; major: boolean },
): Promise<void> {
  const { tx, dice, recipe } = d;
  const slow = dice.chance(0.05);
  let report = slow
    ? addDays(given.deadline, dice.int(4, 60))
    : addDays(
        given.from,
        dice.int(
          1,
          Math.max(2, Number.parseInt(String((Date.parse(given.deadline) - Date.parse(given.from)) / 86_400_000), 10)),
        ),
      );
  for (let round = 0; round < 3; round += 1) {
    if (!(await chain.add('report', 'submitted', report, given.by, { evidence: dice.pick(recipe.evidence) }))) return;
    await photo(d, findingId, given.category, 'after', report);
    const check = addDays(report, dice.int(0, 6));
    if (check > d.today) return;
    const fails = dice.chance(0.08) && round < 2;
    const comment = fails ? dice.pick(recipe.failReasons) : dice.pick(recipe.passComments);
    const method = given.major ? 'on_site' : dice.pick(['on_site', 'photo', 'documents']);
    if (method === 'on_site') await verifyingVisit(d, given.enterprise, check, given.by);
    await tx.insert(verification, {
      findingId,
      date: check,
      byName: given.by,
      method,
      result: fails ? 'fail' : 'pass',
      comment,
      ...(given.major && { clientConfirmer: '镇环保办' }),
    });
    if (!fails) {
      await chain.add('verify_pass', 'closed', check, given.by, { reason: comment });
      return;
    }
    await chain.add('verify_fail', 'in_progress', check, given.by, { reason: comment });
    report = addDays(check, dice.int(2, 9));
  }
}

/** The place of that name in the file of an enterprise, made when something is first found there. */
async function placeAt({ tx }: Inspecting, e: DemoEnterprise, name: string): Promise<string> {
  const known = await tx.read.first(enterprisePlace, { enterpriseId: e.id, name });
  const kind = placeKindOf(name);
  return (known ?? (await tx.insert(enterprisePlace, { enterpriseId: e.id, name, kind }))).id;
}

/** What was found in the last days waits for a person's word on whether it is a repeat. */
const UNDECIDED_DAYS = 60;
/** So long after closing a finding of the item is the same case again. */
const REPEAT_DAYS = 90;

/** The newest earlier finding of the item at the place: the office takes the next one for its repeat. */
async function repeatOf(
  { tx }: Inspecting,
  e: DemoEnterprise,
  itemId: string,
  placeId: string,
): Promise<string | null> {
  const of = { enterpriseId: e.id, checklistItemId: itemId, placeId };
  const earlier = await tx.read.first(finding, of, { order: { foundDate: 'DESC' } });
  return earlier?.id ?? null;
}

/** What was found here before and is open, or was closed so lately that it comes up again. */
async function latelyFound({ tx }: Inspecting, e: DemoEnterprise, day: string): Promise<RowOf<typeof finding> | null> {
  const rows = await tx.read.find(finding, { enterpriseId: e.id }, { order: { foundDate: 'DESC' } });
  const isLate = ({ closedDate }: RowOf<typeof finding>): boolean =>
    closedDate === null || addDays(closedDate, REPEAT_DAYS) >= day;
  return rows.find((row) => row.foundDate < day && row.status !== 'voided' && isLate(row)) ?? null;
}

async function makeFinding(
  d: Inspecting,
  e: DemoEnterprise,
  item: Item,
  v: { id: string; date: string; roundId: string; by: string; placeId: string | null },
): Promise<{ id: string; issued: boolean } | null> {
  const { tx, dice, recipe, today } = d;
  const days = item.days ?? DEFAULT_DAYS[item.handlingClass];
  const deadline = addDays(v.date, Math.min(days, 60));
  const major = item.handlingClass === 'major';
  const name = dice.pick(recipe.locations[item.category] ?? recipe.locations.default ?? ['厂区内']);
  const placeId = v.placeId ?? (await placeAt(d, e, name));
  const earlierId = v.date < addDays(today, -UNDECIDED_DAYS) ? await repeatOf(d, e, item.id, placeId) : null;
  const row = await tx.insert(finding, {
    no: await tx.nextNumber('finding', v.date),
    enterpriseId: e.id,
    visitId: v.id,
    roundId: v.roundId,
    checklistItemId: item.id,
    foundDate: v.date,
    category: item.category as 'other',
    handlingClass: item.handlingClass,
    description: item.wording ?? item.text,
    measure: item.suggestion ?? '按要求整改',
    placeId,
    recurrenceOfId: earlierId,
    responsibleUnit: e.name,
    responsiblePerson: e.person,
    proposedDeadline: deadline,
    toldToName: e.person,
    toldAt: '检查结束时',
    toldReply: '已知晓，按建议整改',
    ...(major && { helpPlan: '安排专家上门帮扶，每周跟踪', enforcementContact: '镇环保办执法联络员' }),
    ...(dice.chance(0.25) ? { photoExemption: 'document_only' as const } : {}),
  });
  if (earlierId !== null)
    await tx.insert(repeatDecision, {
      findingId: row.id,
      earlierId,
      decision: 'repeat',
      date: v.date,
      byName: v.by,
      reasons: '同一检查项；同一位置',
    });
  for (const legalBasisId of d.lawsOf(item.id, v.date).slice(0, 3))
    await tx.insert(findingLaw, { findingId: row.id, legalBasisId } as never);
  if (!row.photoExemption) await photo(d, row.id, item.category, 'before', v.date);
  const chain = new Chain(tx, row.id, today);
  await chain.add('record', 'draft', v.date, v.by);
  if (item.handlingClass === 'immediate' && dice.chance(0.5)) {
    await photo(d, row.id, item.category, 'after', v.date);
    await chain.add('fix_on_site', 'closed', v.date, v.by, { evidence: '现场整改完成' });
    return { id: row.id, issued: false };
  }
  await chain.add('issue', 'open', v.date, v.by, { deadline });
  if (dice.chance(0.012)) {
    await chain.add('void', 'voided', addDays(v.date, 1), v.by, { reason: '重复登记', approver: '陈思远' });
    return { id: row.id, issued: true };
  }
  const start = addDays(v.date, dice.int(2, 6));
  if (start > today) return { id: row.id, issued: true };
  await chain.add('start', 'in_progress', start, v.by, { reason: '首次跟踪' });
  await tx.insert(followUp, {
    findingId: row.id,
    date: start,
    byName: v.by,
    channel: dice.pick(['phone', 'wechat', 'visit']),
    content: dice.pick(recipe.contactWords),
    progressPercent: dice.int(1, 8) * 10,
    nextDate: addDays(start, 7),
  });
  let due = deadline;
  let at = start;
  if (dice.chance(0.07)) {
    at = deadline < start ? start : deadline;
    due = addDays(at, dice.int(7, 20));
    if (
      !(await chain.add('extend', 'in_progress', at, v.by, {
        deadline: due,
        reason: dice.pick(recipe.extendReasons),
        approver: '陈思远',
      }))
    )
      return { id: row.id, issued: true };
  }
  if (e.status === 'suspended' && dice.chance(0.2)) {
    await chain.add('suspend', 'suspended', addDays(at, 2), v.by, { reason: '企业停产' });
    return { id: row.id, issued: true };
  }
  if (major && dice.chance(0.04)) {
    await chain.add('transfer', 'transferred', addDays(at, 3), v.by, {
      approver: '陈思远',
      reason: '涉嫌较重违法，移交镇环保办',
    });
    return { id: row.id, issued: true };
  }
  // A few are never dealt with; in old rounds hardly any.
  if (dice.chance(v.date < addDays(today, -200) ? 0.003 : 0.14)) return { id: row.id, issued: true };
  await rectify(d, chain, row.id, { enterprise: e, from: at, deadline: due, by: v.by, category: item.category, major });
  return { id: row.id, issued: true };
}

/** The working day on or before a day. */
function workday(day: string): string {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday === 0 ? addDays(day, -2) : weekday === 6 ? addDays(day, -1) : day;
}

async function makeVisit(
  d: Inspecting,
  e: DemoEnterprise,
  roundId: string,
  targetId: string,
  date: string,
  rate: number,
): Promise<void> {
  const { tx, dice, recipe, town } = d;
  const first = town.inspectors.find((i) => i.id === e.staffId) ?? dice.pick(town.inspectors);
  const second = dice.pick(town.inspectors.filter((i) => i.id !== first.id));
  const items = d.items.get(e.kind) ?? [];
  const hour = dice.chance(0.03) ? 22 : dice.int(9, 15);
  const from = `${String(hour).padStart(2, '0')}:${dice.pick(['00', '10', '30', '40'])}`;
  const v = await tx.insert(visit, {
    no: await tx.nextNumber('visit', date),
    enterpriseId: e.id,
    roundId,
    roundTargetId: targetId,
    projectId: town.projectId,
    date,
    timeFrom: from,
    timeTo: `${String((hour + 1) % 24).padStart(2, '0')}:${dice.pick(['00', '20', '50'])}`,
    isNight: hour >= 22,
    state: 'signed',
    outcome: dice.chance(0.97) ? 'completed' : 'partial',
    accompanyingName: e.person,
    accompanyingPost: '环保负责人',
    summary: dice.pick(recipe.summaries),
    serviceStyle: dice.pick(['teach', 'supervise', 'teach']),
    lawExplained: dice.chance(0.4),
    ...consentOn(e, date, from),
    ...notedOn(date, hour + Number(date.slice(-2))),
    signerName: e.person,
    signedDate: date,
  });
  await tx.insert(visitPurpose, { visitId: v.id, purpose: 'routine' } as never);
  for (const person of [first, second]) await tx.insert(visitStaff, { visitId: v.id, staffId: person.id } as never);
  await carryLists(tx, v.id, d.lists.get(e.kind) ?? [], items[0]?.checklistId);
  const sample = dice.shuffle(items).slice(0, 8);
  const failed = new Set(
    dice.chance(rate) ? sample.slice(0, dice.weighted({ 1: 75, 2: 20, 3: 5 }) === '1' ? 1 : 2).map((i) => i.id) : [],
  );
  const issued: string[] = [];
  const lately = failed.size > 0 ? await latelyFound(d, e, date) : null;
  const again = items.find((item) => item.id === lately?.checklistItemId);
  if (again && !sample.includes(again)) {
    const at = sample.findIndex((item) => failed.has(item.id));
    failed.delete(sample[at]?.id ?? '');
    sample[at] = again;
  }
  if (again) failed.add(again.id);
  for (const item of sample) {
    await tx.insert(checklistAnswer, {
      visitId: v.id,
      itemId: item.id,
      itemVersion: '1.0',
      result: failed.has(item.id) ? 'nonconforming' : dice.chance(0.1) ? 'not_applicable' : 'conforming',
    });
    if (!failed.has(item.id)) continue;
    const made = await makeFinding(d, e, item, {
      id: v.id,
      date,
      roundId,
      by: first.name,
      placeId: item === again ? (lately?.placeId ?? null) : null,
    });
    if (made?.issued) issued.push(made.id);
  }
  if (issued.length === 0) return;
  const notice = await tx.insert(rectificationNotice, {
    no: await tx.nextNumber('notice', date),
    kind: 'advice',
    enterpriseId: e.id,
    visitId: v.id,
    state: date < addDays(d.today, -120) ? 'cleared' : 'acknowledged',
    issuedDate: date,
    issuedBy: first.name,
    deliveredBy: 'on_site',
    deliveredDate: date,
    signerName: e.person,
    replyDate: addDays(date, 15),
  });
  for (const findingId of issued) await tx.insert(noticeFinding, { noticeId: notice.id, findingId } as never);
}

/** Writes a round with its targets, visits and findings; returns its id. */
export async function writeRound(
  d: Inspecting,
  plan: RoundPlan,
  enterprises: readonly DemoEnterprise[],
  rate: number,
): Promise<string> {
  const { tx, dice, today } = d;
  const row = await tx.insert(round, {
    projectId: d.town.projectId,
    no: plan.no,
    name: plan.name,
    startDate: plan.from,
    endDate: plan.to,
    state: plan.running ? 'running' : 'finished',
    scopeRule: 'custom',
    baseRoundId: plan.baseRoundId,
  });
  const length = Math.max(
    1,
    Math.floor((Date.parse(plan.running ? today : plan.to) - Date.parse(plan.from)) / 86_400_000) - 3,
  );
  for (const [i, e] of enterprises.entries()) {
    const gone = ['closed', 'relocated', 'not_found'].includes(e.status);
    const waits = plan.running && i >= enterprises.length * plan.share;
    const target = await tx.insert(roundTarget, {
      roundId: row.id,
      enterpriseId: e.id,
      staffId: e.staffId,
      status: waits ? (dice.chance(0.05) ? 'closed_door' : 'pending') : gone ? 'skipped' : 'visited',
      ...(gone && !waits && { skipReason: e.status as 'closed' }),
      plannedDate: waits
        ? addDays(today, (i % 12) - 1)
        : addDays(plan.from, Math.floor((i / enterprises.length) * length)),
    });
    if (!waits && !gone)
      await makeVisit(
        d,
        e,
        row.id,
        target.id,
        workday(addDays(plan.from, 2 + Math.floor((i / (enterprises.length * plan.share)) * length))),
        rate,
      );
    d.step();
    await tx.breathe();
  }
  return row.id;
}
