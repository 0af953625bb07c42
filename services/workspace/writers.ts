// Service projects, written by name of the kind.
import { PROJECT_ENTITIES } from '../../domain/projects/entities.ts';
import type { Context } from '../context.ts';
import { textOf, textsOf, valuesOf, type Given, type KindWriter, type Written } from '../writer.ts';
import { getProject, saveProject } from './settings.ts';

/** What a project is made of besides its fields. */
const SETS: readonly string[] = PROJECT_ENTITIES.filter((of) => of.shape === 'set').map((of) => of.name);

/** Saves a project with what is given; what is not stays. */
async function save(ctx: Context, id: string | null, given: Given): Promise<Written> {
  const before = id ? await getProject(ctx, id) : null;
  return await saveProject(ctx, {
    id,
    values: valuesOf(given, 'clientName'),
    clientName: textOf(given, 'clientName') ?? before?.clientName ?? null,
    objectKinds: 'projectObjectKind' in given ? textsOf(given, 'projectObjectKind') : (before?.objectKinds ?? []),
    areaIds: 'projectArea' in given ? textsOf(given, 'projectArea') : (before?.areaIds ?? []),
  });
}

export const PROJECT_WRITERS: readonly KindWriter[] = [
  {
    of: 'serviceProject',
    also: ['clientName', ...SETS],
    add: async (ctx, given) => await save(ctx, null, given),
    set: async (ctx, id, given) => await save(ctx, id, given),
  },
];
