// The demonstration town: made-up, the same every time for a given day, with something on every screen.
import { training, trainingAttendance, trainingAudience, trainingInvitation } from '../../domain/training/entities.ts';
import { addDays } from '../../domain/values/day.ts';
import type { Writer } from '../../db/index.ts';
import { act } from '../context.ts';
import { wholeOrNothing, type Desk } from '../workspace/index.ts';
import { writeTown, type Town } from './territory.ts';
import { writeEnterprises, type DemoEnterprise } from './enterprises.ts';
import { writeCatalogues } from './catalogues.ts';
import { listsByKind } from './checklists.ts';
import { itemsByKind, writeRound, type RoundPlan } from './inspections.ts';
import { addScans } from '../scans/index.ts';
import { drawScans } from './scans.ts';
import { drawScenes } from './pictures.ts';
import { Dice } from './random.ts';
import { bringDoubts, writeDoubts } from './doubts.ts';
import { drawPlan, writeLayouts } from './layouts.ts';
import { writeMoves } from './moves.ts';
import { basisOfItems } from '../knowledge/index.ts';
import { writeService } from './service.ts';
import { writeFiles, writeRecords } from './records.ts';
import { writePremises } from './premises.ts';
import { readRecipe, type Recipe } from './recipe.ts';
import { leaveUnsigned } from './unsigned.ts';
import { writeReportTexts } from './report-texts.ts';

/** How the caller follows and stops the work. */
export interface DemoControl {
  progress(done: number, total: number, step?: string): void;
  check(): void;
}

const INSPECTED_KINDS: readonly string[] = [
  'industrial',
  'car_repair',
  'catering',
  'laboratory',
  'medical',
  'warehouse',
  'yard_wharf',
  'waste_recycling',
  'gas_station_tank',
];
const PER_ROUND = 300;

/** The six half-year rounds up to a day, oldest first; the last one is running. */
function roundPlans(today: string): Omit<RoundPlan, 'baseRoundId'>[] {
  const plans: Omit<RoundPlan, 'baseRoundId'>[] = [];
  for (let year = Number(today.slice(0, 4)) - 3; year <= Number(today.slice(0, 4)); year += 1) {
    plans.push(
      { no: 0, name: `${year} 年上半年`, from: `${year}-02-20`, to: `${year}-06-25`, share: 1, running: false },
      { no: 0, name: `${year} 年下半年`, from: `${year}-08-10`, to: `${year}-12-15`, share: 1, running: false },
    );
  }
  const begun = plans.filter((p) => addDays(p.from, 14) <= today).slice(-6);
  return begun.map((p, i) => ({
    ...p,
    no: i + 1,
    running: i === begun.length - 1,
    share: i === begun.length - 1 ? 0.86 : 1,
  }));
}

async function writeTrainings(
  tx: Writer,
  recipe: Recipe,
  dice: Dice,
  town: Town,
  enterprises: readonly DemoEnterprise[],
  today: string,
): Promise<void> {
  for (let year = 0; year < 3; year += 1) {
    for (const [i, t] of recipe.trainings.entries()) {
      const date = addDays(today, -(year * 365 + 20 + i * 55));
      const row = await tx.insert(training, {
        title: t.title,
        kind: i % 3 === 0 ? 'special_class' : 'general',
        state: 'summarised',
        date,
        hours: '2',
        mode: dice.chance(0.3) ? 'online' : 'on_site',
        place: '镇文体中心三楼',
        trainer: dice.pick(town.inspectors).name,
        topic: t.topic,
        ...t.told,
        projectId: town.projectId,
        satisfaction: `4.${dice.int(2, 9)}`,
      });
      for (const audience of t.kinds) await tx.insert(trainingAudience, { trainingId: row.id, audience } as never);
      for (const e of dice.shuffle(enterprises.filter((x) => t.kinds.includes(x.kind))).slice(0, 90)) {
        await tx.insert(trainingInvitation, { trainingId: row.id, enterpriseId: e.id } as never);
        if (dice.chance(0.7))
          await tx.insert(trainingAttendance, {
            trainingId: row.id,
            enterpriseId: e.id,
            personName: e.person,
            post: '环保负责人',
          });
        await tx.breathe();
      }
    }
  }
  await tx.insert(training, {
    title: '冬季安全与环保专题培训',
    kind: 'immersive',
    state: 'notified',
    date: addDays(today, 9),
    mode: 'on_site',
    place: '青溪科创园示范危废库',
    trainer: '外聘专家',
    projectId: town.projectId,
  });
}

async function fill(desk: Desk, control: DemoControl): Promise<void> {
  const ctx = desk.context;
  const recipe = await readRecipe(ctx.resources);
  const dice = new Dice(recipe.seed);
  const today = desk.today();
  const plans = roundPlans(today);
  const enterpriseCount = Object.values(recipe.kinds).reduce((n, k) => n + k.count, 0);
  const total = enterpriseCount + plans.length * PER_ROUND;
  let done = 0;
  const step = (name: string) => (): void => {
    done += 1;
    control.check();
    if (done % 20 === 0) control.progress(done, total, name);
  };
  const town = (
    await act(
      ctx,
      '演示镇：区域和人员',
      'demo',
      async (tx) =>
        await writeTown(tx, recipe, dice, ctx.operator(), {
          from: `${Number(today.slice(0, 4)) - 2}-01-01`,
          to: `${today.slice(0, 4)}-12-31`,
        }),
    )
  ).value;
  await desk.setProject(town.projectId);
  const enterprises = (
    await act(
      ctx,
      '演示镇：企业档案',
      'demo',
      async (tx) => await writeEnterprises(tx, recipe, dice, town, today, step('企业档案')),
    )
  ).value;
  const blobs = new Map<string, { sha256: string; size: number }>();
  for (const [name, bytes] of await drawScenes()) blobs.set(name, await ctx.store.blobs.addBytes(bytes));
  const inspected = enterprises.filter((e) => INSPECTED_KINDS.includes(e.kind));
  let baseRoundId: string | null = null;
  for (const [i, plan] of plans.entries()) {
    const chosen = dice.shuffle(inspected).slice(0, PER_ROUND);
    const base: string | null = baseRoundId;
    baseRoundId = (
      await act(ctx, `演示镇：${plan.name}检查`, 'demo', async (tx) => {
        const items = await itemsByKind(tx);
        const lists = await listsByKind(tx);
        const lawsOf = await basisOfItems(
          tx.read,
          [...items.values()].flat().map((item) => item.id),
        );
        return await writeRound(
          { tx, recipe, dice, town, today, items, lists, lawsOf, blobs, step: step(plan.name) },
          { ...plan, baseRoundId: base },
          chosen,
          0.55 - i * 0.035,
        );
      })
    ).value;
  }
  await act(ctx, '演示镇：培训', 'demo', async (tx) => {
    await writeTrainings(tx, recipe, dice, town, inspected, today);
  });
  const letter = await ctx.store.blobs.addBytes(Buffer.from('同意以本单位名义出具整改通知单（演示用）。\n'));
  await act(ctx, '演示镇：协助执法和委托方同意', 'demo', async (tx) => {
    await writeService({ tx, town, today, letter }, enterprises);
  });
  const licence = await ctx.store.blobs.addBytes(Buffer.from('营业执照（演示用）。\n'));
  const plan = await ctx.store.blobs.addBytes(await drawPlan());
  await act(ctx, '演示镇：其他记录', 'demo', async (tx) => {
    await writeRecords({ tx, dice, town, today }, recipe.records, enterprises);
    await writeMoves(tx, enterprises, town, today);
    await writeFiles({ tx, dice, town, today }, recipe.files, enterprises);
    await writeLayouts(tx, plan);
    await writePremises(tx, enterprises, town, licence);
    if (baseRoundId) await leaveUnsigned(tx, baseRoundId);
  });
  await act(ctx, '演示镇：名录和总量', 'demo', (tx) => writeCatalogues(tx, recipe));
  await addScans(ctx, await drawScans(ctx.store.read, enterprises, today.slice(0, 4)));
  const doubts = await act(
    ctx,
    '演示镇：待核对的资料',
    'demo',
    async (tx) => await writeDoubts(tx, enterprises, today),
  );
  await bringDoubts(ctx, doubts.value);
  await writeReportTexts(ctx, recipe, today);
  control.progress(total, total, '完成');
}

/**
 * Builds the demonstration town in `folder` and opens it. Stopped or failed, nothing of it stays, what lay in the folder before
 * is untouched, and the workspace that was open is open again.
 * @throws StoreError WORKSPACE_EXISTS
 */
export async function buildDemo(desk: Desk, folder: string, control: DemoControl): Promise<void> {
  await wholeOrNothing(desk, folder, async () => {
    await desk.create({
      folder,
      organisation: '上海清禾环境科技有限公司',
      office: '青溪驻点',
      code: 'QX',
      operator: '陈思远',
      role: 'leader',
      demo: true,
    });
    await fill(desk, control);
  });
}
