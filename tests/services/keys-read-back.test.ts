// Keys and packages are opened again before they are called done; what a wrong wrapper or passphrase gives is said, never given out.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateIdentity } from 'age-encryption';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import type { Context } from '../../services/context.ts';
import {
  KeyStore,
  type KeyWrapper,
  officeKeyFile,
  passphraseWrapper,
  proveKeyFile,
  takeOfficeKey,
} from '../../services/identity/index.ts';
import { closeWorkers } from '../../services/workers/index.ts';
import { Desk } from '../../services/workspace/index.ts';
import { codeOf, Desks } from '../support/handoff-desks.ts';

const PASSPHRASE = '青山绿水 2026';
const COST = 2 ** 10;
/** As a key store of the system keeps things: what it kept begins with its version. */
const ofTheSystem = (secret: string): KeyWrapper => {
  const inner = passphraseWrapper(secret, COST);
  return {
    wrap: async (plain) => Buffer.concat([Buffer.from('v11'), await inner.wrap(plain)]),
    unwrap: async (kept) => await inner.unwrap(kept.subarray(3)),
  };
};
let desks: Desks;
let desk: Desk;
let ctx: Context;
beforeEach(async () => {
  desks = new Desks();
  desk = new Desk({
    resources: 'resources',
    version: 'test',
    configFolder: desks.config('own'),
    keyWrapper: ofTheSystem('启动口令'),
  });
  ctx = await desk.create({
    folder: desks.folder('own'),
    organisation: '甲公司',
    office: '华漕驻点',
    code: 'HC',
    operator: '陈思远',
    role: 'leader',
  });
});
afterEach(async () => {
  await desk.close();
  await desks.close();
});
afterAll(async () => {
  await closeWorkers();
});

const keyFolder = () => join(desks.config('own'), 'keys');
const wrong = [
  ['no wrapper', () => null],
  ['another passphrase', () => passphraseWrapper('别的口令', COST)],
] as const;

test.each(wrong)(
  'started with %s, the office key and a package are refused in a sentence, and nothing is written',
  async (_, wrapper) => {
    const keys = new KeyStore(keyFolder(), wrapper());
    const refused = await officeKeyFile(ctx.store, keys, PASSPHRASE).catch((error: unknown) => error);
    expect(refused).toMatchObject({
      data: { code: 'KEY_LOCKED', sentence: expect.stringContaining('口令') as string },
    });
    expect(await codeOf(desks.send({ ...ctx, keys }, null, { withCode: true }))).toBe('KEY_LOCKED');
    expect(readdirSync(desks.stick)).toEqual([]);
    // As it was started then, it goes.
    await proveKeyFile((await officeKeyFile(ctx.store, ctx.keys, PASSPHRASE)).text, PASSPHRASE);
  },
);

test('a key file that was written under a wrong wrapper is told from a wrong passphrase, and is not kept', async () => {
  const { text } = await officeKeyFile(ctx.store, ctx.keys, PASSPHRASE);
  const file = JSON.parse(text) as { office: { id: string }; secret: string };
  const worthless = await passphraseWrapper(PASSPHRASE, 2 ** 17).wrap(
    readFileSync(join(keyFolder(), `office-${file.office.id}.key`)),
  );
  file.secret = Buffer.from(worthless).toString('base64');
  const keys = new KeyStore(join(desks.root, 'other-keys'), null);
  expect(await codeOf(takeOfficeKey(ctx.store, keys, JSON.stringify(file), PASSPHRASE))).toBe('OTHER_KEY');
  expect(await codeOf(takeOfficeKey(ctx.store, keys, text, '青山绿水 2025'))).toBe('WRONG_PASSPHRASE');
  expect(keys.hasOffice(file.office.id)).toBe(false);
});

test('a key that does not read back as it was kept is not kept, and the earlier one stays', async () => {
  const forgetful = {
    wrap: async (p: Uint8Array) => await Promise.resolve(p),
    unwrap: async () => await Promise.resolve(new Uint8Array(3)),
  };
  const keys = new KeyStore(keyFolder(), forgetful);
  const { text } = await officeKeyFile(ctx.store, ctx.keys, PASSPHRASE);
  const { id } = (JSON.parse(text) as { office: { id: string } }).office;
  const before = readFileSync(join(keyFolder(), `office-${id}.key`));
  expect(await codeOf(takeOfficeKey(ctx.store, keys, text, PASSPHRASE))).toBe('KEY_NOT_KEPT');
  expect(await codeOf(keys.mint())).toBe('KEY_NOT_KEPT');
  expect(readFileSync(join(keyFolder(), `office-${id}.key`)).equals(before)).toBe(true);
});

test('a package that the maker could not open any more is not called done and does not stay', async () => {
  const { a, b } = await desks.pair();
  const file = join(desks.config('HC'), 'keys', `${a.store.deviceTag}.age`);
  const before = readFileSync(file);
  writeFileSync(file, await generateIdentity());
  expect(await codeOf(desks.send(a, b))).toBe('NOT_OPENED');
  expect(readdirSync(desks.stick)).toEqual([]);
  writeFileSync(file, before);
  expect((await desks.send(a, b)).leftOut).toEqual([]);
});
