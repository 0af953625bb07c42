// Invitations to a training, written by name of the kind.
import { trainingInvitation } from '../../domain/training/entities.ts';
import { neededText, type KindWriter } from '../writer.ts';
import { invite, uninvite } from './trainings.ts';

export const TRAINING_WRITERS: readonly KindWriter[] = [
  {
    of: trainingInvitation.name,
    adds: ['trainingId', 'enterpriseId'],
    add: async (ctx, given) =>
      await invite(ctx, neededText(given, 'trainingId', '培训'), [neededText(given, 'enterpriseId', '企业')], null),
    remove: async (ctx, id) => {
      const row = (await ctx.store.read.get(trainingInvitation, id)) as Record<string, string> | null;
      return await uninvite(ctx, String(row?.trainingId), [String(row?.enterpriseId)]);
    },
  },
];
