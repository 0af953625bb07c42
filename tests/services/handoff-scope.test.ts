// A package of one town: what belongs to its enterprises goes along whole, nothing of other towns' enterprises does,
// nothing arrives as a stub.
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { area } from '../../domain/areas/entities.ts';
import { snake } from '../../domain/dictionary/entity.ts';
import { enterprise } from '../../domain/enterprises/entities.ts';
import { ENTITIES } from '../../domain/entities.ts';
import { finding } from '../../domain/findings/entities.ts';
import type { Operation } from '../../domain/handoff/operation.ts';
import { projectArea, serviceProject } from '../../domain/projects/entities.ts';
import { round, roundTarget } from '../../domain/rounds/entities.ts';
import { training, trainingAttendance, trainingInvitation } from '../../domain/training/entities.ts';
import { visit } from '../../domain/visits/entities.ts';
import { Outgoing, SHADOW, tableOf } from '../../db/index.ts';
import { addAttachment, listAttachments } from '../../services/attachments/index.ts';
import { act, type Context } from '../../services/context.ts';
import { listRecords } from '../../services/records/index.ts';
import { createRound, removeRound, roundBoard } from '../../services/rounds/index.ts';
import { getTraining, invite } from '../../services/training/index.ts';
import { answerRest, startVisit } from '../../services/visits/index.ts';
import { act as actOn } from '../../services/workflow/index.ts';
import { closeWorkers } from '../../services/workers/index.ts';
import { Desks, take } from '../support/handoff-desks.ts';

let desks: Desks;
let a: Context;
let b: Context;
const ids: Record<string, string> = {};

beforeEach(async () => {
  desks = new Desks();
  ({ a, b } = await desks.pair());
  await act(a, '建档', 'form', async (tx) => {
    const make = async (level: string, name: string, parentId: string | null = null) =>
      (await tx.insert(area, { level, name, parentId } as never)).id;
    ids.district = await make('district', '闵行区');
    for (const town of ['east', 'west']) {
      ids[town] = await make('town', town === 'east' ? '东镇' : '西镇', ids.district);
      ids[`${town} village`] = await make('village', `${town} 村`, ids[town]);
      for (const n of [1, 2])
        ids[`${town} ${n}`] = (
          await tx.insert(enterprise, {
            name: `${town} ${n} 厂`,
            internalCode: `${town}-${n}`,
            siteNo: '001',
            townId: ids[town],
            villageId: n === 1 ? ids[`${town} village`] : null,
            operatingStatus: 'operating',
          } as never)
        ).id;
    }
  });
});
afterEach(async () => {
  await desks.close();
});
afterAll(async () => {
  await closeWorkers();
});

const id = (name: string): string => ids[name] as string;

/** A round over enterprises, perhaps of a project and after another round. */
async function addRound(name: string, enterpriseIds: string[], more: Record<string, unknown> = {}): Promise<string> {
  const made = await createRound(a, {
    scopeRule: 'custom',
    baseRoundId: null,
    startDate: '2026-11-01',
    endDate: '2026-11-30',
    filter: null,
    enterpriseIds,
    no: null,
    name,
  });
  await act(a, '改轮次', 'form', async (tx) => await tx.update(round, made.id, more as never));
  return made.id;
}

/** A training with invitations, one person of each enterprise, and one of none. */
async function addTraining(
  title: string,
  enterpriseIds: string[],
  more: Record<string, unknown> = {},
): Promise<string> {
  const made = await act(a, '培训', 'form', async (tx) => {
    return (await tx.insert(training, { title, date: '2026-11-10', state: 'held', ...more } as never)).id;
  });
  await invite(a, made.value, enterpriseIds, null);
  for (const enterpriseId of [...enterpriseIds, null])
    await act(a, '签到', 'form', async (tx) => {
      const personName = enterpriseId ? `人${enterpriseId.slice(-4)}` : '村干部';
      await tx.insert(trainingAttendance, { trainingId: made.value, enterpriseId, personName } as never);
    });
  return made.value;
}

/** A project with its territory. */
const addProject = async (name: string, ...areaIds: string[]): Promise<string> =>
  (
    await act(a, '项目', 'form', async (tx) => {
      const dates = { startDate: '2026-01-01', endDate: '2026-12-31' };
      const made = await tx.insert(serviceProject, { name, ...dates } as never);
      for (const areaId of areaIds) await tx.insert(projectArea, { projectId: made.id, areaId } as never);
      return made.id;
    })
  ).value;

/** Kinds of rows that were not received but are referred to. */
async function stubs(at: Context): Promise<string[]> {
  const found: string[] = [];
  for (const entity of ENTITIES) {
    const rows = await at.store.read.sql(
      `SELECT id FROM "${tableOf(entity)}" WHERE deleted_at = '${SHADOW}' AND id NOT IN (SELECT id FROM sync_row)`,
    );
    found.push(...rows.map(() => entity.name));
  }
  return found;
}

/** Names of rows of a kind that an office shows. */
const shown = async (at: Context, entity: (typeof ENTITIES)[number]): Promise<string[]> =>
  (
    await at.store.read.sql<{ title: string }>(
      `SELECT "${snake(entity.title ?? 'id')}" AS title FROM "${tableOf(entity)}" WHERE deleted_at IS NULL ORDER BY 1`,
    )
  ).map((r) => r.title);

/** Operations that a package of a scope carries. */
function operationsOf(
  at: Context,
  scope: { areas?: string[]; enterprises?: string[]; personal?: boolean },
): Operation[] {
  const out = new Outgoing(at.store.file, at.store.deviceTag, () => '');
  try {
    const streams = out.streams({ all: false, areas: [], enterprises: [], personal: true, ...scope });
    return [...out.lines(streams, [], [], new Set())].map((line) => JSON.parse(line) as Operation);
  } finally {
    out.close();
  }
}

test(
  '[I18] a package of one town brings its rounds and trainings whole, as far as they are of its enterprises, ' +
    'and nothing as a stub',
  async () => {
    const project = await addProject('环保管家');
    const base = await addRound('一轮', [id('east 1'), id('west 1')], { projectId: project });
    const both = await addRound('二轮', [id('east 1'), id('east 2'), id('west 1'), id('west 2')], {
      baseRoundId: base,
    });
    await addRound('西镇专项', [id('west 1'), id('west 2')], { projectId: await addProject('西镇项目') });
    const held = await addTraining('危废培训', [id('east 1'), id('west 1')], { projectId: project });
    await addTraining('西镇培训', [id('west 1'), id('west 2')]);
    // A project goes where it is named, and where its territory has the town, a village of it, or the district around it.
    await addProject('全区项目', id('district'));
    await addProject('东村项目', id('east village'));
    await addProject('西村项目', id('west village'));
    await addAttachment(a, {
      ownerEntity: 'training',
      ownerId: held,
      bytes: Buffer.from('%PDF-1.4\n课件'),
      name: '课件.pdf',
      kind: 'material',
    });
    const target = await a.store.read.first(roundTarget, { enterpriseId: id('east 1'), roundId: both });
    const visited = await startVisit(a, {
      enterpriseId: id('east 1'),
      roundTargetId: target?.id ?? null,
      purposes: ['routine'],
    });
    await answerRest(a, visited.id, null, 'conforming');
    await actOn(a, 'visit', [visited.id], 'finish', { outcome: 'completed' });
    await act(a, '问题', 'form', async (tx) => {
      for (const of of ['east 1', 'west 1'])
        await tx.insert(finding, {
          no: `F ${of}`,
          enterpriseId: id(of),
          roundId: both,
          foundDate: '2026-11-10',
          description: of,
        } as never);
    });

    await take(b, (await desks.send(a, b, { all: false, areas: [id('east')] })).folder);

    expect(await stubs(b)).toEqual([]);
    expect(await shown(b, round as never)).toEqual(['一轮', '二轮']);
    expect(await shown(b, training as never)).toEqual(['危废培训']);
    expect(await shown(b, serviceProject as never)).toEqual(['东村项目', '全区项目', '环保管家']);
    expect((await shown(b, enterprise as never)).filter((name) => name.includes('west'))).toEqual([]);
    expect((await roundBoard(b, both)).round).toMatchObject({ targets: 2, visited: 1, pending: 1 });
    expect((await roundBoard(b, base)).round).toMatchObject({ targets: 1, pending: 1 });
    expect(await shown(b, visit as never)).toHaveLength(1);
    expect(await shown(b, finding as never)).toEqual(['east 1']);
    expect(await shown(b, trainingInvitation as never)).toHaveLength(1);
    expect(await shown(b, trainingAttendance as never)).toEqual([`人${id('east 1').slice(-4)}`, '村干部']);
    expect(await listAttachments(b, held)).toMatchObject([{ name: '课件.pdf', isHere: true }]);
    const text = JSON.stringify(operationsOf(a, { areas: [id('east')] }).filter((op) => op.stream !== 'g'));
    for (const name of ['west 1', 'west 2']) expect(text).not.toContain(id(name));
    expect(await b.store.read.sql('SELECT id FROM sync_conflict')).toEqual([]);

    // The other town later: nothing that came before is lost, and the round is whole.
    await take(b, (await desks.send(a, b, { all: false, areas: [id('west')] })).folder);
    expect(await stubs(b)).toEqual([]);
    expect((await roundBoard(b, both)).round).toMatchObject({ targets: 4, visited: 1, pending: 3 });
    expect(await shown(b, training as never)).toEqual(['危废培训', '西镇培训']);
    expect(await shown(b, trainingAttendance as never)).toHaveLength(6);
  },
);

test('[I18] what was taken out or moved still goes where rows that are sent say so', async () => {
  const gone = await addRound('已取消的一轮', [id('east 1'), id('west 1')]);
  await removeRound(a, gone);
  const [left, now] = [await addRound('原来的一轮', [id('west 1')]), await addRound('现在的一轮', [id('west 1')])];
  await act(a, '问题', 'form', async (tx) => {
    const made = await tx.insert(finding, {
      no: 'F1',
      enterpriseId: id('east 2'),
      roundId: left,
      foundDate: '2026-11-10',
      description: '标签缺失',
    } as never);
    await tx.update(finding, made.id, { roundId: now } as never);
  });
  await take(b, (await desks.send(a, b, { all: false, areas: [id('east')] })).folder);
  expect(await stubs(b)).toEqual([]);
  expect(await shown(b, round as never)).toEqual(['现在的一轮']);
  expect((await roundBoard(b, now)).round).toMatchObject({ targets: 0 });
  // A rival value of an open conflict can be named too, when somebody has to choose.
  await act(b, '改', 'form', async (tx) => {
    const own = await tx.insert(round, {
      name: '对方的一轮',
      no: 9,
      startDate: '2026-11-01',
      endDate: '2026-11-30',
    } as never);
    const [row] = await tx.read.find(finding, { no: 'F1' });
    await tx.update(finding, row?.id as string, { roundId: own.id } as never);
  });
  await act(a, '改', 'form', async (tx) => {
    const [row] = await tx.read.find(finding, { no: 'F1' });
    await tx.update(finding, row?.id as string, { roundId: left } as never);
  });
  await take(a, (await desks.send(b, a, { all: false, areas: [id('east')] })).folder);
  const carried = new Set(operationsOf(a, { areas: [id('east')] }).map((op) => op.row));
  expect(await a.store.read.sql('SELECT field FROM sync_conflict')).toEqual([{ field: 'roundId' }]);
  for (const name of ['对方的一轮', '原来的一轮'])
    expect(carried.has((await a.store.read.first(round, { name }))?.id ?? '')).toBe(true);
});

test('[I18] without personal rows a training goes for its invitations, and nobody who came is named', async () => {
  const invited = await addTraining('有邀请', [id('east 1')]);
  const came = await act(a, '培训', 'form', async (tx) => {
    const made = await tx.insert(training, { title: '只有签到', date: '2026-11-10', state: 'held' } as never);
    await tx.insert(trainingAttendance, {
      trainingId: made.id,
      enterpriseId: id('east 1'),
      personName: '李四',
    } as never);
    return made.id;
  });
  const rows = (personal: boolean): Set<string> =>
    new Set(operationsOf(a, { enterprises: [id('east 1')], personal }).map((op) => op.row));
  expect([rows(true).has(invited), rows(true).has(came.value)]).toEqual([true, true]);
  expect([rows(false).has(invited), rows(false).has(came.value)]).toEqual([true, false]);
  await take(b, (await desks.send(a, b, { all: false, enterprises: [id('east 1')], personal: false })).folder);
  expect(await shown(b, trainingAttendance as never)).toEqual([]);
  expect(await stubs(b)).toEqual([]);
  expect(await getTraining(b, invited)).toMatchObject({ values: { title: '有邀请' } });
});

test('a row that stands for an enterprise of another town, which is referred to and was not sent, lies in no bin', async () => {
  await act(a, '厂中厂', 'form', async (tx) => {
    await tx.update(enterprise, id('east 1'), { hostEnterpriseId: id('west 1') } as never);
  });
  await take(b, (await desks.send(a, b, { all: false, enterprises: [id('east 1')] })).folder);
  // Its town has to be one too: whoever it is, a row of that kind must be there.
  expect(await stubs(b)).toEqual(['area', 'enterprise']);
  const all = { entity: 'enterprise', parentId: null, text: '', withDeleted: true, sort: null } as const;
  const listed = await listRecords(b, { ...all, page: { offset: 0, limit: 50 } } as never);
  expect(listed.rows.map((row) => row.id)).not.toContain(id('west 1'));
  expect(listed.total).toBe(1);
});
