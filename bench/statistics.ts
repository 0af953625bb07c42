// The dashboard, a list behind a number and a report's figures at 100,000 enterprises with 300,000 findings: how long each takes, and how long it holds the window.
import { area } from '../domain/areas/entities.ts';
import { FINDING_CATEGORIES } from '../domain/findings/vocabulary.ts';
import { previewReport, type Request } from '../services/reports/index.ts';
import { behind, overview } from '../services/statistics/index.ts';
import type { Context } from '../services/context.ts';
import { VILLAGES } from './lib/made-up.ts';
import { measurement, median, timed, type Measurement } from './lib/measure.ts';
import { openBenchDesk, TODAY } from './lib/workspace.ts';

const ENTERPRISES = 100_000;
const FINDINGS_EACH = 3;
const RUNS = 3;
const TICK_MS = 5;
const SCOPE = { from: '2026-01-01', to: TODAY, asOf: TODAY, objectKinds: [], villageIds: [], roundId: null };
const REPORT = { kind: 'monthly_report', from: '2026-02-01', to: '2026-02-28', asOf: TODAY, objectKinds: [], plan: [], sections: null, contacts: [], fontScheme: 'office' } as unknown as Request;

const id = (prefix: string, n: string): string => `printf('01900000-${prefix}-7000-8000-%012x', ${n})`;

/** Rows straight into the tables: the log is not what is measured. */
async function fill(ctx: Context): Promise<void> {
  const { value: places } = await ctx.store.withAction({ name: '区域', actor: '基准', source: 'bench' }, async (tx) => {
    const town = await tx.insert(area, { level: 'town', name: '华漕镇' });
    const villages: string[] = [];
    for (const name of VILLAGES) villages.push((await tx.insert(area, { level: 'village', name, parentId: town.id })).id);
    return { town: town.id, villages: JSON.stringify(villages) };
  });
  const at = `'${TODAY}T00:00:00.000Z'`;
  const numbers = (upto: number): string => `WITH RECURSIVE c(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM c WHERE n < ${upto - 1})`;
  const dayOf = (n: string): string => `date('2023-03-03', '+' || (${n} % 1095) || ' days')`;
  const categories = JSON.stringify(FINDING_CATEGORIES.ids);
  await ctx.store.withoutCapture(async (tx) => {
    await tx.execute(`${numbers(ENTERPRISES)} INSERT INTO enterprise(id, created_at, updated_at, name, internal_code, site_no, object_kind, management_tier, operating_status, town_id, village_id,
        is_factory_in_factory, is_model_enterprise, suspected_duplicate, name_key, pinyin)
      SELECT ${id('0001', 'n')}, ${at}, ${at}, '企业' || n, 'HC-' || n, '001', CASE n % 3 WHEN 0 THEN 'catering' ELSE 'industrial' END, 'town', CASE n % 20 WHEN 0 THEN 'closed' ELSE 'operating' END,
        ?, json_extract(?, '$[' || (n % ${VILLAGES.length}) || ']'), 0, 0, 0, '企业' || n, 'qi ye ' || n FROM c`, [places.town, places.villages]);
    await tx.execute(`${numbers(ENTERPRISES)} INSERT INTO visit(id, created_at, updated_at, no, enterprise_id, date, state, outcome, is_night, law_explained, refused_sign)
      SELECT ${id('0002', 'n')}, ${at}, ${at}, 'V' || n, ${id('0001', 'n')}, ${dayOf('n')}, 'finished', 'completed', n % 10 = 0, 0, 0 FROM c`);
    await tx.execute(`${numbers(ENTERPRISES * FINDINGS_EACH)} INSERT INTO finding(id, created_at, updated_at, no, enterprise_id, visit_id, found_date, category, handling_class, description, status, deadline, original_deadline,
        extension_count, report_date, closed_date, close_reason, return_count)
      SELECT ${id('0003', 'n')}, ${at}, ${at}, 'F' || n, ${id('0001', `n / ${FINDINGS_EACH}`)}, ${id('0002', `n / ${FINDINGS_EACH}`)}, ${dayOf('n')}, json_extract(?, '$[' || (n % ${FINDING_CATEGORIES.ids.length}) || ']'),
        CASE n % 4 WHEN 0 THEN 'immediate' ELSE 'deadline' END, '危废贮存间标识不全', CASE n % 5 WHEN 0 THEN 'open' ELSE 'closed' END, date(${dayOf('n')}, '+15 days'), date(${dayOf('n')}, '+15 days'),
        0, CASE n % 5 WHEN 0 THEN NULL ELSE date(${dayOf('n')}, '+9 days') END, CASE n % 5 WHEN 0 THEN NULL ELSE date(${dayOf('n')}, '+10 days') END, CASE n % 5 WHEN 0 THEN NULL ELSE 'verified' END, 0 FROM c`, [categories]);
  });
}

/** The longest time for which the event loop did not turn while `work` ran. */
async function heldBy(work: () => Promise<unknown>): Promise<number> {
  let [due, longest] = [performance.now() + TICK_MS, 0];
  const timer = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - due);
    due = now + TICK_MS;
  }, TICK_MS);
  try {
    await work();
    await new Promise((resolve) => setTimeout(resolve, TICK_MS));
  } finally {
    clearInterval(timer);
  }
  return longest;
}

export async function* measureStatistics(): AsyncGenerator<Measurement> {
  const bench = await openBenchDesk();
  const { ctx } = bench;
  try {
    await fill(ctx);
    const drilled = { figure: 'unrectified', scope: SCOPE, villageId: null, category: null, handlingClass: null, status: null, month: null } as unknown as Parameters<typeof behind>[1];
    const works: readonly [string, () => Promise<unknown>][] = [
      ['dashboard', async () => await overview(ctx, SCOPE)],
      ['list behind a number', async () => await behind(ctx, drilled, { offset: 0, limit: 50 })],
      ['figures and checks of a monthly report', async () => await previewReport(ctx, REPORT)],
    ];
    for (const [name, work] of works) {
      const [took, held]: [number[], number[]] = [[], []];
      for (let run = 0; run < RUNS; run += 1) took.push(await timed(async () => { held.push(await heldBy(work)); }));
      yield measurement(`statistics: ${name}`, median(took), 'ms', null, null);
      yield measurement(`statistics: ${name}, window held for`, median(held), 'ms', null, 50);
    }
  } finally {
    await bench.close();
  }
}
