// Visits, who came, why, and what was answered, written by name of the kind.
import type { Context } from '../context.ts';
import { referenceProblems, requireValid, withInitials } from '../records/index.ts';
import { fieldsWithout, neededText, textOf, textsOf, valuesOf, type KindWriter } from '../writer.ts';
import {
  answerItem,
  NOT_IN_HEAD,
  preparedHead,
  removeVisit,
  setVisitMembers,
  startVisit,
  updateVisit,
} from './write.ts';
import { visit, visitOpeningPoint, visitPurpose, visitStaff, visitChecklist } from '../../domain/visits/entities.ts';
import type { EntityDefinition } from '../../domain/dictionary/entity.ts';

/** What a visit is started with. */
const STARTED_WITH: readonly string[] = ['enterpriseId', 'roundTargetId', visitPurpose.name, visitChecklist.name];

/** Sets of a visit: the word by which the visit knows each, the definition and its member. */
const SETS = [
  { word: 'purposes', entity: visitPurpose, member: 'purpose' },
  { word: 'staff', entity: visitStaff, member: 'staffId' },
  { word: 'openingPoints', entity: visitOpeningPoint, member: 'point' },
  { word: 'checklists', entity: visitChecklist, member: 'checklistId' },
] as const;

const membersOf = async (ctx: Context, entity: EntityDefinition, member: string, visitId: string): Promise<string[]> =>
  ((await ctx.store.read.find(entity, { visitId } as never)) as unknown as Record<string, string>[]).map((row) =>
    String(row[member]),
  );

const SET_WRITERS: readonly KindWriter[] = SETS.map(({ word, entity, member }) => ({
  of: entity.name,
  adds: ['visitId', member],
  add: async (ctx, given) => {
    const visitId = neededText(given, 'visitId', '现场检查');
    const own = await membersOf(ctx, entity, member, visitId);
    return await setVisitMembers(ctx, visitId, word, [...own, neededText(given, member, entity.label)]);
  },
  remove: async (ctx, id) => {
    const row = (await ctx.store.read.get(entity, id)) as Record<string, string> | null;
    const own = await membersOf(ctx, entity, member, String(row?.visitId));
    return await setVisitMembers(
      ctx,
      String(row?.visitId),
      word,
      own.filter((one) => one !== row?.[member]),
    );
  },
}));

export const VISIT_WRITERS: readonly KindWriter[] = [
  {
    of: 'visit',
    adds: [...STARTED_WITH, ...fieldsWithout(visit, ...NOT_IN_HEAD)],
    sets: fieldsWithout(visit, ...NOT_IN_HEAD),
    add: async (ctx, given) => {
      const purposes = textsOf(given, visitPurpose.name);
      const rest = valuesOf(given, ...STARTED_WITH, 'date');
      const nature = textOf(given, 'nature') === 'assist' ? ('assist' as const) : ('service' as const);
      // Refused before anything is started.
      const before = { no: '－', enterpriseId: neededText(given, 'enterpriseId', '企业'), date: ctx.today() };
      preparedHead(ctx, withInitials(visit, before), rest);
      requireValid(await referenceProblems(ctx.store.read, visit, null, rest));
      const started = await startVisit(ctx, {
        enterpriseId: neededText(given, 'enterpriseId', '企业'),
        roundTargetId: textOf(given, 'roundTargetId'),
        date: textOf(given, 'date') ?? undefined,
        purposes: purposes.length > 0 ? purposes : ['routine'],
        nature,
        ...(visitChecklist.name in given && { checklistIds: textsOf(given, visitChecklist.name) }),
      });
      if (Object.keys(rest).length > 0) await updateVisit(ctx, started.id, rest);
      return started;
    },
    set: async (ctx, id, given) => await updateVisit(ctx, id, valuesOf(given)),
    remove: removeVisit,
  },
  ...SET_WRITERS,
  {
    of: 'checklistAnswer',
    adds: ['visitId', 'itemId', 'result', 'remark'],
    add: async (ctx, given) =>
      await answerItem(
        ctx,
        neededText(given, 'visitId', '现场检查'),
        neededText(given, 'itemId', '检查项'),
        neededText(given, 'result', '结果'),
        textOf(given, 'remark'),
      ),
  },
];
