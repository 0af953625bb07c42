// The pieces of a hand-off package on their own: spoken code, tar, age files as pulled streams.
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile, readFile, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  ageSize,
  encryptAge,
  identityToRecipient,
  newIdentity,
  openAge,
  type Keys,
  type Lock,
} from '../../services/handoff-package/age.ts';
import { newSpokenCode, parseSpokenCode } from '../../services/handoff-package/code.ts';
import { PackageError, StreamBroken } from '../../services/handoff-package/errors.ts';
import { TAR_END, tarFilling, tarHeader, TarReader } from '../../services/handoff-package/tar.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'handoff-parts-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function* pieces(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
}
async function file(name: string, plain: Buffer, lock: Lock): Promise<string> {
  const out: Uint8Array[] = [];
  for await (const piece of encryptAge(pieces(plain), lock)) out.push(piece);
  await writeFile(join(folder, name), Buffer.concat(out));
  return join(folder, name);
}
async function readable(path: string, keys: Keys): Promise<{ bytes: Buffer; broken: boolean; header: number }> {
  const age = await openAge(path, keys, 'absent');
  const got: Buffer[] = [];
  try {
    for await (const piece of age.plain()) got.push(piece);
    return { bytes: Buffer.concat(got), broken: false, header: age.header.size };
  } catch (error) {
    if (!(error instanceof StreamBroken)) throw error;
    return { bytes: Buffer.concat(got), broken: true, header: age.header.size };
  } finally {
    await age.close();
  }
}
const codeOf = async (work: Promise<unknown>): Promise<string> =>
  await work.then(
    () => 'no error',
    (error: unknown) => (error instanceof PackageError ? error.code : String(error)),
  );
const plain = Buffer.alloc(300_000, 'steward');

it('would catch a code that is refused as people type it', () => {
  const code = newSpokenCode();
  expect(code).toMatch(/^(\d{5}-){5}\d{5}$/);
  expect(
    parseSpokenCode(
      ` ${code.replaceAll('-', '　—　').replace(/\d/g, (d) => String.fromCodePoint(0xff10 + Number(d)))} `,
    ),
  ).toBe(code);
  expect(parseSpokenCode(code.slice(1))).toBeNull();
});

it('[F1][F2][I29] would catch whole chunks before a damage being thrown away', async () => {
  const identity = await newIdentity();
  const path = await file('a.age', plain, { recipients: [await identityToRecipient(identity)] });
  const keys = { identities: [identity], code: null };
  const whole = await readable(path, keys);
  expect(whole.broken).toBe(false);
  expect(whole.bytes.equals(plain)).toBe(true);
  const bytes = await readFile(path);
  expect((await stat(path)).size).toBe(ageSize(plain.length, whole.header));
  const bad = join(folder, 'bad.age');
  for (let chunk = 0; chunk <= 4; chunk += 1)
    for (const off of [-1, 0, 1]) {
      const at = whole.header + 16 + chunk * 65_552 + off;
      const kept = Math.max(0, Math.floor((at - whole.header - 16) / 65_552) - 1) * 65_536;
      await writeFile(bad, bytes.subarray(0, at));
      if (at < whole.header + 32) expect(await codeOf(readable(bad, keys)), `cut at ${at}`).toBe('CUT_SHORT');
      else {
        const cut = await readable(bad, keys);
        expect(cut.broken, `cut at ${at}`).toBe(true);
        expect(cut.bytes.length, `cut at ${at}`).toBeGreaterThanOrEqual(kept);
      }
      const flipped = Buffer.from(bytes);
      flipped[at]! ^= 1;
      await writeFile(bad, flipped);
      const hit = await readable(bad, keys);
      expect(hit.broken, `flip at ${at}`).toBe(true);
      expect(hit.bytes.length, `flip at ${at}`).toBeGreaterThanOrEqual(kept);
    }
  await writeFile(bad, bytes.subarray(0, -1));
  expect((await readable(bad, keys)).broken).toBe(true);
  await writeFile(bad, Buffer.concat([bytes, Buffer.from('x')]));
  expect((await readable(bad, keys)).broken).toBe(true);
});

it('[F1][F9] would catch a header fault under another code', async () => {
  const identity = await newIdentity();
  const bytes = await readFile(await file('h.age', plain, { recipients: [await identityToRecipient(identity)] }));
  const header = bytes.indexOf('\n', bytes.indexOf('\n---') + 1) + 1;
  const keys = { identities: [identity], code: null };
  const open = async (content: Buffer, with_: Keys = keys): Promise<string> => {
    await writeFile(join(folder, 'x.age'), content);
    return await codeOf(readable(join(folder, 'x.age'), with_));
  };
  for (const cut of [0, 5, 22, 40, header - 1])
    expect(await open(bytes.subarray(0, cut)), `cut ${cut}`).toBe('CUT_SHORT');
  expect(await open(Buffer.from('PK\u0003\u0004 some other file'))).toBe('NOT_A_PACKAGE');
  expect(await open(bytes, { identities: [await newIdentity()], code: null })).toBe('WRONG_CODE');
  const flipped = Buffer.from(bytes);
  flipped[header - 3]! ^= 1;
  expect(await open(flipped)).toBe('WRONG_CODE');
  const mac = `--- ${'A'.repeat(43)}\n${'x'.repeat(99)}`;
  expect(
    await open(Buffer.from(`age-encryption.org/v1\n-> scrypt ${'A'.repeat(22)} 30\n${'A'.repeat(43)}\n${mac}`)),
  ).toBe('TOO_BIG');
  expect(
    await open(
      Buffer.from(`age-encryption.org/v1\n${`-> X25519 ${'A'.repeat(43)}\n${'A'.repeat(43)}\n`.repeat(65)}${mac}`),
    ),
  ).toBe('TOO_BIG');
});

it('would catch a spoken code that does not open what it closed', async () => {
  const code = newSpokenCode();
  const path = await file('c.age', Buffer.from('hello'), { code });
  expect((await readable(path, { identities: [], code: code.replaceAll('-', ' ') })).bytes.toString()).toBe('hello');
  expect(await codeOf(readable(path, { identities: [], code: newSpokenCode() }))).toBe('WRONG_CODE');
  expect(await codeOf(readable(path, { identities: [], code: null }))).toBe('WRONG_CODE');
});

const entry = (name: string, text: string): Buffer[] => [
  tarHeader(name, text.length, 0),
  Buffer.from(text),
  tarFilling(text.length),
];
const list = async (bytes: Buffer): Promise<string[]> => {
  const reader = new TarReader(pieces(bytes));
  const names: string[] = [];
  for (let next = await reader.next(); next !== null; next = await reader.next())
    names.push(`${next.name}:${next.size}`);
  return names;
};

it('would catch a tar that the stock tool or this reader cannot list', async () => {
  const bytes = Buffer.concat([...entry('manifest.json', '{}'), ...entry('b/aa', 'x'.repeat(512)), TAR_END]);
  await writeFile(join(folder, 't.tar'), bytes);
  expect(execFileSync('tar', ['tf', join(folder, 't.tar')], { encoding: 'utf8' })).toBe('manifest.json\nb/aa\n');
  expect(await list(bytes)).toEqual(['manifest.json:2', 'b/aa:512']);
});

it('[F9] would catch a link, a huge size, a cut or an appended tar being taken', async () => {
  const good = Buffer.concat([...entry('a', 'x'), TAR_END]);
  const edit = (at: number, value: number): Buffer => {
    const copy = Buffer.from(good);
    copy[at] = value;
    let sum = 256;
    for (let i = 0; i < 512; i += 1) if (i < 148 || i >= 156) sum += copy[i]!;
    copy.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
    return copy;
  };
  expect(await codeOf(list(edit(156, 0x32)))).toBe('BAD_CONTENT');
  expect(await codeOf(list(edit(124, 0x80)))).toBe('TOO_BIG');
  expect(await codeOf(list(good.subarray(0, -1)))).toBe('BAD_CONTENT');
  expect(await codeOf(list(Buffer.concat([good, Buffer.from('x')])))).toBe('BAD_CONTENT');
});
