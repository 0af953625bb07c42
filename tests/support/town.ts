// A small town written straight through the writer: enterprises, findings, rounds, for tests of lists and figures.
import { area } from '../../domain/areas/entities.ts';
import { round, roundTarget } from '../../domain/rounds/entities.ts';
import { act, type Context } from '../../services/context.ts';
import { stepsOf } from '../../services/derived/index.ts';
import { insertEnterprise } from '../../services/enterprises/index.ts';
import { appendStep, insertFinding } from '../../services/findings/index.ts';
import type { Step } from '../../domain/findings/steps.ts';

/** Enterprises of one town by name; `values` are theirs. */
export async function makeEnterprises(
  ctx: Context,
  given: Readonly<Record<string, Record<string, unknown>>>,
): Promise<Record<string, string>> {
  return (
    await act(ctx, '建企业', 'form', async (tx) => {
      const town = await tx.insert(area, { level: 'town', name: '华漕镇' });
      const ids: Record<string, string> = {};
      for (const [name, values] of Object.entries(given))
        ids[name] = (
          await insertEnterprise(
            tx,
            { name, townId: town.id, operatingStatus: 'operating', ...values },
            '2026-01-05',
            'client',
          )
        ).id;
      return ids;
    })
  ).value;
}

/** A finding with the steps given, from `issue` on. */
export async function makeFinding(
  ctx: Context,
  enterpriseId: string,
  foundDate: string,
  deadline: string | null,
  more: Partial<Pick<Step, 'event' | 'from' | 'to' | 'date'>>[] = [],
): Promise<string> {
  return (
    await act(ctx, '建问题', 'form', async (tx) => {
      const row = await insertFinding(
        tx,
        {
          enterpriseId,
          foundDate,
          description: '废漆桶露天堆放',
          category: 'hazardous_waste',
          handlingClass: 'deadline',
        },
        [],
        '陈思远',
      );
      const steps: Step[] = (await stepsOf(tx.read, [row.id])).get(row.id) ?? [];
      if (deadline === null) return row.id;
      const all = [{ event: 'issue', from: 'draft', to: 'open', date: foundDate, deadline }, ...more] as Step[];
      for (const step of all) steps.push(await appendStep(tx, row.id, steps, { ...step, by: '陈思远' }));
      return row.id;
    })
  ).value;
}

/** A running round over enterprises. */
export async function makeRound(
  ctx: Context,
  enterpriseIds: readonly string[],
  plannedDate: string | null = null,
): Promise<string> {
  return (
    await act(ctx, '建轮次', 'form', async (tx) => {
      const row = await tx.insert(round, {
        no: 1,
        name: '第一轮',
        startDate: '2026-11-01',
        endDate: '2026-12-31',
        state: 'running',
        scopeRule: 'custom',
      });
      for (const enterpriseId of enterpriseIds)
        await tx.insert(roundTarget, {
          roundId: row.id,
          enterpriseId,
          plannedDate,
          staffId: ctx.operator().id || null,
        });
      return row.id;
    })
  ).value;
}
