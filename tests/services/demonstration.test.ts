// The demonstration town: complete, consistent, and the same every time.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { ENTITIES } from '../../domain/entities.ts';
import { fieldsOf, type EntityDefinition } from '../../domain/dictionary/entity.ts';
import { orderingWords } from '../../domain/values/ordering-words.ts';
import { flagSteps } from '../../domain/findings/step-checks.ts';
import { qualityCounts } from '../../services/quality/index.ts';
import { buildDemo } from '../../services/demonstration/index.ts';
import { stepsOf } from '../../services/derived/index.ts';
import { verifyStore } from '../../services/maintenance/index.ts';
import { Desk } from '../../services/workspace/index.ts';
import { copyShared } from '../support/shared.ts';

const root = mkdtempSync(join(tmpdir(), 'steward-demo-'));
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

const silent = { progress: () => undefined, check: () => undefined };
const deskOf = (name: string): Desk =>
  new Desk({
    resources: 'resources',
    version: 'test',
    configFolder: join(root, `${name}-config`),
    today: () => '2026-11-18',
  });

const FACTS = `SELECT (SELECT count(*) FROM enterprise) AS enterprises, (SELECT count(DISTINCT object_kind) FROM enterprise) AS kinds, (SELECT count(*) FROM area WHERE level = 'village') AS villages,
  (SELECT count(*) FROM round) AS rounds, (SELECT count(*) FROM finding) AS findings, (SELECT count(*) FROM finding WHERE status = 'closed') AS closed, (SELECT count(DISTINCT sha256) FROM attachment) AS pictures,
  (SELECT count(*) FROM training) AS trainings, (SELECT group_concat(name) FROM (SELECT name FROM enterprise ORDER BY rowid LIMIT 40)) AS names, (SELECT max(no) FROM finding) AS lastNo,
  (SELECT count(*) FROM finding_step WHERE date > '2026-11-18') + (SELECT count(*) FROM visit WHERE date > '2026-11-18') AS future,
  (SELECT count(*) FROM verification w JOIN finding f ON f.id = w.finding_id WHERE w.method = 'on_site' AND NOT EXISTS (SELECT 1 FROM visit v WHERE v.enterprise_id = f.enterprise_id AND v.date = w.date)) AS unseen,
  (SELECT count(*) FROM visit v JOIN enterprise e ON e.id = v.enterprise_id JOIN checklist_for_kind k ON k.object_kind = e.object_kind
    WHERE v.id IN (SELECT visit_id FROM visit_purpose WHERE purpose = 'routine') AND NOT EXISTS (SELECT 1 FROM visit_checklist c WHERE c.visit_id = v.id AND c.checklist_id = k.checklist_id AND c.deleted_at IS NULL)) AS short`;
type Facts = Record<
  | 'enterprises'
  | 'kinds'
  | 'villages'
  | 'rounds'
  | 'findings'
  | 'closed'
  | 'pictures'
  | 'trainings'
  | 'future'
  | 'unseen'
  | 'short',
  number
> & { names: string; lastNo: string };

/** What a demonstration town holds: built here, or the one that this run shares. */
async function town(name: string, isShared = false): Promise<{ facts: Facts; problems: string[]; flags: string[] }> {
  const desk = deskOf(name);
  if (isShared) {
    await copyShared('demo', { workspace: join(root, name), config: join(root, `${name}-config`) });
    await desk.open(join(root, name));
  } else await buildDemo(desk, join(root, name), silent);
  const facts = (await desk.context.store.read.sqlOne<Facts>(FACTS)) as Facts;
  const { problems } = await verifyStore(desk.context);
  const ids = await desk.context.store.read.sql<{ id: string }>('SELECT id FROM finding');
  const flags = [
    ...(
      await stepsOf(
        desk.context.store.read,
        ids.map((row) => row.id),
      )
    ).values(),
  ].flatMap((steps) => flagSteps(steps).map((flag) => flag.sentence));
  await desk.close();
  return { facts, problems, flags };
}

test('every kind of screen has something to show, and nothing contradicts the rules or the log', async () => {
  const { facts, problems, flags } = await town('one');
  expect(problems).toEqual([]);
  expect(facts.enterprises).toBeGreaterThan(1250);
  expect(facts.enterprises).toBeLessThan(1350);
  // Every routine visit carries all the checklists that apply, not the first alone.
  expect([facts.villages, facts.rounds, facts.future, facts.unseen, facts.short]).toEqual([15, 6, 0, 0, 0]);
  expect(facts.kinds).toBeGreaterThanOrEqual(14);
  expect(facts.findings).toBeGreaterThan(700);
  expect(facts.closed / facts.findings).toBeGreaterThan(0.85);
  expect(flags).toEqual([]);
  expect(facts.pictures).toBeGreaterThanOrEqual(10);
  const again = await town('two', true);
  // The office's device differs, and with it the first letters of a number; all else is the same.
  const plain = ({ lastNo, ...f }: Facts) => ({ ...f, lastNo: lastNo.slice(5) });
  expect(plain(again.facts)).toEqual(plain(facts));
});

test('no text that the town made up orders anybody', async () => {
  const desk = deskOf('words');
  await copyShared('demo', { workspace: join(root, 'words'), config: join(root, 'words-config') });
  const { store } = (await desk.open(join(root, 'words'))) as typeof desk.context;
  const found: string[] = [];
  let read = 0;
  for (const entity of ENTITIES.filter((one) => one.scope === 'shared' && !one.builtin)) {
    const told = fieldsOf(entity).filter(({ meta }) => meta.kind === 'text' || meta.kind === 'longText');
    const rows = told.length > 0 ? ((await store.read.find(entity, {} as never)) as Record<string, unknown>[]) : [];
    for (const { name } of told)
      for (const text of new Set(rows.map((row) => row[name]).filter((value) => typeof value === 'string'))) {
        read += 1;
        // What an authority decided is a fact of its paper.
        const words = orderingWords(text, entity.name === 'penalty' ? 'data' : 'own');
        if (words.length > 0) found.push(`${entity.name}.${name}：${text.slice(0, 60)}（${words.join('、')}）`);
      }
  }
  await desk.close();
  expect(read).toBeGreaterThan(5000);
  expect(found).toEqual([]);
});

/** Fields without which no event leads into a state. */
function neededIn({ workflow }: EntityDefinition, state: string): string[] {
  const ways = Object.values(workflow?.events ?? {}).filter(({ to, undoOf }) => to === state && !undoOf);
  const asked = ways.map(({ asks }) =>
    asks.flatMap((ask) =>
      typeof ask !== 'string' && ask.required && !ask.requiredWhen && !ask.when && !ask.of ? [ask.field] : [],
    ),
  );
  return (asked[0] ?? []).filter((field) => asked.every((fields) => fields.includes(field)));
}

test('nothing is in a state that asks for a field which it does not have', async () => {
  const desk = deskOf('states');
  await copyShared('demo', { workspace: join(root, 'states'), config: join(root, 'states-config') });
  const { store } = (await desk.open(join(root, 'states'))) as typeof desk.context;
  const lacking = new Set<string>();
  let looked = 0;
  for (const entity of ENTITIES.filter((one) => one.workflow !== null))
    for (const row of (await store.read.find(entity, {} as never)) as Record<string, unknown>[]) {
      const state = String(row[entity.workflow?.state ?? '']);
      for (const field of neededIn(entity, state).filter((one) => Object.hasOwn(entity.fields, one))) {
        looked += 1;
        if (row[field] === null || row[field] === '') lacking.add(`${entity.name} ${state}: ${field}`);
      }
    }
  await desk.close();
  expect(looked).toBeGreaterThan(15);
  expect([...lacking]).toEqual([]);
});

test('stopped half-way, nothing of it stays, what lay there before does, and the former workspace is open again', async () => {
  const desk = deskOf('three');
  const own = join(root, 'own');
  await desk.create({
    folder: own,
    organisation: '甲公司',
    office: '驻点',
    code: 'HC',
    operator: '周敏',
    role: 'leader',
  });
  mkdirSync(join(root, 'three'));
  writeFileSync(join(root, 'three', 'mine.txt'), '不能丢');
  let steps = 0;
  const stop = new Error('stopped');
  await expect(
    buildDemo(desk, join(root, 'three'), {
      progress: () => undefined,
      check: () => {
        steps += 1;
        if (steps === 300) throw stop;
      },
    }),
  ).rejects.toBe(stop);
  expect(readdirSync(join(root, 'three'))).toEqual(['mine.txt']);
  expect(desk.context.store.folder).toBe(own);
  await buildDemo(desk, join(root, 'three'), silent);
  await desk.close();
});

test('each check of data quality has a row to show, and the town has no impossible day but those', async () => {
  const desk = deskOf('quality');
  await copyShared('demo', { workspace: join(root, 'quality'), config: join(root, 'quality-config') });
  await desk.open(join(root, 'quality'));
  const counts = await qualityCounts(desk.context);
  await desk.close();
  const shown = counts.filter(({ count }) => count > 0).map(({ id }) => id);
  // What follows from the days of a kind is shown by two of them: the others would be faults of the town.
  const idle = counts.filter(({ id, count }) => count === 0 && !id.endsWith('.days')).map(({ id }) => id);
  expect(idle).toEqual([]);
  expect(shown.filter((id) => id.endsWith('.days'))).toEqual(['enterprise.days', 'permit.days']);
});
