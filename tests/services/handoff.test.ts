// Two offices on real stores and real encrypted packages: cards, export, preview, import, conflicts, undo, receipts.
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { area } from '../../domain/areas/entities.ts';
import { contact, enterprise } from '../../domain/enterprises/entities.ts';
import { exportOrder } from '../../contract/handoff.ts';
import { addAttachment } from '../../services/attachments/index.ts';
import { act, type Context } from '../../services/context.ts';
import { createFinding } from '../../services/findings/index.ts';
import * as handoff from '../../services/handoff/index.ts';
import { closeWorkers } from '../../services/workers/index.ts';
import { befriend, codeOf, control, dump, preview, Desks, take } from '../support/handoff-desks.ts';
import { dumpOf } from '../support/store.ts';

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

async function partners(): Promise<{ a: Context; b: Context; townId: string; id: string }> {
  const [a, b] = [await desks.office('华漕驻点', 'HC'), await desks.office('徐汇总部', 'XH')];
  await befriend(a, b);
  const made = (
    await act(a, '建档', 'form', async (tx) => {
      const town = await tx.insert(area, { level: 'town', name: '华漕镇' } as never);
      const e = await tx.insert(enterprise, {
        name: '上海海明科技有限公司',
        internalCode: 'A-1',
        siteNo: '001',
        townId: town.id,
        address: '联友路1号',
      } as never);
      await tx.insert(contact, { enterpriseId: e.id, name: '张志明', mobile: '13800000000' } as never);
      return { townId: town.id, id: e.id };
    })
  ).value;
  return { a, b, ...made };
}
const send = async (from: Context, to: Context, order: Record<string, unknown> = {}) =>
  await desks.send(from, to, order);

describe('packages between two offices', () => {
  test('[I1][I16][I17] there and back, full and then delta: both end byte-equal, and nothing is left to send', async () => {
    const { a, b, id } = await partners();
    const first = await send(a, b);
    expect(first.kind).toBe('full');
    await take(b, first.folder);
    await act(b, '改', 'form', async (tx) => await tx.update(enterprise, id, { shortName: '海明' } as never));
    const back = await send(b, a);
    expect(back.kind).toBe('delta');
    const done = await take(a, back.folder);
    expect(done.operations).toBeGreaterThan(0);
    expect(await dump(a)).toBe(await dump(b));
    const empty = await send(a, b);
    expect(empty.operations).toBe(0);
  });

  test('[I5][I21] what both changed is a conflict with both values, announced by the preview, decided once for both', async () => {
    const { a, b, id } = await partners();
    await take(b, (await send(a, b)).folder);
    await act(a, '改', 'form', async (tx) => await tx.update(enterprise, id, { address: '甲的地址' } as never));
    await act(b, '改', 'form', async (tx) => await tx.update(enterprise, id, { address: '乙的地址' } as never));
    const made = await send(b, a);
    const before = dumpOf(a.store.file);
    const seen = await preview(a, made.folder);
    expect(dumpOf(a.store.file)).toBe(before);
    expect(seen.conflicts).toMatchObject({ must: 1, waiting: 0 });
    const done = await handoff.applyPackage(a, { previewId: seen.previewId, merges: [] }, control);
    expect(done.conflicts).toEqual(seen.conflicts);
    const { items } = await handoff.listConflicts(a, { level: null, areaId: null, field: null });
    expect(items).toMatchObject([
      { class: 'value', title: '上海海明科技有限公司', fieldLabel: '生产经营地址', base: '联友路1号' },
    ]);
    expect(items[0]?.sides.map((s) => [s.office, s.text]).sort()).toEqual([
      ['华漕驻点', '甲的地址'],
      ['徐汇总部', '乙的地址'],
    ]);
    const own = items[0]?.sides.find((s) => s.own);
    await handoff.decideConflicts(a, [
      { conflictId: items[0]?.id as string, dot: own?.dot as string, reason: '现场核实' },
    ]);
    await take(b, (await send(a, b)).folder);
    expect((await handoff.listConflicts(b, { level: null, areaId: null, field: null })).items).toEqual([]);
    expect((await b.store.read.get(enterprise, id))?.address).toBe('甲的地址');
    expect(await dump(a)).toBe(await dump(b));
  });

  test('[I20][I22] an import is whole, and taking it back leaves the database as it was before', async () => {
    const { a, b } = await partners();
    const before = await dump(b);
    const made = await send(a, b);
    const { importId } = await take(b, made.folder);
    const after = await dump(b);
    await handoff.undoImport(b, importId);
    expect(await dump(b)).toBe(before);
    await take(b, made.folder);
    expect(await dump(b)).toBe(after);
  });

  test(
    '[I15][I22] a workspace from which an import was taken back goes on as the same device, with numbers that ' +
      'were never used',
    async () => {
      const { a, b, id } = await partners();
      const { importId } = await take(b, (await send(a, b)).folder);
      const [tag, last] = [b.store.deviceTag, await b.store.read.lastOperation()];
      await handoff.undoImport(b, importId);
      expect(await b.store.read.lastOperation()).toBe(last);
      const again = await desks.reopen(b);
      expect(again.store.deviceTag).toBe(tag);
      await take(again, (await send(a, again)).folder);
      expect(await again.store.read.get(enterprise, id)).not.toBeNull();
      expect(
        (
          await again.store.read.sqlOne<{ first: number }>(
            "SELECT min(local_seq) AS first FROM sync_op WHERE tbl = 'enterprise'",
          )
        )?.first,
      ).toBeGreaterThan(last);
    },
  );

  test('[I18] contacts stay at home when they are left out, and come later without a gap', async () => {
    const { a, b, id } = await partners();
    await take(b, (await send(a, b, { personal: false })).folder);
    expect(await b.store.read.find(contact, { enterpriseId: id } as never)).toEqual([]);
    const second = await send(a, b);
    const seen = await preview(b, second.folder);
    expect(seen.gaps).toEqual([]);
    await handoff.applyPackage(b, { previewId: seen.previewId, merges: [] }, control);
    expect(await b.store.read.find(contact, { enterpriseId: id } as never)).toHaveLength(1);
    await take(a, (await send(b, a)).folder);
    expect(await dump(a)).toBe(await dump(b));
  });

  test("[I18] a package for one village holds that village's enterprises and no others", async () => {
    const { a, b, townId } = await partners();
    const made = (
      await act(a, '建档', 'form', async (tx) => {
        const [one, two] = [
          await tx.insert(area, { level: 'village', name: '诸翟村', parentId: townId } as never),
          await tx.insert(area, { level: 'village', name: '纪王村', parentId: townId } as never),
        ];
        const inside = await tx.insert(enterprise, {
          name: '诸翟五金厂',
          internalCode: 'A-2',
          siteNo: '001',
          townId,
          villageId: one.id,
        } as never);
        const outside = await tx.insert(enterprise, {
          name: '纪王塑胶厂',
          internalCode: 'A-3',
          siteNo: '001',
          townId,
          villageId: two.id,
        } as never);
        return { village: one.id, inside: inside.id, outside: outside.id };
      })
    ).value;
    await take(b, (await send(a, b, { all: false, areas: [made.village] })).folder);
    expect((await b.store.read.find(enterprise, {})).map((e) => e.id)).toEqual([made.inside]);
    expect(await b.store.read.sql('SELECT 1 FROM sync_op WHERE row_id = ?', [made.outside])).toEqual([]);
  });

  test('a package opens on a second computer, and its receipt comes back: the next package carries only what is new', async () => {
    const { a, b, id } = await partners();
    const { importId } = await take(b, (await send(a, b)).folder);
    const [office] = (await handoff.handoffState(b)).imports;
    expect(office?.officeName).toBe('华漕驻点');
    const receipt = await handoff.writeReceipt(b, importId, desks.stick, 'test', control);
    expect(receipt).toMatchObject({ kind: 'receipt', operations: 0 });
    await take(a, receipt.folder);
    await act(a, '改', 'form', async (tx) => await tx.update(enterprise, id, { shortName: '只有这一处' } as never));
    const next = await send(a, b);
    expect(next.kind).toBe('delta');
    expect(next.operations).toBeLessThan(5);
  });

  test('[I27]photos travel with their records, and what a package lacks is said', async () => {
    const { a, b, id } = await partners();
    const finding = await createFinding(
      a,
      { enterpriseId: id, description: '危废贮存场所标签缺失', foundDate: '2026-11-17' } as never,
      [],
    );
    const bytes = readFileSync(join('resources', 'icons', 'icon-1024.png'));
    await addAttachment(a, {
      ownerEntity: 'finding',
      ownerId: finding.id,
      bytes,
      name: '照片.png',
      kind: 'photo_before',
    });
    const made = await send(a, b);
    expect(made.attachments).toBe(1);
    const bare = `${made.folder}-without-part`;
    cpSync(made.folder, bare, { recursive: true, filter: (path) => !path.endsWith('.ehp') });
    expect((await preview(b, bare)).attachments).toEqual({ carried: 1, present: 0, missing: 1, thumbnails: 0 });
    expect((await preview(b, made.folder)).attachments).toEqual({ carried: 1, present: 0, missing: 0, thumbnails: 0 });
    const done = await take(b, made.folder);
    expect(done.attachments).toEqual({ stored: 1, missing: 0 });
    const [row] = await b.store.read.sql<{ sha256: string }>('SELECT sha256 FROM attachment');
    expect(readFileSync(b.store.blobs.path(row?.sha256 as string)).equals(bytes)).toBe(true);
    expect(await b.store.read.sql('PRAGMA foreign_key_check')).toEqual([]);
  });

  test('[I27] an attachment that was lost on the way is asked for by the receipt and comes with the next package', async () => {
    const { a, b, id } = await partners();
    const finding = await createFinding(
      a,
      { enterpriseId: id, description: '危废贮存场所标签缺失', foundDate: '2026-11-17' } as never,
      [],
    );
    const bytes = readFileSync(join('resources', 'icons', 'icon-1024.png'));
    await addAttachment(a, {
      ownerEntity: 'finding',
      ownerId: finding.id,
      bytes,
      name: '照片.png',
      kind: 'photo_before',
    });
    const made = await send(a, b);
    truncateSync(join(made.folder, 'part-0001.ehp'), 200);
    const done = await take(b, made.folder);
    expect(done.attachments).toEqual({ stored: 0, missing: 1 });
    await take(a, (await handoff.writeReceipt(b, done.importId, desks.stick, 'test', control)).folder);
    const next = await send(a, b);
    expect(next).toMatchObject({ kind: 'delta', attachments: 1 });
    expect((await take(b, next.folder)).attachments).toEqual({ stored: 1, missing: 0 });
    // Once it is there nobody asks for it again.
    await take(a, (await send(b, a)).folder);
    expect((await send(a, b)).attachments).toBe(0);
  });

  test('a package with a spoken code opens for a partner who has the code, and for nobody without it', async () => {
    const { a, b } = await partners();
    const made = await send(a, b, { withCode: true });
    expect(made.code).toMatch(/^(\d{5}-){5}\d{5}$/);
    expect(await handoff.viewPackage(b, made.folder, null)).toMatchObject({ needsCode: true, facts: null });
    expect(await codeOf(preview(b, made.folder, '00000 00000 00000 00000 00000 00000'))).toBe('WRONG_CODE');
    await take(b, made.folder, (made.code as string).replaceAll('-', ' '));
    await take(a, (await send(b, a)).folder);
    expect(await dump(a)).toBe(await dump(b));
  });

  test('a code that is none says how many digits one has; what is no package says that, whatever was typed', async () => {
    const { a, b } = await partners();
    const made = await send(a, b, { withCode: true });
    const said = async (path: string, code: string): Promise<unknown[]> => [
      (await handoff.viewPackage(b, path, code)).sentence,
      await preview(b, path, code).catch((error: unknown) => (error as Error).message),
    ];
    for (const [typed, words] of [
      ['1234567890123456', '口令有 30 位数字（六组，每组五位），输入的是 16 位'],
      [`${made.code ?? ''}7`, '输入的是 31 位'],
      [`a${made.code ?? ''}`, '输入的里面还有别的字'],
    ] as const)
      for (const sentence of await said(made.folder, typed)) expect(sentence).toContain(words);
    const text = join(mkdtempSync(join(tmpdir(), 'steward-text-')), 'index.ehx');
    writeFileSync(text, 'hello\n');
    for (const sentence of await said(text, '1234567890123456')) expect(sentence).toContain('这不是交换包');
  });
});

describe('what is refused changes nothing [I23]', () => {
  test('[F8] an unknown office, an office that was revoked, another addressee', async () => {
    const { a, b } = await partners();
    const c = await desks.office('第三驻点', 'SZ');
    const before = dumpOf(b.store.file);
    const made = await send(a, b);
    expect(await codeOf(preview(c, made.folder))).not.toBe('OK');
    const [partner] = (await handoff.handoffState(b)).partners;
    await handoff.revokePartner(b, partner?.office as string);
    expect(await codeOf(preview(b, made.folder))).toBe('REVOKED');
    const open = await send(a, b, { withCode: true });
    expect(await codeOf(preview(c, open.folder, open.code))).toBe('UNKNOWN_SIGNER');
    expect(dumpOf(b.store.file)).not.toBe(before);
    expect(await b.store.read.find(enterprise, {})).toEqual([]);
  });

  test('[F1][F2] a cut or changed index, and a part that was cut, have their own sentences', async () => {
    const { a, b } = await partners();
    const made = await send(a, b);
    const before = dumpOf(b.store.file);
    const copy = (name: string): string => {
      const to = join(desks.root, name);
      cpSync(made.folder, to, { recursive: true });
      return to;
    };
    const cut = copy('cut');
    truncateSync(join(cut, 'index.ehx'), statSync(join(cut, 'index.ehx')).size - 100);
    expect(await codeOf(preview(b, cut))).toBe('CUT_SHORT');
    const flipped = copy('flipped');
    const bytes = readFileSync(join(flipped, 'index.ehx'));
    bytes[bytes.length - 50] = (bytes[bytes.length - 50] as number) ^ 1;
    writeFileSync(join(flipped, 'index.ehx'), bytes);
    expect(await codeOf(preview(b, flipped))).toBe('DAMAGED');
    expect(await codeOf(preview(b, desks.stick))).toBe('NOT_A_PACKAGE');
    expect(dumpOf(b.store.file)).toBe(before);
  });

  test('[F13] what was written between preview and import asks for a new preview instead of a mixture', async () => {
    const { a, b } = await partners();
    const made = await send(a, b);
    const seen = await preview(b, made.folder);
    await act(b, '建档', 'form', async (tx) => await tx.insert(area, { level: 'town', name: '徐泾镇' } as never));
    await expect(handoff.applyPackage(b, { previewId: seen.previewId, merges: [] }, control)).rejects.toMatchObject({
      code: 'REFUSED',
    });
    expect(await b.store.read.find(enterprise, {})).toEqual([]);
  });

  test('a cancelled export leaves nothing on the stick', async () => {
    const { a, b } = await partners();
    const stop = new AbortController();
    stop.abort();
    const [partner] = (await handoff.handoffState(a)).partners;
    expect(
      await codeOf(
        handoff.exportPackage(
          a,
          exportOrder.parse({ target: desks.stick, offices: [partner?.office], all: true }),
          'test',
          { progress: () => undefined, signal: stop.signal },
        ),
      ),
    ).toBe('CANCELLED');
    expect(existsSync(desks.stick) ? readdirSync(desks.stick) : []).toEqual([]);
    expect(b.store.deviceTag).not.toBe('');
  });
});
