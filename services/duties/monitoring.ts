// The plans of one enterprise against its results: done, missing, over a limit, by outlet, factor and period (domain reference 4.7).
import type { MonitoringYear, PlanCompliance } from '../../contract/duties.ts';
import { monitoringPlan, monitoringRecord } from '../../domain/monitoring/entities.ts';
import { outlet } from '../../domain/production/entities.ts';
import { complianceOf, type PlanFacts, type ResultFacts } from '../../domain/monitoring/compliance.ts';
import { percent } from '../../domain/statistics/percent.ts';
import type { Context } from '../context.ts';
import { readFiles } from './files.ts';
import { loadedDuties } from './rules.ts';

/** How the plans of an enterprise stand in a year. */
export async function monitoringYear(ctx: Context, enterpriseId: string, year: number): Promise<MonitoringYear> {
  const { read } = ctx.store;
  const rules = (await loadedDuties(read)).filter((rule) => rule.due.kind === 'per_plan');
  const [file] = await readFiles(read, rules, [enterpriseId], ctx.today());
  const proofs = file && rules[0] ? file.proofsOf(rules[0].id) : [];
  const explained = new Set(proofs.flatMap((proof) => proof.dueDate ?? []));
  const results = (await read.find(monitoringRecord, { enterpriseId })) as unknown as ResultFacts[];
  const outlets = new Map((await read.find(outlet, { enterpriseId })).map((row) => [row.id, row.code]));
  const range = { from: `${year}-01-01`, to: `${year}-12-31` };
  const plans = (await read.find(monitoringPlan, { enterpriseId })).map((plan): PlanCompliance => {
    const periods = complianceOf(plan as unknown as PlanFacts, results, range, ctx.today(), explained);
    const count = (...standings: string[]): number => periods.filter((one) => standings.includes(one.standing)).length;
    return {
      planId: plan.id,
      outletId: plan.outletId,
      outlet: (plan.outletId ? outlets.get(plan.outletId) : plan.point) ?? null,
      pollutant: plan.pollutant,
      frequency: plan.frequency,
      due: periods.length - count('running'),
      done: count('done', 'exceeds'),
      exceeds: count('exceeds'),
      missing: count('missing'),
      periods,
    };
  });
  const sum = (of: (plan: PlanCompliance) => number): number => plans.reduce((n, plan) => n + of(plan), 0);
  return {
    year,
    plans,
    rate: percent(
      sum((p) => p.done),
      sum((p) => p.due),
    ),
  };
}
