// The device: a tag never writes the same number twice, whatever is copied or put back [I15].
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import fc from 'fast-check';
import { HybridClock } from '../../db/capture/clock.ts';
import { enterprise } from '../../domain/enterprises/entities.ts';
import { deviceTag } from '../../db/index.ts';
import { KeyStore, passphraseWrapper } from '../../services/identity/index.ts';
import { Desk } from '../../services/workspace/index.ts';
import { act, countOf, holes, logOf, seedEnterprise, tamper } from '../support/store.ts';

let root: string;
let desks: Desk[];
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'steward-device-'));
  desks = [];
});
afterEach(async () => {
  for (const d of desks) await d.close();
  rmSync(root, { recursive: true, force: true });
});

/** A desk on a computer of that name. */
function deskOf(computer: string): Desk {
  const desk = new Desk({
    resources: 'resources',
    version: 'test',
    configFolder: join(root, computer),
    today: () => '2026-03-02',
  });
  desks.push(desk);
  return desk;
}
const folder = (name: string): string => join(root, name);
const create = async (desk: Desk, name: string) =>
  await desk.create({
    folder: folder(name),
    organisation: '某公司',
    office: '华漕驻点',
    code: 'HC',
    operator: '陈',
    role: 'leader',
  });
const number = async (desk: Desk): Promise<string> =>
  (await act(desk.context.store, async (tx) => await tx.nextNumber('finding', '2026-03-02'))).value;
const dots = async (desk: Desk): Promise<Map<string, string>> =>
  new Map(
    (await logOf(desk.context.store)).map((o) => [
      `${o.stream}/${o.tag}/${o.n}`,
      JSON.stringify([o.hlc, o.rowId, o.body]),
    ]),
  );

/** Fails when two databases hold different operations under one identity. */
function expectNoFork(a: Map<string, string>, b: Map<string, string>): void {
  for (const [dot, body] of a) if (b.has(dot)) expect(b.get(dot), dot).toBe(body);
}

test('init makes a device with its key outside the workspace, recorded in the shared stream', async () => {
  const desk = deskOf('a');
  await create(desk, 'w');
  const { store } = desk.context;
  expect(store.deviceTag).toMatch(/^[0-9A-HJKMNP-TV-Z]{10}$/);
  const kept = readdirSync(join(root, 'a', 'keys'))
    .filter((f) => !f.includes('.lock'))
    .map((f) => f.replace(/^office-.*\.key$/, 'office.key'))
    .sort();
  expect(kept).toEqual([`${store.deviceTag}.age`, `${store.deviceTag}.key`, `${store.deviceTag}.seq`, 'office.key']);
  expect(readdirSync(folder('w')).filter((f) => f.endsWith('.key'))).toEqual([]);
  expect(
    (await logOf(store)).filter((o) => o.tbl === 'device' && o.kind === 'c').map((o) => [o.stream, o.body.tag]),
  ).toEqual([['g', store.deviceTag]]);
});

test('opening again on the same computer goes on as the same device', async () => {
  const desk = deskOf('a');
  await create(desk, 'w');
  const tag = desk.context.store.deviceTag;
  const first = await number(desk);
  await desk.close();
  await desk.open(folder('w'));
  expect(desk.context.store.deviceTag).toBe(tag);
  expect(await number(desk)).toBe(first.replace(/1$/, '2'));
});

test('[I15] a workspace copied to another computer becomes another device, and its numbers never clash', async () => {
  const [a, b] = [deskOf('a'), deskOf('b')];
  await create(a, 'w');
  const e = await seedEnterprise(a.context.store);
  await number(a);
  await a.close();
  cpSync(folder('w'), folder('copy'), { recursive: true });
  await a.open(folder('w'));
  await b.open(folder('copy'));
  expect(b.context.store.deviceTag).not.toBe(a.context.store.deviceTag);
  const numbers: string[] = [];
  for (const desk of [a, b, a, b]) {
    numbers.push(await number(desk));
    await act(desk.context.store, async (tx) => await tx.update(enterprise, e.id, { employees: numbers.length }));
  }
  expect(new Set(numbers).size).toBe(4);
  expectNoFork(await dots(a), await dots(b));
  expect(await holes(b.context.store)).toEqual([]);
  expect(await countOf(b.context.store, 'device')).toBe(2);
});

test('[I15] an older database that was put back gets a new device before its first write', async () => {
  const desk = deskOf('a');
  await create(desk, 'w');
  const e = await seedEnterprise(desk.context.store);
  await desk.close();
  mkdirSync(folder('aside'));
  copyFileSync(join(folder('w'), 'steward.db'), join(folder('aside'), 'steward.db'));
  await desk.open(folder('w'));
  const tag = desk.context.store.deviceTag;
  await act(desk.context.store, async (tx) => await tx.update(enterprise, e.id, { employees: 10 }));
  const [lost, number1] = [await dots(desk), await number(desk)];
  await desk.close();
  copyFileSync(join(folder('aside'), 'steward.db'), join(folder('w'), 'steward.db'));
  await desk.open(folder('w'));
  expect(desk.context.store.deviceTag).not.toBe(tag);
  await act(desk.context.store, async (tx) => await tx.update(enterprise, e.id, { employees: 20 }));
  expect(await number(desk)).not.toBe(number1);
  expectNoFork(lost, await dots(desk));
});

test('[I15] of two copies on one computer, opened one after the other, the second becomes another device', async () => {
  const desk = deskOf('a');
  await create(desk, 'w');
  const e = await seedEnterprise(desk.context.store);
  await desk.close();
  cpSync(folder('w'), folder('copy'), { recursive: true });
  const logs: Map<string, string>[] = [];
  for (const name of ['copy', 'w', 'copy']) {
    await desk.open(folder(name));
    await act(desk.context.store, async (tx) => await tx.update(enterprise, e.id, { remark: `${name}${logs.length}` }));
    logs.push(await dots(desk));
    await desk.close();
  }
  expectNoFork(logs[0] as Map<string, string>, logs[1] as Map<string, string>);
  expectNoFork(logs[1] as Map<string, string>, logs[2] as Map<string, string>);
});

test('[I15] of two copies on one computer that are open at the same time only one keeps the tag', async () => {
  const [a, b] = [deskOf('one'), deskOf('one')];
  await create(a, 'w');
  const e = await seedEnterprise(a.context.store);
  await a.close();
  cpSync(folder('w'), folder('copy'), { recursive: true });
  await a.open(folder('w'));
  await b.open(folder('copy'));
  for (const desk of [a, b])
    await act(
      desk.context.store,
      async (tx) => await tx.update(enterprise, e.id, { remark: desk === a ? '甲' : '乙' }),
    );
  expectNoFork(await dots(a), await dots(b));
});

test('a workspace that can only be read opens for looking and says why', async () => {
  const desk = deskOf('a');
  await create(desk, 'w');
  const { file } = desk.context.store;
  await desk.close();
  tamper(file, 'DROP TRIGGER cap_enterprise_u');
  await desk.open(folder('w'));
  expect(await desk.status()).toMatchObject({ state: 'open', readOnly: expect.stringContaining('触发器') as string });
});

test('keys wrapped with a passphrase come back by it alone', async () => {
  const plain = new TextEncoder().encode('secret key');
  const wrapped = await passphraseWrapper('对').wrap(plain);
  expect(Buffer.from(wrapped).includes(Buffer.from(plain))).toBe(false);
  expect(Buffer.from(await passphraseWrapper('对').unwrap(wrapped))).toEqual(Buffer.from(plain));
  await expect(passphraseWrapper('错').unwrap(wrapped)).rejects.toThrow();
});

test('the mark beside a key never goes down', async () => {
  const keys = new KeyStore(join(root, 'keys'), null);
  const { tag } = await keys.mint();
  await keys.setHighWater(tag, 10);
  await keys.setHighWater(tag, 4);
  expect(keys.highWater(tag)).toBe(10);
});

test('a tag is ten Crockford characters of the hash of the key, for any key', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (key) => {
      expect(deviceTag(key)).toMatch(/^[0-9A-HJKMNP-TV-Z]{10}$/);
      expect(deviceTag(key)).toBe(deviceTag(Uint8Array.from(key)));
    }),
    { numRuns: 200 },
  );
  // SHA-256 of 32 zero bytes begins 66687aadf862bd…
  expect(deviceTag(new Uint8Array(32))).toBe('CSM7NBFRCA');
});

test('the clock never runs back or repeats, however the wall clock jumps or other devices are ahead', () => {
  const YEAR = 365 * 86_400_000;
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          fc.record({ jump: fc.integer({ min: -10 * YEAR, max: 10 * YEAR }), seen: fc.constant(null) }),
          fc.record({
            jump: fc.constant(0),
            seen: fc.record({ ms: fc.integer({ min: 0, max: 2 ** 47 }), c: fc.integer({ min: 0, max: 0xffff }) }),
          }),
        ),
        { size: 'max', maxLength: 200 },
      ),
      (events) => {
        let now = 1_770_000_000_000;
        let clock = new HybridClock({ ms: 0, c: 0xfffe }, () => now);
        let last = '';
        events.forEach(({ jump, seen }, i) => {
          now = Math.max(0, now + jump);
          if (seen) {
            const hlc = seen.ms.toString(16).padStart(12, '0') + seen.c.toString(16).padStart(4, '0');
            clock.advanceTo(hlc);
            if (hlc > last) last = hlc;
          }
          if (i % 7 === 6) clock = new HybridClock(clock.state, () => now);
          const next = clock.next();
          expect(next).toMatch(/^[0-9a-f]{16}$/);
          expect(next > last).toBe(true);
          last = next;
        });
      },
    ),
    { numRuns: 300 },
  );
});

test('a full counter moves the clock on by a millisecond', () => {
  const clock = new HybridClock({ ms: 1000, c: 0xffff }, () => 0);
  expect(clock.next()).toBe(`${(1001).toString(16).padStart(12, '0')}0000`);
});
