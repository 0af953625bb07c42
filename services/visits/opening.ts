// The opening of a visit, and by which papers of the project it is done (capabilities MH-04, MH-06).
import { labelOf } from '../../domain/dictionary/vocabulary.ts';
import { projectBasis } from '../../domain/projects/basis.ts';
import { visitAttendee, visitOpeningPoint } from '../../domain/visits/entities.ts';
import { OPENING_POINTS } from '../../domain/visits/vocabulary.ts';
import type { Reader } from '../../db/index.ts';

/** A paper by which a visit is done. */
export interface BasisPaper {
  readonly id: string;
  readonly name: string;
  readonly version: string | null;
}

/** The papers of a project that held on a day, in the order in which they were entered. */
export async function basisOnDay(read: Reader, projectId: string | null, day: string): Promise<BasisPaper[]> {
  if (projectId === null) return [];
  const all = await read.find(projectBasis, { projectId }, { order: { id: 'ASC' } });
  return all
    .filter(({ validFrom, validTo }) => (validFrom ?? day) <= day && day <= (validTo ?? day))
    .map(({ id, name, version }) => ({ id, name, version }));
}

/** The points that were ticked, in the order of their vocabulary. */
export async function openingPointsOf(read: Reader, visitId: string): Promise<string[]> {
  const ticked = (await read.find(visitOpeningPoint, { visitId } as never)) as unknown as { point: string }[];
  return OPENING_POINTS.ids.filter((id) => ticked.some(({ point }) => point === id));
}

/** Who was there, with unit and post. */
export async function attendeesOf(read: Reader, visitId: string): Promise<string[]> {
  const all = await read.find(visitAttendee, { visitId }, { order: { id: 'ASC' } });
  return all.map(({ name, unit, post }) => {
    const more = [unit, post].filter(Boolean).join('，');
    return more ? `${name}（${more}）` : name;
  });
}

/** What the record says of the opening; null where nothing is on record. */
export async function openingOf(
  read: Reader,
  visitId: string,
  at: string | null,
): Promise<{ at: string | null; attendees: string | null; points: string | null } | null> {
  const [points, attendees] = [await openingPointsOf(read, visitId), await attendeesOf(read, visitId)];
  if (at === null && points.length === 0 && attendees.length === 0) return null;
  return {
    at,
    attendees: attendees.join('、') || null,
    points: points.map((id) => labelOf(OPENING_POINTS, id)).join('；') || null,
  };
}
