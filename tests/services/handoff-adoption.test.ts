// What a device never sealed before its key was lost: its office seals it once, in the open, and nobody else can [F12][I28].
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { operationLine, type Seal } from '../../db/index.ts';
import { chainOn, sealBytes } from '../../db/handoff/seals.ts';
import { enterprise } from '../../domain/enterprises/entities.ts';
import type { Operation } from '../../domain/handoff/operation.ts';
import { device } from '../../domain/identity/entities.ts';
import { act, type Context } from '../../services/context.ts';
import { inspectPackage } from '../../services/handoff-package/index.ts';
import { historyOf } from '../../services/history/index.ts';
import { officeKeyFile, ownOffice, takeOfficeKey } from '../../services/identity/index.ts';
import { closeWorkers } from '../../services/workers/index.ts';
import { befriend, codeOf, Desks, dump, lookedAt, preview, take } from '../support/handoff-desks.ts';
import { forge, type Forged } from '../support/handoff-forged.ts';
import { dumpOf, tamper } from '../support/store.ts';

const PASSPHRASE = '青山绿水 2026';
let desks: Desks;
let a: Context;
let b: Context;
let id: string;
/** The key of the second office as a file, kept in a safe. */
let safe: string;

beforeEach(async () => {
  desks = new Desks();
  ({ a, b, id } = await desks.pair());
  await take(b, (await desks.send(a, b)).folder);
  safe = (await officeKeyFile(b.store, b.keys, PASSPHRASE)).text;
});
afterEach(async () => {
  await desks.close();
});
afterAll(async () => {
  await closeWorkers();
});

const edit = async (at: Context, values: Record<string, unknown>): Promise<void> => {
  await act(at, '改', 'form', async (tx) => await tx.update(enterprise, id, values as never));
};
/** The second office's workspace on a computer without the keys of its devices; with the office's key unless told otherwise. */
async function withoutKeys(code: string, withOffice = true): Promise<Context> {
  const copy = await desks.open(code);
  if (withOffice) await takeOfficeKey(copy.store, copy.keys, safe, PASSPHRASE);
  return copy;
}
/** The keys of the second office's computer are gone. */
async function loseKeys(): Promise<void> {
  await desks.desk('XH').close();
  rmSync(join(desks.config('XH'), 'keys'), { recursive: true });
  b = await withoutKeys('XH');
}
/** Fields of the enterprise that an office's history calls adopted, with the office that adopted them. */
const adopted = async (at: Context): Promise<Record<string, string>> =>
  Object.fromEntries(
    (await historyOf(at, id, false, 100))
      .filter((c) => c.adoptedBy !== null)
      .flatMap((c) => c.fields.map((f) => [f.field, c.adoptedBy as string])),
  );
const minReader = async (at: Context, folder: string): Promise<number> =>
  (await inspectPackage(folder, { identities: await at.keys.ageIdentities(at.store.deviceTag), code: null })).manifest
    .min_reader;

describe('an office seals what its lost computer never did', () => {
  test('[F12][I5] it goes out, every office is told who vouches for it, and what the computer sealed itself stays its own', async () => {
    await edit(b, { shortName: '自己签过' });
    const own = (await desks.send(b, a)).folder;
    await take(a, own);
    await edit(b, { address: '从未交出' });
    const lost = b.store.deviceTag;
    await loseKeys();
    await edit(b, { remark: '换了钥匙之后' });
    const made = await desks.send(b, a);
    expect([await minReader(a, own), await minReader(a, made.folder)]).toEqual([1, 2]);
    const seen = await preview(a, made.folder);
    expect(seen.adopted).toEqual([{ office: '徐汇总部', operations: 1 }]);
    await take(a, made.folder);
    expect(await a.store.read.get(enterprise, id)).toMatchObject({
      shortName: '自己签过',
      address: '从未交出',
      remark: '换了钥匙之后',
    });
    expect(await dump(a)).toBe(await dump(b));
    expect(await adopted(a)).toEqual({ address: '徐汇总部' });
    expect(await adopted(b)).toEqual({ address: '徐汇总部' });

    // Sealed once: a later package says the very same.
    const seals = async (at: Context) =>
      await at.store.read.sql(
        'SELECT z.n, z.hash, z.sig FROM sync_seal z JOIN sync_device d ON d.no = z.device_no WHERE d.tag = ? AND z.adopter IS NOT NULL ORDER BY z.stream_no, z.n',
        [lost],
      );
    const first = await seals(b);
    expect(first).toHaveLength(1);
    await desks.send(b, a, { full: true });
    expect(await seals(b)).toEqual(first);
  });

  test(
    '[I1][I28] a third office gets it from the second one, whether it knows the office or not, and an edit on ' +
      'the way is found out',
    async () => {
      await edit(b, { address: '从未交出' });
      await loseKeys();
      await take(a, (await desks.send(b, a)).folder);
      const c = await desks.office('闵行驻点', 'MH');
      await befriend(a, c);
      const relayed = (op: Operation): boolean => op.kind === 'u' && 'address' in op.body;
      for (const change of [
        (op: Operation) => ({ ...op, body: { address: ['转手的人改的', (op.body.address as unknown[])[1]] } }),
        (op: Operation) => ({ ...op, actor: '别人' }),
      ])
        expect(
          await lookedAt(
            c,
            await forge(a, c, join(desks.root, 'forged'), {
              ops: (ops) => ops.map((op) => (relayed(op) ? change(op) : op)),
            }),
          ),
        ).toBe('BAD_SIGNATURE');
      for (const seals of [
        (all: Seal[]) => all.filter((s) => s.adopter === undefined),
        (all: Seal[]) => all.map(({ adopter: _adopter, ...s }) => s),
        (all: Seal[]) => all.map((s) => (s.adopter === undefined ? s : { ...s, prev: 'f'.repeat(64) })),
      ])
        expect(await lookedAt(c, await forge(a, c, join(desks.root, 'forged'), { seals }))).toBe('BAD_SIGNATURE');
      await take(c, (await desks.send(a, c)).folder);
      expect(await adopted(c)).toMatchObject({ address: '徐汇总部' });
      await take(a, (await desks.send(c, a)).folder);
      expect(await dump(c)).toBe(await dump(a));
    },
  );

  test(
    '[F12] without the key of the office nobody seals it: it stays readable where it is, and goes out once the ' +
      'key comes back',
    async () => {
      await edit(b, { address: '从未交出' });
      await desks.desk('XH').close();
      rmSync(join(desks.config('XH'), 'keys'), { recursive: true });
      b = await withoutKeys('XH', false);
      expect(await codeOf(desks.send(b, a))).toBe('REFUSED');
      expect((await b.store.read.get(enterprise, id))?.address).toBe('从未交出');
      await takeOfficeKey(b.store, b.keys, safe, PASSPHRASE);
      // A computer that its office vouches for hands its own over also where the office's key is not.
      rmSync(join(desks.config('XH'), 'keys', `office-${(await ownOffice(b.store))?.id ?? ''}.key`));
      await edit(b, { remark: '自己的' });
      await take(a, (await desks.send(b, a)).folder);
      expect(await a.store.read.get(enterprise, id)).toMatchObject({ address: '联友路1号', remark: '自己的' });
      await takeOfficeKey(b.store, b.keys, safe, PASSPHRASE);
      await take(a, (await desks.send(b, a)).folder);
      expect(await dump(a)).toBe(await dump(b));
    },
  );
});

describe('a computer that was not lost after all', () => {
  test(
    '[F12][I1] seals for itself again: nothing is forked where both say the same, and its own seal takes the ' +
      "place of its office's",
    async () => {
      await edit(b, { address: '从未交出' });
      await desks.desk('XH').close();
      cpSync(desks.folder('XH'), desks.folder('XH2'), { recursive: true });
      const copy = await withoutKeys('XH2');
      await edit(copy, { remark: '副本' });
      await take(a, (await desks.send(copy, a)).folder);
      expect(await adopted(a)).toEqual({ address: '徐汇总部' });
      b = await desks.open('XH');
      await edit(b, { shortName: '还在' });
      await take(a, (await desks.send(b, a)).folder);
      expect(await a.store.read.get(enterprise, id)).toMatchObject({
        address: '从未交出',
        remark: '副本',
        shortName: '还在',
      });
      expect(await adopted(a)).toEqual({});
      await take(b, (await desks.send(a, b)).folder);
      expect(await dump(a)).toBe(await dump(b));
      // To itself it was never lost.
      expect(await adopted(b)).toEqual({});
    },
  );

  test('[F12][I15] and went on otherwise from what was adopted: FORKED_DEVICE, and nothing changes', async () => {
    await desks.desk('XH').close();
    for (const part of ['folder', 'config'] as const)
      cpSync(desks[part]('XH'), desks[part]('TWIN'), { recursive: true });
    b = await desks.open('XH');
    await edit(b, { address: '从未交出' });
    await loseKeys();
    await take(a, (await desks.send(b, a)).folder);
    const twin = await desks.open('TWIN');
    await edit(twin, { address: '另一台说的' });
    const [before, path] = [dumpOf(a.store.file), (await desks.send(twin, a)).folder];
    expect(await lookedAt(a, path)).toBe('FORKED_DEVICE');
    expect(dumpOf(a.store.file)).toBe(before);
  });

  test(
    '[F12][I28] adopted twice with different content: FORKED_DEVICE, and nothing changes; twice with the same: ' +
      'nothing happens',
    async () => {
      await edit(b, { address: '从未交出' });
      await desks.desk('XH').close();
      for (const code of ['XH2', 'XH3']) cpSync(desks.folder('XH'), desks.folder(code), { recursive: true });
      tamper(
        join(desks.folder('XH3'), 'steward.db'),
        "UPDATE sync_op SET body = replace(body, '从未交出', '改过的备份')",
      );
      await loseKeys();
      await take(a, (await desks.send(b, a)).folder);
      const before = dumpOf(a.store.file);
      expect(await lookedAt(a, (await desks.send(await withoutKeys('XH3'), a)).folder)).toBe('FORKED_DEVICE');
      expect(dumpOf(a.store.file)).toBe(before);
      expect((await preview(a, (await desks.send(await withoutKeys('XH2'), a)).folder)).adopted).toEqual([]);
    },
  );
});

describe('[I28] nobody but the office of a device seals in its place', () => {
  /**
   * A package of the first office to a third one, with one more operation in the name of a device of the second office,
   * sealed as `adopt` says.
   */
  async function claimed(
    c: Context,
    adopt: (seal: Omit<Seal, 'sig'>) => Promise<Seal>,
    more: Pick<Forged, 'head'> & { ops?: (ops: Operation[], claimedOp: Operation) => Operation[] } = {},
  ): Promise<string> {
    const folder = join(desks.root, 'forged');
    const all: Operation[] = [];
    await forge(a, c, folder, {
      ops: (ops) => {
        all.push(...ops);
        return ops;
      },
    });
    const chain = all.filter((op) => op.device === b.store.deviceTag && op.stream === id);
    const last = chain.at(-1) as Operation;
    const op = {
      ...last,
      n: last.n + 1,
      hlc: last.hlc.replace(/^./, '1'),
      body: { remark: ['认领来的', []] },
    } as Operation;
    const prev = chain.reduce((hash, one) => chainOn(hash, operationLine(one)), '0'.repeat(64));
    const seal = await adopt({
      stream: id,
      device: op.device,
      from: op.n,
      prev,
      n: op.n,
      hash: chainOn(prev, operationLine(op)),
    });
    const sorted = (ops: Operation[]) =>
      ops.toSorted((x, y) =>
        x.stream === y.stream
          ? x.device === y.device
            ? x.n - y.n
            : x.device < y.device
              ? -1
              : 1
          : x.stream < y.stream
            ? -1
            : 1,
      );
    return await forge(a, c, folder, {
      ops: (ops) => sorted(more.ops?.(ops, op) ?? [...ops, op]),
      seals: (seals) => [...seals, seal],
    });
  }

  test("a foreign office is refused, in its own name and in that of the device's office; the office itself is not", async () => {
    await edit(b, { shortName: '自己签过' });
    await take(a, (await desks.send(b, a)).folder);
    const [hc, xh] = [(await ownOffice(a.store))?.id as string, (await ownOffice(b.store))?.id as string];
    const known = await desks.office('闵行驻点', 'MH');
    await befriend(a, known);
    await befriend(b, known);
    const stranger = await desks.office('虹桥驻点', 'HQ');
    await befriend(a, stranger);
    await take(stranger, (await desks.send(a, stranger)).folder);
    for (const c of [known, stranger]) {
      const by =
        (office: string, who: Context, key: string) =>
        async (seal: Omit<Seal, 'sig'>): Promise<Seal> => ({
          ...seal,
          adopter: office,
          sig: await who.keys.signAsOffice(key, sealBytes({ ...seal, adopter: office })),
        });
      const before = dumpOf(c.store.file);
      expect(await lookedAt(c, await claimed(c, by(hc, a, hc))), 'its own name').toBe('BAD_SIGNATURE');
      expect(await lookedAt(c, await claimed(c, by(xh, a, hc))), 'another name').toBe('BAD_SIGNATURE');
      // A seal of the author is not one of the office, even with the office's key, nor the other way round.
      expect(
        await lookedAt(
          c,
          await claimed(c, async (seal) => ({ ...seal, sig: await b.keys.signAsOffice(xh, sealBytes(seal)) })),
        ),
      ).toBe('BAD_SIGNATURE');
      expect(
        await lookedAt(
          c,
          await claimed(c, async (seal) => ({
            ...seal,
            adopter: xh,
            sig: await b.keys.signAsOffice(xh, sealBytes(seal)),
          })),
        ),
      ).toBe('BAD_SIGNATURE');
      for (const adopter of ['', '../x', xh.toUpperCase().slice(1)])
        expect(
          await lookedAt(
            c,
            await claimed(c, async (seal) => ({
              ...seal,
              adopter,
              sig: await b.keys.signAsOffice(xh, sealBytes(seal)),
            })),
          ),
        ).toBe('BAD_CONTENT');
      expect(dumpOf(c.store.file)).toBe(before);
      expect(await lookedAt(c, await claimed(c, by(xh, b, xh))), 'the office itself').toBe('OK');
    }
  });

  test("nor does it help to say that the device is one's own", async () => {
    await edit(b, { shortName: '自己签过' });
    await take(a, (await desks.send(b, a)).folder);
    const known = await desks.office('闵行驻点', 'MH');
    await befriend(a, known);
    await befriend(b, known);
    const hc = (await ownOffice(a.store))?.id as string;
    // In the attacker's own words, which its device seals honestly.
    const row = await a.store.read.first(device, { tag: b.store.deviceTag });
    await act(a, '冒认', 'form', async (tx) => {
      await tx.insert(device, {
        tag: b.store.deviceTag,
        name: '冒认',
        officeId: hc,
        signingKey: row?.signingKey as string,
        encryptionKey: row?.encryptionKey ?? null,
      });
      await tx.update(device, row?.id as string, { officeId: hc } as never);
    });
    const adopt = async (seal: Omit<Seal, 'sig'>): Promise<Seal> => ({
      ...seal,
      adopter: hc,
      sig: await a.keys.signAsOffice(hc, sealBytes({ ...seal, adopter: hc })),
    });
    expect(await lookedAt(known, await claimed(known, adopt))).toBe('BAD_SIGNATURE');
    await take(known, (await desks.send(a, known)).folder);
    expect(await lookedAt(known, await claimed(known, adopt))).toBe('BAD_SIGNATURE');
  });
});
