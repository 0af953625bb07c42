// Two and three offices on real stores: what they show after exchanging operations.
import { afterEach, describe, expect, test } from 'vitest';
import { naturalId } from '../../db/index.ts';
import { area } from '../../domain/areas/entities.ts';
import { contact, enterprise } from '../../domain/enterprises/entities.ts';
import { finding, findingStep, findingStepPrev } from '../../domain/findings/entities.ts';
import { alias } from '../../domain/handoff/entities.ts';
import { Office } from '../support/offices.ts';

let offices: Office[] = [];
afterEach(async () => {
  for (const o of offices) await o.t.close();
  offices = [];
});

async function two(): Promise<{ a: Office; b: Office; townId: string; id: string }> {
  const [a, b] = [await Office.open('甲'), await Office.open('乙')];
  offices.push(a, b);
  const { townId, id } = await a.act<{ townId: string; id: string }>(async (tx) => {
    const town = await tx.insert(area, { level: 'town', name: '华漕镇' } as never);
    const row = await tx.insert(enterprise, {
      name: '上海海明科技有限公司',
      internalCode: 'A-1',
      siteNo: '001',
      townId: town.id,
      address: '联友路1号',
    } as never);
    return { townId: town.id, id: row.id };
  });
  await b.take(await a.operations());
  return { a, b, townId, id };
}

async function exchange(a: Office, b: Office): Promise<void> {
  const [fromA, fromB] = [await a.operations(), await b.operations()];
  await a.take(fromB);
  await b.take(fromA);
}

const fieldOf = async (o: Office, id: string, field: 'address' | 'shortName' | 'deletedAt') =>
  ((await o.store.read.get(enterprise, id)) as Record<string, unknown> | null)?.[field];

describe('two offices', () => {
  test(
    '[I1][I3][I10] what one office sends is the same at the other; sending it again changes nothing and makes ' +
      'no operation',
    async () => {
      const { a, b } = await two();
      expect(await b.dump()).toBe(await a.dump());
      const before = await b.store.read.lastOperation();
      const again = await b.take(await a.operations());
      expect(again.operations).toBe(0);
      expect(await b.store.read.lastOperation()).toBe(before);
    },
  );

  test('[I5][I9] rival edits are both kept until a decision, which ends the conflict everywhere; an edit does not', async () => {
    const { a, b, id } = await two();
    await a.act(async (tx) => await tx.update(enterprise, id, { address: '甲写的地址' }));
    await b.act(async (tx) => await tx.update(enterprise, id, { address: '乙写的地址' }));
    await exchange(a, b);
    expect(await a.dump()).toBe(await b.dump());
    expect(await a.conflicts()).toMatchObject([{ rowId: id, field: 'address', class: 'value', provisional: 0 }]);
    expect(await fieldOf(a, id, 'address')).toBe('乙写的地址');
    await a.act(async (tx) => await tx.update(enterprise, id, { address: '甲又改' }));
    expect(await a.conflicts()).toHaveLength(1);
    expect(await fieldOf(a, id, 'address')).toBe('甲又改');
    await b.act(async (tx) => {
      await tx.resolve(enterprise, id, { address: '乙写的地址' }, '现场核实');
    });
    expect(await b.conflicts()).toEqual([]);
    await exchange(a, b);
    // The edit that the decision had not seen stands against it.
    expect(await a.dump()).toBe(await b.dump());
    expect(await a.conflicts()).toHaveLength(1);
    await a.act(async (tx) => {
      await tx.resolve(enterprise, id, { address: '最后的地址' }, null);
    });
    await exchange(a, b);
    expect(await b.conflicts()).toEqual([]);
    expect(await fieldOf(b, id, 'address')).toBe('最后的地址');
  });

  test('[I10] the same value entered twice is no conflict, nor are edits of different fields', async () => {
    const { a, b, id } = await two();
    await a.act(async (tx) => await tx.update(enterprise, id, { address: '同一个地址', shortName: '海明' }));
    await b.act(async (tx) => await tx.update(enterprise, id, { address: '同一个地址', signName: '海明店' }));
    await exchange(a, b);
    expect(await a.conflicts()).toEqual([]);
    expect(await a.dump()).toBe(await b.dump());
  });

  test('[I11] a deletion does not hide an edit or a child that it had not seen, and does hide what it had', async () => {
    const { a, b, id } = await two();
    await a.act(async (tx) => {
      await tx.remove(enterprise, id);
    });
    await b.act(async (tx) => await tx.insert(contact, { enterpriseId: id, name: '张三' } as never));
    expect(await fieldOf(a, id, 'deletedAt')).not.toBeNull();
    await exchange(a, b);
    expect(await fieldOf(a, id, 'deletedAt')).toBeNull();
    expect(await a.conflicts()).toMatchObject([{ rowId: id, field: 'deletedAt', class: 'delete-vs-edit' }]);
    expect(await a.dump()).toBe(await b.dump());
    await a.act(async (tx) => {
      await tx.remove(enterprise, id);
    });
    expect(await a.conflicts()).toEqual([]);
    await exchange(a, b);
    expect(await fieldOf(b, id, 'deletedAt')).not.toBeNull();
    expect(await a.dump()).toBe(await b.dump());
  });

  test('[I11] a row kept for the sake of a child goes when the child goes', async () => {
    const { a, b, id } = await two();
    await a.act(async (tx) => {
      await tx.remove(enterprise, id);
    });
    const child = await b.act<{ id: string }>(
      async (tx) => await tx.insert(contact, { enterpriseId: id, name: '张三' } as never),
    );
    await exchange(a, b);
    await b.act(async (tx) => {
      await tx.remove(contact, child.id);
    });
    expect(await fieldOf(b, id, 'deletedAt')).not.toBeNull();
    await exchange(a, b);
    expect(await a.dump()).toBe(await b.dump());
  });

  test('[I13] a closed loop that went on in both offices shows the least finished state until a step follows both', async () => {
    const { a, b, id } = await two();
    const step = (event: string, from: string | null, to: string, findingId: string) => ({
      findingId,
      event,
      from,
      to,
      date: '2026-03-01',
      at: new Date().toISOString(),
      by: '甲',
    });
    const made = await a.act<{ findingId: string; first: string }>(async (tx) => {
      const f = await tx.insert(finding, {
        no: 'HZ-1',
        enterpriseId: id,
        foundDate: '2026-03-01',
        description: '危废标签缺失一处',
      } as never);
      const s = await tx.insert(findingStep, step('issue', 'draft', 'open', f.id) as never);
      return { findingId: f.id, first: s.id };
    });
    await exchange(a, b);
    const goOn = async (o: Office, event: string, to: string, prev: string[]) =>
      await o.act<string>(async (tx) => {
        const s = await tx.insert(findingStep, step(event, 'open', to, made.findingId) as never);
        for (const p of prev) await tx.insert(findingStepPrev, { stepId: s.id, prevId: p } as never);
        return s.id;
      });
    const one = await goOn(a, 'start', 'in_progress', [made.first]);
    const other = await goOn(b, 'source_removed', 'closed', [made.first]);
    // The preview knows of the fork before it is there [I21].
    const { staging, summary } = b.stage(await a.operations());
    staging.close();
    expect(summary.conflicts).toEqual({ must: 1, may: 0, waiting: 0 });
    await exchange(a, b);
    const status = async (o: Office) => (await o.store.read.get(finding, made.findingId))?.status;
    expect(await status(a)).toBe('in_progress');
    expect(await status(b)).toBe('in_progress');
    expect(await a.conflicts()).toMatchObject([{ rowId: made.findingId, class: 'closed-loop' }]);
    expect(await a.dump()).toBe(await b.dump());
    await goOn(a, 'report', 'submitted', [one, other]);
    expect(await a.conflicts()).toEqual([]);
    await exchange(a, b);
    expect(await b.conflicts()).toEqual([]);
    expect(await status(b)).toBe('submitted');
  });

  test('[I12] an enterprise entered twice is shown once after a merge, whoever merged, and twice again after un-merging', async () => {
    const { a, b, townId } = await two();
    const one = await a.act<{ id: string }>(
      async (tx) =>
        await tx.insert(enterprise, {
          name: '上海瑞崧五金制品厂',
          internalCode: 'A-2',
          siteNo: '001',
          townId,
          address: '甲地址',
        } as never),
    );
    const twin = await b.act<{ id: string }>(
      async (tx) =>
        await tx.insert(enterprise, {
          name: '上海瑞崧五金制品厂',
          internalCode: 'B-2',
          siteNo: '001',
          townId,
          shortName: '瑞崧',
        } as never),
    );
    await b.act(async (tx) => await tx.insert(contact, { enterpriseId: twin.id, name: '李四' } as never));
    await exchange(a, b);
    const before = await a.dump();
    expect(await b.dump()).toBe(before);
    const [low, high] = [one.id, twin.id].sort() as [string, string];
    const edge = await b.act<{ id: string }>(
      async (tx) =>
        await tx.insert(alias, {
          id: naturalId(alias, low, high),
          entity: 'enterprise',
          lowId: low,
          highId: high,
        } as never),
    );
    const shown = async (o: Office) => await o.store.read.find(enterprise, { name: '上海瑞崧五金制品厂' });
    expect(await shown(b)).toMatchObject([{ id: low, address: '甲地址', shortName: '瑞崧' }]);
    expect(await b.store.read.find(contact, { enterpriseId: low })).toHaveLength(1);
    await exchange(a, b);
    expect(await a.dump()).toBe(await b.dump());
    expect(await shown(a)).toHaveLength(1);
    // An edit of the merged row reaches the other office and beats what it had seen.
    await a.act(async (tx) => await tx.update(enterprise, low, { address: '合并后的地址' }));
    await exchange(a, b);
    expect(await shown(b)).toMatchObject([{ address: '合并后的地址' }]);
    expect(await b.conflicts()).toEqual([]);
    await a.act(async (tx) => {
      await tx.remove(alias, edge.id);
    });
    await exchange(a, b);
    expect(await a.dump()).toBe(await b.dump());
    expect(await shown(b)).toHaveLength(2);
  });

  test(
    '[I19] an operation without those before it makes the row wait, its conflicts provisional, and the missing ' +
      'ones settle it',
    async () => {
      const { a, b, id } = await two();
      await a.act(async (tx) => await tx.update(enterprise, id, { address: '第一次' }));
      await a.act(async (tx) => await tx.update(enterprise, id, { address: '第二次' }));
      const ops = await a.operations();
      const first = ops.find((op) => op.kind === 'u' && JSON.stringify(op.body).includes('第一次'));
      await b.take(ops.filter((op) => op !== first));
      expect(await b.conflicts()).toMatchObject([{ provisional: 1 }]);
      expect(await fieldOf(b, id, 'address')).toBe('第二次');
      await b.take(ops);
      expect(await b.conflicts()).toEqual([]);
      expect(await b.dump()).toBe(await a.dump());
    },
  );

  test('[I19] a child whose parent is not held hangs on a stub that nobody sees, until the parent comes', async () => {
    const { a, townId, id } = await two();
    await a.act(async (tx) => await tx.insert(contact, { enterpriseId: id, name: '王五' } as never));
    const c = await Office.open('丙');
    offices.push(c);
    const ops = await a.operations();
    const summary = await c.take(ops.filter((op) => op.entity === 'contact'));
    expect(summary.stubs).toBeGreaterThan(0);
    expect(await c.store.read.find(enterprise, {})).toEqual([]);
    expect(await c.store.read.sql('PRAGMA foreign_key_check')).toEqual([]);
    await c.take(ops);
    expect((await c.store.read.find(enterprise, {})).map((e) => e.id)).toEqual([id]);
    expect((await c.store.read.find(area, {})).map((x) => x.id)).toEqual([townId]);
    expect(await c.dump()).toBe(await a.dump());
  });

  test('[I22] an import that was taken back leaves what was there before, and can come again', async () => {
    const { a, b, id, townId } = await two();
    await a.act(async (tx) => await tx.update(enterprise, id, { address: '新的地址' }));
    await a.act(
      async (tx) =>
        await tx.insert(enterprise, {
          name: '上海新来企业有限公司',
          internalCode: 'A-3',
          siteNo: '001',
          townId,
        } as never),
    );
    const before = await b.dump();
    const ops = await a.operations();
    await b.take(ops);
    const after = await b.dump();
    await b.store.undoHandoff(b.lastImport);
    expect(await b.dump()).toBe(before);
    await b.take(ops);
    expect(await b.dump()).toBe(after);
    await b.act(async (tx) => await tx.update(enterprise, id, { address: '在此之上又改' }));
    await expect(b.store.undoHandoff(b.lastImport)).rejects.toMatchObject({
      code: 'UNDO_BLOCKED',
      data: { block: 'built-on' },
    });
  });
});
