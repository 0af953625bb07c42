// The file beside what is seen: which parts are looked at, what differs from the approval, which contacts are to be asked for.
import type { FileCheck } from '../../contract/visits.ts';
import { contact } from '../../domain/enterprises/entities.ts';
import { enterprise } from '../../domain/enterprises/entities.ts';
import { FILE_PARTS } from '../../domain/enterprises/file-tabs.ts';
import { finding } from '../../domain/findings/entities.ts';
import { addDays } from '../../domain/values/day.ts';
import { CONTACT_DAYS, differenceOf } from '../../domain/visits/differences.ts';
import { visit } from '../../domain/visits/entities.ts';
import type { Context } from '../context.ts';
import { notFound } from '../errors.ts';

/** Tabs of the file that can be seen at the place. */
const SEEN_TABS: readonly string[] = ['production', 'waste'];

/** What a visit looks at of the file. @throws NOT_FOUND */
export async function fileCheck(ctx: Context, id: string): Promise<FileCheck> {
  const { read } = ctx.store;
  const of = await read.get(visit, id);
  const owner = of && (await read.get(enterprise, of.enterpriseId));
  if (!owner) throw notFound(visit.label);
  const parts = FILE_PARTS.filter(
    ({ entity, facet }) =>
      SEEN_TABS.includes(facet.tab) &&
      entity.facets.write === 'plain' &&
      (!facet.objectKinds || facet.objectKinds.includes(owner.objectKind)),
  );
  const recorded = new Map((await read.find(finding, { visitId: id })).map((row) => [row.description, row.id]));
  const differences: FileCheck['differences'] = [];
  for (const { entity } of parts.filter((part) => part.entity.approved.length > 0)) {
    for (const row of (await read.find(entity, { enterpriseId: owner.id } as never)) as Record<string, unknown>[]) {
      const sentence = differenceOf(entity, row);
      if (sentence)
        differences.push({
          kind: entity.name,
          id: String(row.id),
          sentence,
          findingId: recorded.get(sentence) ?? null,
        });
    }
  }
  const since = addDays(of.date, -CONTACT_DAYS);
  const contacts = (await read.find(contact, { enterpriseId: owner.id }))
    .filter((row) => row.validTo === null && (row.verifiedDate ?? '') < since)
    .map(({ id: contactId, name, post, verifiedDate }) => ({ id: contactId, name, post, verifiedDate }));
  return {
    parts: parts.map(({ entity, facet }) => ({ kind: entity.name, tab: facet.tab, shape: entity.shape })),
    differences,
    contacts,
  };
}
