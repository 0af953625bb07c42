// Who is who: several computers of one office, the office's key as a file, forged makers .
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { area } from '../../domain/areas/entities.ts';
import { enterprise } from '../../domain/enterprises/entities.ts';
import { office } from '../../domain/identity/entities.ts';
import { act, type Context } from '../../services/context.ts';
import * as handoff from '../../services/handoff/index.ts';
import { certifyDevice, officeKeyFile, takeOfficeKey } from '../../services/identity/index.ts';
import { closeWorkers } from '../../services/workers/index.ts';
import { befriend, codeOf, dump, preview, Desks, take } from '../support/handoff-desks.ts';

let desks: Desks;
beforeEach(() => {
  desks = new Desks();
});
afterEach(async () => {
  await desks.close();
});
afterAll(async () => {
  await closeWorkers();
});

const make = async (at: Context, name: string): Promise<string> =>
  (
    await act(at, '建档', 'form', async (tx) => {
      const town =
        (await tx.read.first(area, { level: 'town' })) ??
        (await tx.insert(area, { level: 'town', name: '华漕镇' } as never));
      return await tx.insert(enterprise, {
        name,
        internalCode: name,
        siteNo: '001',
        townId: town.id,
        address: '联友路1号',
      } as never);
    })
  ).value.id;

test("a second computer of an office makes packages once it has the office's key; both computers end alike", async () => {
  const begun = await desks.office('华漕驻点', 'HC');
  await make(begun, '甲企业');
  const [first, second] = await desks.copy(begun, 'laptop');
  const own = (await handoff.handoffState(second)).office;
  expect(await handoff.handoffState(second)).toMatchObject({
    canSign: false,
    hasKey: false,
    devices: [
      { here: false, certified: true },
      { here: true, certified: false },
    ],
  });
  expect(await codeOf(desks.send(second, first, { offices: [own.id] }))).toBe('REFUSED');

  const { text } = await officeKeyFile(first.store, first.keys, '青山绿水 2026');
  expect(text).not.toContain(Buffer.from(await first.keys.officeKey(own.id)).toString('base64'));
  expect(await codeOf(takeOfficeKey(second.store, second.keys, text, '青山绿水 2025'))).toBe('WRONG_PASSPHRASE');
  expect(await codeOf(takeOfficeKey(second.store, second.keys, text.slice(0, 90), '青山绿水 2026'))).toBe('NOT_A_KEY');
  await takeOfficeKey(second.store, second.keys, text, '青山绿水 2026');
  expect(await handoff.handoffState(second)).toMatchObject({ canSign: true, hasKey: true });

  await make(second, '乙企业');
  await take(first, (await desks.send(second, first, { offices: [own.id] })).folder);
  // The first computer knows the second by its certificate now and can encrypt for it.
  await make(first, '丙企业');
  await take(second, (await desks.send(first, second, { offices: [own.id] })).folder);
  expect(await dump(first)).toBe(await dump(second));
  expect((await second.store.read.find(enterprise, {})).map((e) => e.name).sort()).toEqual(
    ['丙企业', '乙企业', '甲企业'].sort(),
  );
});

test('the key of another office is refused, and a computer that was stopped makes no package that partners take', async () => {
  const [a, b] = [await desks.office('华漕驻点', 'HC'), await desks.office('徐汇总部', 'XH')];
  await befriend(a, b);
  const { text } = await officeKeyFile(b.store, b.keys, '青山绿水 2026');
  expect(await codeOf(takeOfficeKey(a.store, a.keys, text, '青山绿水 2026'))).toBe('REFUSED');
  expect(a.keys.hasOffice((await handoff.handoffState(b)).office.id)).toBe(false);

  await take(b, (await desks.send(a, b)).folder);
  const [first, second] = await desks.copy(a, 'laptop');
  await takeOfficeKey(
    second.store,
    second.keys,
    (await officeKeyFile(first.store, first.keys, '青山绿水 2026')).text,
    '青山绿水 2026',
  );
  await make(second, '用被偷的电脑建的企业');
  const stolen = await desks.send(second, b);
  await take(
    first,
    (await desks.send(second, first, { offices: [(await handoff.handoffState(first)).office.id] })).folder,
  );
  await handoff.revokeDevice(first, second.store.deviceTag);
  expect(await codeOf(handoff.revokeDevice(first, first.store.deviceTag))).toBe('REFUSED');
  await take(b, (await desks.send(first, b)).folder);
  expect(await codeOf(preview(b, stolen.folder))).toBe('REVOKED');
});

test("[I28] a package in the name of one's own office, vouched for by another key, is not trusted", async () => {
  const [first, forger] = await desks.copy(await desks.office('华漕驻点', 'HC'), 'elsewhere');
  const own = (await handoff.handoffState(first)).office;
  const key = await forger.keys.mintOffice(own.id);
  await act(forger, '改密钥', 'form', async (tx) => await tx.update(office, own.id, { signingKey: key }));
  await certifyDevice(forger.store, forger.keys);
  const made = await desks.send(forger, forger, { withCode: true });
  expect(await codeOf(preview(first, made.folder, made.code))).toBe('UNKNOWN_SIGNER');
});

test('a maker that is confirmed by its package is known by its name, its code and its network', async () => {
  const [a, b] = [await desks.office('华漕驻点', 'HC'), await desks.office('徐汇总部', 'XH')];
  const made = await desks.send(a, b, { withCode: true });
  const { office: maker, network } = await handoff.handoffState(a);
  await handoff.previewPackage(
    b,
    { path: made.folder, code: made.code, confirm: maker.fingerprint },
    { progress: () => undefined, signal: new AbortController().signal },
  );
  expect(await handoff.handoffState(b)).toMatchObject({ network, partners: [{ name: '华漕驻点', code: 'HC' }] });
});
