// Rounds and their targets, written by name of the kind.
import { neededText, textOf, textsOf, type KindWriter } from '../writer.ts';
import { addTargets, assignTargets, createRound, removeRound, updateRound } from './write.ts';

export const ROUND_WRITERS: readonly KindWriter[] = [
  {
    of: 'round',
    adds: ['no', 'name', 'startDate', 'endDate', 'scopeRule', 'baseRoundId', 'roundTarget'],
    add: async (ctx, given) => {
      const startDate = textOf(given, 'startDate') ?? ctx.today();
      return await createRound(ctx, {
        no: typeof given.no === 'number' ? given.no : null,
        name: neededText(given, 'name', '名称'),
        startDate,
        endDate: neededText(given, 'endDate', '结束日期'),
        scopeRule: textOf(given, 'scopeRule') ?? 'custom',
        baseRoundId: textOf(given, 'baseRoundId'),
        filter: null,
        enterpriseIds: textsOf(given, 'roundTarget'),
      });
    },
    sets: ['name', 'startDate', 'endDate'],
    set: async (ctx, id, given) =>
      await updateRound(ctx, id, {
        name: textOf(given, 'name') ?? undefined,
        startDate: textOf(given, 'startDate') ?? undefined,
        endDate: textOf(given, 'endDate') ?? undefined,
      }),
    remove: removeRound,
  },
  {
    of: 'roundTarget',
    adds: ['roundId', 'enterpriseId'],
    sets: ['staffId', 'plannedDate'],
    add: async (ctx, given) =>
      await addTargets(ctx, neededText(given, 'roundId', '轮次'), [neededText(given, 'enterpriseId', '企业')]),
    set: async (ctx, id, given) =>
      await assignTargets(ctx, [id], {
        ...('staffId' in given && { staffId: textOf(given, 'staffId') }),
        ...('plannedDate' in given && { plannedDate: textOf(given, 'plannedDate') }),
      }),
  },
];
