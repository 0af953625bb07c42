// Offices that have not updated: version 0.1.0, frozen as a bundle, takes what it knows, and says to update when it does not.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { area } from '../../domain/areas/entities.ts';
import { fieldsOf, FIRST_SCHEMA, type EntityDefinition } from '../../domain/dictionary/entity.ts';
import { enterprise } from '../../domain/enterprises/entities.ts';
import { ENTITIES } from '../../domain/entities.ts';
import type { Operation } from '../../domain/handoff/operation.ts';
import { ADOPTION_SCHEMA, SCHEMA } from '../../domain/handoff/schema.ts';
import { exportOrder } from '../../contract/handoff.ts';
import { act, type Context } from '../../services/context.ts';
import { inspectPackage } from '../../services/handoff-package/index.ts';
import * as handoff from '../../services/handoff/index.ts';
import { devicesOf, partnerRecords } from '../../services/handoff/partners.ts';
import { createRound } from '../../services/rounds/index.ts';
import { startVisit } from '../../services/visits/index.ts';
import { act as actOn } from '../../services/workflow/index.ts';
import { closeWorkers } from '../../services/workers/index.ts';
import { insertAny } from '../support/any-row.ts';
import { control, Desks, dump, seed, take } from '../support/handoff-desks.ts';
import { forge, type Forged } from '../support/handoff-forged.ts';
import { OlderReader } from '../support/older-reader.ts';
import { dumpOf } from '../support/store.ts';

const desks = new Desks();
/** An office that has not updated and has nothing but itself. */
const older = new OlderReader('0.1.0', join(desks.root, 'older'));

beforeAll(async () => {
  await older.done('init', '--office', '旧版驻点', '--code', 'JB', '--operator', '甲');
});
afterAll(async () => {
  await desks.close();
  await closeWorkers();
});

/** An office of today with an enterprise. */
async function officeOfToday(code: string): Promise<Context> {
  const at = await desks.office(`新版驻点 ${code}`, code);
  await seed(at);
  return at;
}

/** Exchanges cards with an office that has not updated; its id. */
async function befriend(at: Context, other: OlderReader): Promise<string> {
  const [card, theirs] = [join(desks.root, 'card.json'), join(desks.root, 'older-card.json')];
  writeFileSync(card, (await handoff.makeCard(at)).text);
  await other.done('handoff', 'card', '--out', theirs);
  const { fingerprint } = await other.done('handoff', 'trust', card);
  await other.done('handoff', 'trust', card, '--fingerprint', fingerprint as string);
  const text = readFileSync(theirs, 'utf8');
  const view = await handoff.viewCard(at, text);
  await handoff.confirmPartner(at, text, view.fingerprint);
  return view.office.id;
}

/** A package for an office that has not updated. */
async function send(from: Context, office: string): Promise<string> {
  const order = { target: desks.stick, offices: [office], all: true, full: true, attachments: 'none' };
  return (await handoff.exportPackage(from, exportOrder.parse(order), 'test', control)).folder;
}

const minReader = async (at: Context, folder: string): Promise<number> =>
  (await inspectPackage(folder, { identities: await at.keys.ageIdentities(at.store.deviceTag), code: null })).manifest
    .min_reader;

/** What the older office shows, and everything that its workspace holds. */
const shownBy = async (at: OlderReader): Promise<string> => {
  const out = join(desks.root, 'dump.ndjson');
  await at.done('handoff', 'dump', '--out', out);
  return readFileSync(out, 'utf8').trimEnd();
};
/** The first lines of one dump that another lacks. */
const lacking = (of: string, other: string): string[] => {
  const lines = new Set(other.split('\n'));
  return of
    .split('\n')
    .filter((line) => !lines.has(line))
    .slice(0, 5);
};
const heldByOlder = (): unknown => [
  dumpOf(join(older.workspace, 'steward.db')),
  readdirSync(older.workspace, { recursive: true })
    .map(String)
    .filter((name) => !/steward\.db-(wal|shm)$|log/.test(name))
    .sort(),
];

/** What an office of today shows, without what it made itself. */
const dumpOfOthers = async (at: Context): Promise<string> => {
  const own = await at.store.read.sql<{ id: string }>(
    `SELECT DISTINCT o.row_id AS id FROM sync_op o JOIN sync_local l ON l.device_no = o.device_no`,
  );
  const ids = new Set(own.map((row) => row.id));
  const lines = (await dump(at)).split('\n');
  return lines.filter((line) => !ids.has((JSON.parse(line) as [string, { id: string }])[1].id)).join('\n');
};

/** Enterprises of the older office that have been inspected. */
function inspectedIn(at: OlderReader, count: number): string[] {
  const db = new Database(join(at.workspace, 'steward.db'), { readonly: true, fileMustExist: true });
  try {
    return db
      .prepare('SELECT DISTINCT enterprise_id FROM finding WHERE deleted_at IS NULL ORDER BY 1 LIMIT ?')
      .pluck()
      .all(count) as string[];
  } finally {
    db.close();
  }
}

/** Kinds, and fields of known kinds, that came after 0.1.0. */
const LATER = ENTITIES.filter((e) => e.scope === 'shared').flatMap((entity): [string, EntityDefinition][] => {
  if (entity.facets.since > ADOPTION_SCHEMA) return [[entity.name, entity]];
  return fieldsOf(entity)
    .filter((f) => (f.meta.since ?? 0) > ADOPTION_SCHEMA && f.meta.kind !== 'reference')
    .map((f) => [`${entity.name}.${f.name}`, entity]);
});

/** The older program refuses a package, says why, and nothing of its workspace has changed. */
async function isRefused(folder: string): Promise<void> {
  await older.done('handoff', 'state');
  const before = heldByOlder();
  const answer = await older.run('handoff', 'import', folder);
  expect(answer.code).not.toBe(0);
  expect(answer.errors).toContain('请先升级本程序');
  expect(answer.errors).toContain('没有改动任何数据');
  expect(answer.last).toMatchObject({ ok: false, code: 'NEWER_SCHEMA' });
  expect((await older.run('handoff', 'inspect', folder)).last).toMatchObject({ ok: false, result: 'NEWER_SCHEMA' });
  expect(heldByOlder()).toEqual(before);
}

// None before the first kind is added: then the made-up one below stands alone.
test.each(LATER)('[I23] %s, which 0.1.0 does not know, makes it say to update', async (name, entity) => {
  const serial = LATER.findIndex(([other]) => other === name);
  const now = await officeOfToday(`N${String.fromCharCode(65 + (serial % 26), 65 + Math.floor(serial / 26))}`);
  const office = await befriend(now, older);
  await act(now, '新种类', 'form', async (tx) => {
    const [town, firm] = [await tx.read.first(area, { level: 'town' }), await tx.read.first(enterprise, {})];
    await insertAny(tx, entity, { area: town?.id as string, enterprise: firm?.id as string }, true);
  });
  const folder = await send(now, office);
  expect(await minReader(now, folder)).toBeGreaterThan(ADOPTION_SCHEMA);
  expect(await minReader(now, folder)).toBeLessThanOrEqual(SCHEMA);
  await isRefused(folder);
});

test('[I23] a made-up kind makes it say to update, where the package asks for it; else it would call the package bad', async () => {
  const now = await officeOfToday('ZZ');
  const office = await befriend(now, older);
  const partner = (await partnerRecords(now.store)).find((p) => p.office === office);
  const [theirs] = await devicesOf(now, partner as never);
  const to = { office, key: theirs?.age_key as string };
  const withNewKind = (minReader: number): Forged => ({
    ops: (ops: Operation[]) => {
      const last = ops.filter((op) => op.stream === 'g' && op.device === now.store.deviceTag).at(-1) as Operation;
      const row = '0190aaaa-bbbb-7ccc-8ddd-eeeeeeeeeeee';
      const made: Operation = { ...last, n: last.n + 1, entity: 'gadget', row, kind: 'c', body: { name: '甲' } };
      return [...ops.slice(0, ops.indexOf(last) + 1), made, ...ops.slice(ops.indexOf(last) + 1)];
    },
    head: (head) => {
      head.min_reader = minReader;
    },
    files: [],
  });
  await isRefused(await forge(now, to, join(desks.stick, 'asks'), withNewKind(ADOPTION_SCHEMA + 1)));
  const bad = await older.run('handoff', 'import', await forge(now, to, join(desks.stick, 'does not'), withNewKind(1)));
  expect(bad.last).toMatchObject({ ok: false, code: 'BAD_CONTENT' });
});

test('[I24] what 0.1.0 made is taken in, and 0.1.0 takes what brings nothing that it does not know; both show it alike', async () => {
  const town = new OlderReader('0.1.0', join(desks.root, 'town'));
  await town.done('demo');
  const now = await officeOfToday('XB');
  const office = await befriend(now, town);
  const [to, chosen] = [(await handoff.handoffState(now)).office.id, inspectedIn(town, 40)];
  const made = await town.done(
    ...['handoff', 'export', '--to', to, '--out', desks.stick, '--photos', 'none', '--enterprise', ...chosen],
  );
  expect((await take(now, made.folder as string)).operations).toBeGreaterThan(1_000);
  expect(await now.store.read.sql('SELECT id FROM finding WHERE deleted_at IS NULL')).not.toEqual([]);
  expect(lacking(await dumpOfOthers(now), await shownBy(town))).toEqual([]);

  const [first, second, third] = await now.store.read.sql<{ id: string }>(
    "SELECT id FROM enterprise WHERE deleted_at IS NULL AND operating_status = 'operating' ORDER BY id LIMIT 3",
  );
  const round = await createRound(now, {
    scopeRule: 'custom',
    baseRoundId: null,
    startDate: '2026-11-01',
    endDate: '2026-11-30',
    filter: null,
    enterpriseIds: [first?.id as string, second?.id as string],
    no: null,
    name: '新版建的一轮',
  });
  const target = await now.store.read.sqlOne<{ id: string }>('SELECT id FROM round_target WHERE round_id = ?', [
    round.id,
  ]);
  const visit = await startVisit(now, {
    enterpriseId: first?.id as string,
    roundTargetId: target?.id ?? null,
    purposes: ['routine'],
  });
  await actOn(now, 'visit', [visit.id], 'finish', { outcome: 'closed_door' });
  await act(now, '改企业', 'form', async (tx) => {
    await tx.update(enterprise, second?.id as string, { remark: '新版改过\n😀' } as never);
    await tx.remove(enterprise, third?.id as string);
    await insertAny(tx, enterprise as never, {
      area: (await tx.read.sqlOne<{ id: string }>("SELECT id FROM area WHERE level = 'town'"))?.id as string,
    });
  });
  const folder = await send(now, office);
  expect(await minReader(now, folder)).toBe(FIRST_SCHEMA);
  expect(await town.done('handoff', 'import', folder)).toMatchObject({ ok: true, dryRun: false });
  expect(lacking(await dump(now), await shownBy(town))).toEqual([]);
});
