// Enterprises and what is recorded of their files, written by name of the kind.
import type { Context } from '../context.ts';
import { textOf, neededText, valuesOf, type KindWriter } from '../writer.ts';
import { assignment } from '../../domain/enterprises/entities.ts';
import { notFound } from '../errors.ts';
import { amendMove } from './areas.ts';
import { verifySection } from './verify.ts';
import { binEnterprises, createEnterprise, updateEnterprise } from './write.ts';

/** The enterprise of an assignment. @throws NOT_FOUND */
async function ownerOf(ctx: Context, id: string): Promise<string> {
  const row = await ctx.store.read.get(assignment, id);
  if (!row) throw notFound(assignment.label);
  return row.enterpriseId;
}

export const ENTERPRISE_WRITERS: readonly KindWriter[] = [
  {
    of: 'enterprise',
    add: async (ctx, given) => await createEnterprise(ctx, valuesOf(given)),
    set: async (ctx, id, given) => await updateEnterprise(ctx, id, valuesOf(given)),
    remove: async (ctx, id) => await binEnterprises(ctx, [id], true),
  },
  {
    of: 'assignment',
    adds: [],
    sets: ['validFrom'],
    set: async (ctx, id, given) => await amendMove(ctx, await ownerOf(ctx, id), neededText(given, 'validFrom', '起')),
    remove: async (ctx, id) => await amendMove(ctx, await ownerOf(ctx, id), null),
  },
  {
    of: 'sectionCheck',
    adds: ['enterpriseId', 'section', 'source'],
    add: async (ctx, given) =>
      await verifySection(
        ctx,
        neededText(given, 'enterpriseId', '企业'),
        neededText(given, 'section', '部分'),
        textOf(given, 'source') ?? '',
      ),
  },
];
