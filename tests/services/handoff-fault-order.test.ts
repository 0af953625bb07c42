// Packages that come twice, late, at once or in any order; clocks that are wrong; people who go on working meanwhile.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { contact, enterprise } from '../../domain/enterprises/entities.ts';
import type { Operation } from '../../domain/handoff/operation.ts';
import { act, type Context } from '../../services/context.ts';
import * as handoff from '../../services/handoff/index.ts';
import { closeWorkers } from '../../services/workers/index.ts';
import { addDocuments, apply, codeOf, Desks, dumpAt, preview, take } from '../support/handoff-desks.ts';
import { forge } from '../support/handoff-forged.ts';
import { dumpOf } from '../support/store.ts';

let desks: Desks;
let a: Context;
let b: Context;
let id: string;
let townId: string;

beforeEach(async () => {
  desks = new Desks();
  ({ a, b, id, townId } = await desks.pair());
});
afterEach(async () => {
  vi.useRealTimers();
  await desks.close();
});
afterAll(async () => {
  await closeWorkers();
});

const edit = async (at: Context, values: Record<string, unknown>, row = id): Promise<void> => {
  await act(at, '改', 'form', async (tx) => await tx.update(enterprise, row, values as never));
};
const addressAt = async (at: Context): Promise<unknown> => (await at.store.read.get(enterprise, id))?.address;

describe('[F14] order and repetition', () => {
  test('the same package twice, older after newer, and again after it was taken back', async () => {
    const older = (await desks.send(a, b)).folder;
    await edit(a, { address: '新地址' });
    const newer = (await desks.send(a, b)).folder;
    const done = await take(b, newer);
    const state = await dumpAt(b.store);
    expect(state).toBe(await dumpAt(a.store));
    const twice: string[] = [];
    for (const again of [newer, older]) {
      const seen = await preview(b, again);
      expect([seen.operations, seen.kinds.filter((k) => k.created + k.changed + k.deleted > 0)]).toEqual([0, []]);
      const { importId, operations } = await apply(b, seen.previewId);
      twice.push(importId);
      expect(operations).toBe(0);
      expect(await dumpAt(b.store)).toBe(state);
    }
    // Another import carried the same: taking the first back leaves it. Then what the older one holds is left.
    await handoff.undoImport(b, done.importId);
    expect(await dumpAt(b.store)).toBe(state);
    await handoff.undoImport(b, twice[0] as string);
    expect(await addressAt(b)).toBe('联友路1号');
    await take(b, newer);
    expect(await dumpAt(b.store)).toBe(state);
  });

  test('a delta without its base says what is missing, shows what there is, and the base makes it whole', async () => {
    await take(b, (await desks.send(a, b)).folder);
    await edit(a, { address: '一' });
    await edit(a, { address: '二', shortName: '乙' });
    await act(a, '建档', 'form', async (tx) => await tx.insert(contact, { enterpriseId: id, name: '李四' } as never));
    const held = new Set(
      (
        await b.store.read.sql<{ k: string }>(
          'SELECT s.id || d.tag || o.n AS k FROM sync_op o JOIN sync_stream s ON s.no = o.stream_no JOIN sync_device d ON d.no = o.device_no',
        )
      ).map((r) => r.k),
    );
    const news = (ops: Operation[]): Operation[] => ops.filter((op) => !held.has(`${op.stream}${op.device}${op.n}`));
    const late = await forge(a, b, desks.stick, {
      ops: (ops) => {
        const all = news(ops).filter((op) => op.entity === 'enterprise');
        return all.slice(-1);
      },
    });
    const seen = await preview(b, late);
    expect(seen.gaps).toEqual([{ device: a.store.deviceTag, streams: 1 }]);
    await apply(b, seen.previewId);
    expect(await addressAt(b)).toBe('二');
    const rest = await desks.send(a, b);
    expect((await preview(b, rest.folder)).gaps).toEqual([]);
    await take(b, rest.folder);
    expect(await dumpAt(b.store)).toBe(await dumpAt(a.store));
    expect(await b.store.read.sql('SELECT 1 FROM sync_have WHERE extra IS NOT NULL')).toEqual([]);
  });

  test('[I2][I4] fifty packages in a random order, some twice, end in the same state', async () => {
    await take(b, (await desks.send(a, b)).folder);
    const ids: string[] = [];
    for (let n = 0; n < 20; n += 1) {
      const made = (
        await act(
          a,
          '建档',
          'form',
          async (tx) =>
            await tx.insert(enterprise, { name: `企业${n}`, internalCode: `F-${n}`, siteNo: '001', townId } as never),
        )
      ).value.id;
      ids.push(made);
      await edit(a, { address: `地址${n}` });
      await edit(a, { remark: `备注${n}`, hostEnterpriseId: ids[n - 1] ?? null }, made);
      if (n % 4 === 3)
        await act(a, '删除', 'form', async (tx) => {
          await tx.remove(enterprise, ids[n - 2] as string);
        });
    }
    const first = new Set(
      (
        await b.store.read.sql<{ k: string }>(
          'SELECT s.id || d.tag || o.n AS k FROM sync_op o JOIN sync_stream s ON s.no = o.stream_no JOIN sync_device d ON d.no = o.device_no',
        )
      ).map((r) => r.k),
    );
    let total = 0;
    const slice =
      (k: number, count: number) =>
      (ops: Operation[]): Operation[] => {
        const news = ops.filter((op) => !first.has(`${op.stream}${op.device}${op.n}`));
        total = news.length;
        return news.slice(Math.floor((news.length * k) / count), Math.floor((news.length * (k + 1)) / count));
      };
    const order = Array.from({ length: 50 }, (_, k) => (k * 37 + 11) % 50);
    let seen = 0;
    for (const [n, k] of order.entries()) {
      const folder = await forge(a, b, desks.stick, { ops: slice(k, 50) });
      seen += (await take(b, folder)).operations;
      if (n % 10 === 0) expect((await take(b, folder)).operations).toBe(0);
      if (n % 10 === 5) expect(await b.store.read.sql('PRAGMA foreign_key_check')).toEqual([]);
    }
    expect([seen, total > 60]).toEqual([total, true]);
    expect(await dumpAt(b.store)).toBe(await dumpAt(a.store));
  });

  test('in two windows at once: it goes in once, the other is told that something is under way or out of date', async () => {
    const { folder } = await desks.send(a, b);
    const seen = await preview(b, folder);
    const both = await Promise.all([codeOf(apply(b, seen.previewId)), codeOf(apply(b, seen.previewId))]);
    expect(both.sort()).toEqual(['BUSY', 'OK']);
    expect(await dumpAt(b.store)).toBe(await dumpAt(a.store));
    await edit(a, { address: '再改' });
    const next = (await desks.send(a, b)).folder;
    const [one, two] = [await preview(b, next), await preview(b, next)];
    expect([await codeOf(apply(b, one.previewId)), await codeOf(apply(b, two.previewId))]).toEqual(['NOT_FOUND', 'OK']);
    // Looking at a package while another one goes in does not pull the ground from under it.
    await edit(a, { address: '三改' });
    const last = await preview(b, (await desks.send(a, b)).folder);
    const [done, looked] = await Promise.all([codeOf(apply(b, last.previewId)), codeOf(preview(b, next))]);
    expect([done, looked]).toEqual(['OK', 'OK']);
    expect(await addressAt(b)).toBe('三改');
  });
});

describe('[F13] people who go on working', () => {
  test('something saved for long: BUSY and nothing changed; afterwards a new preview goes in', async () => {
    const seen = await preview(b, (await desks.send(a, b)).folder);
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const saving = act(b, '很久', 'form', async (tx) => {
      await tx.read.find(enterprise, {});
      await gate;
    });
    const before = dumpOf(b.store.file);
    expect(await codeOf(apply(b, seen.previewId))).toBe('BUSY');
    expect(dumpOf(b.store.file)).toBe(before);
    release();
    await saving;
    expect((await apply(b, seen.previewId)).operations).toBeGreaterThan(0);
  });

  test(
    'what is saved between preview and import, while attachments are stored, is not lost: REFUSED, and the ' +
      'next preview holds both',
    async () => {
      await take(b, (await desks.send(a, b)).folder);
      await addDocuments(a, id, [400_000, 300_000]);
      await edit(a, { address: '甲' });
      const { folder } = await desks.send(a, b);
      const seen = await preview(b, folder);
      const [outcome] = await Promise.all([codeOf(apply(b, seen.previewId)), edit(b, { address: '乙' })]);
      expect(outcome).toBe('REFUSED');
      expect(await addressAt(b)).toBe('乙');
      const again = await preview(b, folder);
      expect(again.conflicts.must).toBe(1);
      // Attachments that were stored by the attempt are there and not asked for again.
      expect(again.attachments).toEqual({ carried: 2, present: 2, missing: 0, thumbnails: 0 });
      expect((await apply(b, again.previewId)).conflicts.must).toBe(1);
    },
  );
});

describe('[F11][I8] clocks', () => {
  const at = (time: string): void => {
    vi.setSystemTime(new Date(time));
  };

  /** Opens both offices under a clock that the test sets. */
  async function underClock(): Promise<void> {
    for (const code of ['HC', 'XH']) await desks.desk(code).close();
    vi.useFakeTimers({ toFake: ['Date'] });
    at('2026-11-18T08:00:00Z');
    [a, b] = [await desks.open('HC'), await desks.open('XH')];
    await take(b, (await desks.send(a, b)).folder);
  }

  test("set to 1970, to 2035 and back by a day in mid-session: who saw the other's value wins, and both agree", async () => {
    await underClock();
    const rounds: [Context, Context, string][] = [
      [a, b, '2035-06-01T00:00:00Z'],
      [b, a, '1970-01-02T00:00:00Z'],
      [a, b, '2026-11-18T09:00:00Z'],
      [b, a, '2026-11-17T09:00:00Z'],
      [a, b, '2026-10-25T01:59:59Z'],
    ];
    for (const [n, [from, to, time]] of rounds.entries()) {
      at(time);
      await edit(from, { address: `第${n}次` });
      expect(await addressAt(from)).toBe(`第${n}次`);
      const done = await take(to, (await desks.send(from, to)).folder);
      expect([await addressAt(to), done.conflicts.must], time).toEqual([`第${n}次`, 0]);
      expect(await dumpAt(to.store)).toBe(await dumpAt(from.store));
    }
  });

  test('two devices with equal clocks: one and the same value is shown on both sides, and both values stay to choose from', async () => {
    await underClock();
    at('2031-01-01T00:00:00Z');
    await edit(a, { address: '甲' });
    await edit(b, { address: '乙' });
    const clock = async (ctx: Context): Promise<unknown> =>
      (await ctx.store.read.sqlOne<{ hlc: string }>('SELECT hlc FROM sync_op ORDER BY local_seq DESC LIMIT 1'))?.hlc;
    expect(await clock(a)).toBe(await clock(b));
    const [toB, toA] = [(await desks.send(a, b)).folder, (await desks.send(b, a)).folder];
    await take(b, toB);
    await take(a, toA);
    expect(await dumpAt(a.store)).toBe(await dumpAt(b.store));
    expect((await handoff.conflictCounts(a)).must).toBe(1);
  });
});

test(
  '[F15][I27] attachments: the same file in two offices is one; what a bad copy lacked comes with the next ' +
    'package; a damaged file is not passed on',
  async () => {
    await take(b, (await desks.send(a, b)).folder);
    await addDocuments(a, id, [150_000, 120_000, 90_000]);
    await addDocuments(b, id, [150_000]);
    const { folder, attachments } = await desks.send(a, b);
    expect(attachments).toBe(3);
    const part = readFileSync(join(folder, 'part-0001.ehp'));
    writeFileSync(join(folder, 'part-0001.ehp'), part.subarray(0, 2_000));
    // One is here already: the same content under the same name.
    expect((await take(b, folder)).attachments).toEqual({ stored: 0, missing: 2 });
    await take(a, (await desks.send(b, a)).folder);
    const next = await desks.send(a, b);
    expect([next.kind, next.operations, next.attachments]).toEqual(['delta', 0, 2]);
    expect((await take(b, next.folder)).attachments).toEqual({ stored: 2, missing: 0 });
    await take(a, (await desks.send(b, a)).folder);
    expect((await desks.send(a, b)).attachments).toBe(0);
    expect(await dumpAt(a.store)).toBe(await dumpAt(b.store));
    const rows = await b.store.read.sql<{ sha256: string; n: number }>(
      'SELECT sha256, count(*) AS n FROM attachment GROUP BY sha256 ORDER BY n',
    );
    expect(rows.map((r) => r.n)).toEqual([1, 1, 2]);
    for (const r of rows) expect((await b.store.blobs.read(r.sha256)).length).toBeGreaterThan(80_000);
  },
);
