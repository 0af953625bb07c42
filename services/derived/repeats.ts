// Which earlier finding a finding may repeat: what the radar sees among those of its enterprise, until a person has decided.
import { enterprise, enterprisePlace } from '../../domain/enterprises/entities.ts';
import { finding, findingStep, repeatDecision } from '../../domain/findings/entities.ts';
import { radar, type Likeness } from '../../domain/findings/radar.ts';
import { addDays } from '../../domain/values/day.ts';
import { inList, listParameter, type SqlReader, type Touched, type Writer } from '../../db/index.ts';
import { countedFinding } from '../conditions/index.ts';
import { addOwners, portionsOf } from './portions.ts';

/** Days after closing in which a finding counts as a repeat, where no project says otherwise. */
const REPEAT_DAYS = 90;

/** A finding as the radar looks at it. */
export interface Sighted {
  readonly id: string;
  readonly enterpriseId: string;
  readonly no: string;
  readonly foundDate: string;
  readonly closedDate: string | null;
  readonly item: string | null;
  readonly place: string | null;
  readonly placeId: string | null;
  readonly text: string;
  /** Not void, and the steward's own: what may be repeated. */
  readonly counts: number;
  /** What it is a repeat of already, by a person's word. */
  readonly recurrenceOfId: string | null;
  readonly suspected: string | null;
  /** Draft or counted, the steward's own, in no bin: what is asked for. */
  readonly asked: number;
}

/** An earlier finding beside one that may repeat it. */
export interface Resemblance extends Likeness {
  readonly earlier: Sighted;
  /** Open, or closed so shortly before that it is the same case by the setting of the project. */
  readonly within: boolean;
}

/** Days of looking back after closing, by the project in force. */
export async function repeatDays(read: SqlReader): Promise<number> {
  const row = await read.sqlOne<{ days: number }>(
    `SELECT p.repeat_days AS days FROM service_project p WHERE p.deleted_at IS NULL
     ORDER BY p.id = coalesce((SELECT s.value FROM store_setting s WHERE s.key = 'project'), '') DESC, p.start_date DESC LIMIT 1`,
  );
  return row?.days ?? REPEAT_DAYS;
}

/** Findings of enterprises, the oldest first. */
export async function sightedOf(read: SqlReader, enterpriseIds: readonly string[]): Promise<Sighted[]> {
  return await read.sql<Sighted>(
    `SELECT f.id, f.enterprise_id AS "enterpriseId", f.no, f.found_date AS "foundDate", f.closed_date AS "closedDate",
       i.code AS item, coalesce(p.name, f.location) AS place, f.place_id AS "placeId", f.description AS text,
       ${countedFinding()} AS counts, f.recurrence_of_id AS "recurrenceOfId", f.suspected_repeat_of_id AS suspected,
       (${countedFinding()} OR (f.deleted_at IS NULL AND f.status = 'draft' AND f.owner <> 'authority')) AS asked
     FROM finding f LEFT JOIN checklist_item i ON i.id = f.checklist_item_id LEFT JOIN enterprise_place p ON p.id = f.place_id
     WHERE ${inList('f.enterprise_id')} ORDER BY f.found_date, f.no`,
    [listParameter(enterpriseIds)],
  );
}

/** Found on an earlier day: what one visit finds twice is no repeat. */
const isEarlier = (a: Sighted, b: Sighted): boolean => a.foundDate < b.foundDate;

/** Whether it is open, or was closed so shortly before that it is the same case. */
const isWithin = (earlier: Sighted, of: Sighted, days: number): boolean =>
  earlier.closedDate === null || addDays(earlier.closedDate, days) >= of.foundDate;

/** Earlier findings of the same enterprise that one may repeat, the likeliest first. */
export function resembled(of: Sighted, all: readonly Sighted[], days: number): Resemblance[] {
  return all
    .filter((one) => one.counts === 1 && one.id !== of.id && isEarlier(one, of))
    .map((earlier) => ({ ...radar(of, earlier), earlier, within: isWithin(earlier, of, days) }))
    .filter((one) => one.likely)
    .sort((a, b) => b.score - a.score || (a.earlier.foundDate < b.earlier.foundDate ? 1 : -1));
}

/** The likeliest that counts as a repeat and that nobody has judged; null where there is none, or nothing is asked. */
function suspectOf(of: Sighted, own: readonly Sighted[], days: number, decided: ReadonlySet<string>): string | null {
  if (of.asked !== 1 || of.recurrenceOfId !== null) return null;
  const open = own.filter((one) => isWithin(one, of, days) && !decided.has(`${of.id}|${one.id}`));
  return resembled(of, open, days)[0]?.earlier.id ?? null;
}

/** The pairs that people have decided, as `finding|earlier`. */
async function decidedOf(read: SqlReader, enterpriseIds: readonly string[]): Promise<Set<string>> {
  const rows = await read.sql<{ pair: string }>(
    `SELECT d.finding_id || '|' || d.earlier_id AS pair FROM repeat_decision d JOIN finding f ON f.id = d.finding_id
     WHERE d.deleted_at IS NULL AND ${inList('f.enterprise_id')}`,
    [listParameter(enterpriseIds)],
  );
  return new Set(rows.map(({ pair }) => pair));
}

/** Looks anew at the findings of enterprises. */
async function settleRepeatsOf(tx: Writer, enterpriseIds: Iterable<string>): Promise<void> {
  const days = await repeatDays(tx.read);
  for await (const part of portionsOf(tx, enterpriseIds)) {
    const [rows, decided] = [await sightedOf(tx.read, part), await decidedOf(tx.read, part)];
    const byEnterprise = Map.groupBy(rows, (row) => row.enterpriseId);
    for (const own of byEnterprise.values())
      for (const of of own) {
        const suspectedRepeatOfId = suspectOf(of, own, days, decided);
        if (suspectedRepeatOfId !== of.suspected) await tx.derive(finding, of.id, { suspectedRepeatOfId });
      }
  }
}

/** Looks anew at the findings of the enterprises whose findings, places or decisions an action wrote. */
export async function settleRepeats(tx: Writer, touched: Touched): Promise<void> {
  const findings = new Set(touched.get(finding.name) ?? []);
  await addOwners(tx, findings, findingStep, 'findingId', touched.get(findingStep.name) ?? []);
  await addOwners(tx, findings, repeatDecision, 'findingId', touched.get(repeatDecision.name) ?? []);
  const enterprises = new Set<string>();
  await addOwners(tx, enterprises, finding, 'enterpriseId', findings);
  await addOwners(tx, enterprises, enterprisePlace, 'enterpriseId', touched.get(enterprisePlace.name) ?? []);
  await settleRepeatsOf(tx, enterprises);
}

/** The same, for whole enterprises: after an upgrade, and when the days of looking back have changed. */
export const settleRepeatsOfEnterprises = (tx: Writer, touched: Touched): Promise<void> =>
  settleRepeatsOf(tx, touched.get(enterprise.name) ?? []);
