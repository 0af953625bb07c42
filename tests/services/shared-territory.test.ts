// What several offices, towns and sites share: one table of a joint task, figures that add up by level, one file for two sites.
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { area } from '../../domain/areas/entities.ts';
import { enterprise } from '../../domain/enterprises/entities.ts';
import { finding, findingStep } from '../../domain/findings/entities.ts';
import { permit } from '../../domain/formalities/entities.ts';
import { roundTarget } from '../../domain/rounds/entities.ts';
import { visit } from '../../domain/visits/entities.ts';
import type { Overview } from '../../contract/statistics.ts';
import { addAttachment, attachmentFile, listAttachments, removeAttachment } from '../../services/attachments/index.ts';
import { act, type Context } from '../../services/context.ts';
import { getEnterprise, timelineOf } from '../../services/enterprises/index.ts';
import * as handoff from '../../services/handoff/index.ts';
import { createRound, roundBoard } from '../../services/rounds/index.ts';
import { overview } from '../../services/statistics/index.ts';
import { answerRest, startVisit } from '../../services/visits/index.ts';
import { closeWorkers } from '../../services/workers/index.ts';
import { finishVisit } from '../support/events.ts';
import { control, Desks, dump, preview, take } from '../support/handoff-desks.ts';
import { storedIn } from '../support/salvage.ts';

let desks: Desks;
let a: Context;
let b: Context;
let place: { district: string; towns: Record<'east' | 'west', string>; villages: Record<'e1' | 'e2' | 'w1', string> };
beforeEach(async () => {
  desks = new Desks();
  ({ a, b } = await desks.pair());
  place = (
    await act(a, '建档', 'form', async (tx) => {
      const make = async (level: string, name: string, parentId: string | null = null) =>
        (await tx.insert(area, { level, name, parentId } as never)).id;
      const district = await make('district', '闵行区');
      const towns = { east: await make('town', '东镇', district), west: await make('town', '西镇', district) };
      return {
        district,
        towns,
        villages: {
          e1: await make('village', '东一村', towns.east),
          e2: await make('village', '东二村', towns.east),
          w1: await make('village', '西一村', towns.west),
        },
      };
    })
  ).value;
});
afterEach(async () => {
  await desks.close();
});
afterAll(async () => {
  await closeWorkers();
});

/** An enterprise of a village. */
async function addEnterprise(
  at: Context,
  name: string,
  townId: string,
  villageId: string | null,
  more: Record<string, unknown> = {},
): Promise<string> {
  return (
    await act(
      at,
      '建档',
      'form',
      async (tx) =>
        await tx.insert(enterprise, {
          name,
          internalCode: name,
          siteNo: '001',
          townId,
          villageId,
          operatingStatus: 'operating',
          ...more,
        } as never),
    )
  ).value.id;
}

/** Problems of an enterprise, the first `closed` of them put right; and a visit. */
async function addWork(at: Context, enterpriseId: string, found: number, closed: number): Promise<void> {
  await act(at, '检查', 'visit', async (tx) => {
    await tx.insert(visit, {
      no: `V-${enterpriseId}`,
      enterpriseId,
      date: '2026-11-02',
      state: 'signed',
      outcome: 'completed',
    } as never);
    for (let n = 0; n < found; n += 1) {
      const { id } = await tx.insert(finding, {
        no: `F-${enterpriseId}-${n}`,
        enterpriseId,
        foundDate: '2026-11-02',
        description: '标签缺失',
      } as never);
      const to = n < closed ? 'closed' : 'open';
      await tx.insert(findingStep, {
        findingId: id,
        event: 'issue',
        from: 'draft',
        to,
        date: '2026-11-02',
        at: `2026-11-02T08:00:0${n}.000Z`,
        by: '甲',
        deadline: '2026-11-09',
      } as never);
    }
  });
}

const SUMS = [
  'foundCount',
  'rectifiedCount',
  'unrectified',
  'overdueCount',
  'problemEnterprises',
  'inScopeEnterprises',
  'visitedEnterprises',
  'visitCount',
] as const;
const figures = async (at: Context, villageIds: string[]): Promise<{ sums: number[]; seen: Overview }> => {
  const seen = await overview(at, {
    from: '2026-01-01',
    to: '2026-11-18',
    asOf: '2026-11-18',
    objectKinds: [],
    roundId: null,
    villageIds,
  });
  return { seen, sums: SUMS.map((code) => seen.figures[code]?.numerator ?? -1) };
};

test(
  'the towns of a district add up to it, villages to their town, and an enterprise shows its own ' +
    'alone, in each office that holds it',
  async () => {
    const { towns, villages } = place;
    const ids = {
      e1: await addEnterprise(a, '东一', towns.east, villages.e1),
      e2: await addEnterprise(a, '东二', towns.east, villages.e2),
      e3: await addEnterprise(a, '东三', towns.east, villages.e2),
      w1: await addEnterprise(a, '西一', towns.west, villages.w1),
      w2: await addEnterprise(a, '西二', towns.west, villages.w1),
    };
    for (const [id, found, closed] of [
      [ids.e1, 3, 1],
      [ids.e2, 2, 2],
      [ids.w1, 4, 0],
    ] as const)
      await addWork(a, id, found, closed);
    const add = (...lists: number[][]): number[] =>
      SUMS.map((_, i) => lists.reduce((sum, list) => sum + (list[i] ?? 0), 0));
    for (const at of [a, b]) {
      if (at === b) await take(b, (await desks.send(a, b)).folder);
      const [east, west] = [await figures(at, [villages.e1, villages.e2]), await figures(at, [villages.w1])];
      const district = await figures(at, Object.values(villages));
      expect(east.sums.slice(0, 3)).toEqual([5, 3, 2]);
      expect(add(east.sums, west.sums)).toEqual(district.sums);
      expect(add((await figures(at, [villages.e1])).sums, (await figures(at, [villages.e2])).sums)).toEqual(east.sums);
      // Without a choice of villages everything counts: the district, and what belongs to no village.
      const { seen } = await figures(at, []);
      expect(seen.byVillage.reduce((sum, line) => sum + line.found, 0)).toBe(seen.total.found);
      expect(seen.byVillage.reduce((sum, line) => sum + line.enterprises, 0)).toBe(seen.total.enterprises);
      for (const [id, found] of [
        [ids.e1, 3],
        [ids.e3, 0],
        [ids.w1, 4],
      ] as const) {
        const page = await getEnterprise(at, id);
        expect([page.counts.finding, page.counts.visit]).toEqual([found, found > 0 ? 1 : 0]);
        const entries = (await timelineOf(at, id, { offset: 0, limit: 100 })).rows.filter(
          (r) => r.kind === 'visit' || r.kind === 'findingStep',
        );
        expect(entries).toHaveLength(found > 0 ? found + 1 : 0);
      }
    }
    // An office that was given one enterprise sees that one.
    const c = await desks.office('第三驻点', 'SZ');
    const { folder, code } = await desks.send(a, c, { all: false, enterprises: [ids.w1], withCode: true });
    const maker = (await preview(c, folder, code).catch((e: { data: { fingerprint: string } }) => e.data)) as {
      fingerprint: string;
    };
    const { previewId } = await handoff.previewPackage(c, { path: folder, code, confirm: maker.fingerprint }, control);
    await handoff.applyPackage(c, { previewId, merges: [] }, control);
    expect((await figures(c, [])).sums).toEqual(
      (await figures(a, [villages.w1])).sums.map((n, i) => (SUMS[i] === 'inScopeEnterprises' ? 1 : n)),
    );
    expect(
      await c.store.read.sql(
        'SELECT name FROM enterprise WHERE deleted_at IS NULL AND id IN (SELECT id FROM sync_row)',
      ),
    ).toEqual([{ name: '西一' }]);
  },
);

test(
  'the same licence at two sites of an enterprise is one file, here and after a hand-off, and stays ' +
    'when one site lets go of it',
  async () => {
    const sites = [
      await addEnterprise(a, '海明东厂', place.towns.east, place.villages.e1, { creditCode: '91310112MA1GB00018' }),
      await addEnterprise(a, '海明西厂', place.towns.west, place.villages.w1, {
        creditCode: '91310112MA1GB00018',
        siteNo: '002',
      }),
    ];
    const permits = await Promise.all(
      sites.map(
        async (enterpriseId) =>
          (
            await act(
              a,
              '许可',
              'form',
              async (tx) => await tx.insert(permit, { enterpriseId, number: '91310112MA1GB00018001P' } as never),
            )
          ).value.id,
      ),
    );
    const bytes = Buffer.from('%PDF-1.4\n排污许可证');
    for (const ownerId of permits)
      await addAttachment(a, { ownerEntity: 'permit', ownerId, bytes, name: '排污许可证.pdf', kind: 'document' });
    expect(storedIn(a.store.folder).size).toBe(1);
    expect((await getEnterprise(a, sites[0] as string)).sites).toMatchObject([{ id: sites[1], siteNo: '002' }]);

    const sent = await desks.send(a, b);
    expect(sent.attachments).toBe(1);
    expect((await take(b, sent.folder)).attachments).toEqual({ stored: 1, missing: 0 });
    expect(storedIn(b.store.folder)).toEqual(storedIn(a.store.folder));
    for (const ownerId of permits) {
      const [shown, ...more] = await listAttachments(b, ownerId);
      expect([shown?.name, shown?.isHere, more.length]).toEqual(['排污许可证.pdf', true, 0]);
      expect(await b.store.blobs.read((await attachmentFile(b, shown?.id ?? '')).sha256)).toEqual(bytes);
    }

    await removeAttachment(b, (await listAttachments(b, permits[0] as string))[0]?.id ?? '');
    await take(a, (await desks.send(b, a)).folder);
    for (const at of [a, b]) {
      expect(await listAttachments(at, permits[0] as string)).toEqual([]);
      expect(await listAttachments(at, permits[1] as string)).toMatchObject([{ isHere: true }]);
      expect(storedIn(at.store.folder).size).toBe(1);
    }
  },
);

test('a task that two providers share: each visits its own villages, and their packages make one table of progress', async () => {
  const { towns, villages } = place;
  const ids = [
    await addEnterprise(a, '东一', towns.east, villages.e1),
    await addEnterprise(a, '东二', towns.east, villages.e1),
    await addEnterprise(a, '西一', towns.west, villages.w1),
    await addEnterprise(a, '西二', towns.west, villages.w1),
  ];
  const task = await createRound(a, {
    scopeRule: 'custom',
    baseRoundId: null,
    startDate: '2026-11-01',
    endDate: '2026-11-30',
    filter: null,
    enterpriseIds: ids,
    no: null,
    name: '夏季臭氧专项',
  });
  await take(b, (await desks.send(a, b)).folder);
  const done = async (at: Context, enterpriseId: string, outcome: string): Promise<void> => {
    const target = await at.store.read.first(roundTarget, { enterpriseId, roundId: task.id });
    const { id } = await startVisit(at, { enterpriseId, roundTargetId: target?.id ?? null, purposes: ['special'] });
    await answerRest(at, id, null, 'conforming');
    await finishVisit(at, id, outcome);
  };
  await done(a, ids[0] as string, 'completed');
  await done(a, ids[1] as string, 'completed');
  await done(b, ids[2] as string, 'completed');
  await done(b, ids[3] as string, 'closed_door');
  expect([(await roundBoard(a, task.id)).round.visited, (await roundBoard(b, task.id)).round.visited]).toEqual([2, 1]);
  await take(b, (await desks.send(a, b)).folder);
  await take(a, (await desks.send(b, a)).folder);
  expect(await dump(a)).toBe(await dump(b));
  const board = await roundBoard(a, task.id);
  expect(board).toEqual(await roundBoard(b, task.id));
  expect(board.round).toMatchObject({
    targets: 4,
    visited: 3,
    closedDoor: 1,
    pending: 0,
    coverageNumerator: 3,
    coverageDenominator: 4,
  });
  expect(new Map(board.byVillage.map((v) => [v.name, [v.visited, v.targets]]))).toEqual(
    new Map([
      ['东一村', [2, 2]],
      ['西一村', [1, 2]],
    ]),
  );
  expect(await a.store.read.sql('SELECT count(*) AS n FROM sync_conflict')).toEqual([{ n: 0 }]);
});
