// Three offices that hand each other real encrypted packages, under commands from a generator.
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contact, enterprise, formerName } from '../../domain/enterprises/entities.ts';
import { attachment } from '../../domain/attachments/entities.ts';
import { finding } from '../../domain/findings/entities.ts';
import { area } from '../../domain/areas/entities.ts';
import type { EntityDefinition } from '../../domain/dictionary/entity.ts';
import type { Operation } from '../../domain/handoff/operation.ts';
import type { HandoffPreview } from '../../contract/handoff.ts';
import { act, type Context } from '../../services/context.ts';
import * as handoff from '../../services/handoff/index.ts';
import { readIndex, type BlobEntry } from '../../services/handoff-package/index.ts';
import { canonicalDump, type PlanSummary } from '../../db/index.ts';
import { addDocuments, addMany, apply, befriend, Desks, lookedAt, preview, seed, take } from './handoff-desks.ts';
import { forge } from './handoff-forged.ts';
import type { Office } from './offices.ts';
import { Broken, checkStore, checkTexts, comparePreview, deepDump, same, snapshot } from './store-checks.ts';
import { dumpOf } from './store.ts';

const SEEN: readonly EntityDefinition[] = [area, enterprise, contact, formerName, finding, attachment];
const COMMANDS = {
  create: 1,
  edit: 8,
  remove: 2,
  contact: 1,
  document: 2,
  bare: 1,
  send: 5,
  sendPart: 3,
  late: 3,
  damaged: 1,
  undo: 2,
  cancel: 1,
  relay: 1,
  deltaAsFull: 1,
  lost: 0,
} as const;
const CODES = ['HC', 'XH', 'SZ'] as const;
export type PackageCommand = readonly [keyof typeof COMMANDS, number, number, number, string];
export const PACKAGE_COMMANDS = Object.entries(COMMANDS).flatMap(([name, weight]) =>
  Array.from({ length: weight }, () => name as keyof typeof COMMANDS),
);

/** Of offices whose computers lose their keys. */
export const LOSING_COMMANDS: (keyof typeof COMMANDS)[] = [
  'lost',
  'lost',
  'edit',
  'edit',
  'create',
  'send',
  'send',
  'sendPart',
  'late',
  'relay',
  'undo',
  'deltaAsFull',
];

export class PackageWorld {
  readonly #desks = new Desks();
  #offices: Context[] = [];
  /** Packages that were made, with whom they are for: any of them may come late. */
  #sent: { from: string; to: Context; folder: string }[] = [];
  readonly met = new Map<string, number>();

  #meet(what: string): void {
    this.met.set(what, (this.met.get(what) ?? 0) + 1);
  }

  async open(): Promise<void> {
    this.#offices = [
      await this.#desks.office('华漕驻点', 'HC'),
      await this.#desks.office('徐汇总部', 'XH'),
      await this.#desks.office('第三驻点', 'SZ'),
    ];
    const [a, b, c] = this.#offices as [Context, Context, Context];
    for (const [x, y] of [
      [a, b],
      [b, c],
      [a, c],
    ] as const)
      await befriend(x, y);
    const { townId } = await seed(a);
    await addMany(a, townId, 2);
    await this.#exchange();
  }

  async close(): Promise<void> {
    await this.#desks.close();
  }

  /** Carries commands out; then everybody gets everything and shows the same. @throws Broken */
  async run(list: readonly PackageCommand[]): Promise<void> {
    for (const [name, o, x, y, text] of list) {
      const from = this.#offices[o] as Context;
      await this.#do(name, from, this.#offices[(o + 1 + (x % 2)) % 3] as Context, x, y, text);
    }
    await this.#exchange();
  }

  #as(at: Context): Office {
    return { store: at.store, dump: async () => (await canonicalDump(at.store.read)).join('\n') } as Office;
  }

  async #pick(at: Context, n: number): Promise<string | null> {
    const rows = await at.store.read.sql<{ id: string }>(
      'SELECT e.id FROM enterprise e JOIN sync_row r ON r.id = e.id WHERE e.deleted_at IS NULL ORDER BY e.id LIMIT 6',
    );
    return rows[n % Math.max(1, rows.length)]?.id ?? null;
  }

  async #do(name: PackageCommand[0], from: Context, to: Context, x: number, y: number, text: string): Promise<void> {
    const id = await this.#pick(from, y);
    const town = await from.store.read.first(area, {});
    switch (name) {
      case 'create':
        await act(
          from,
          '建档',
          'form',
          async (tx) =>
            await tx.insert(enterprise, {
              name: `企业${x}`,
              internalCode: `P-${x}`,
              siteNo: '001',
              townId: town?.id,
            } as never),
        );
        break;
      case 'edit':
        if (id) await this.#edit(from, id, x, text);
        break;
      case 'remove':
        if (id && (await from.store.read.find(enterprise, {})).length > 2) {
          this.#meet('deletion');
          await act(from, '删除', 'form', async (tx) => {
            await tx.remove(enterprise, id);
          });
        }
        break;
      case 'contact':
        if (id)
          await act(
            from,
            '建档',
            'form',
            async (tx) => await tx.insert(contact, { enterpriseId: id, name: `人${x % 5}` } as never),
          );
        break;
      case 'document':
        if (id) {
          this.#meet('attachment');
          await addDocuments(from, id, [500 + x * 20]);
        }
        break;
      case 'bare':
        if (id) await this.#sendBare(from, to, id, x);
        break;
      case 'send':
        await this.#send(from, to, {});
        break;
      case 'sendPart':
        if (id) await this.#sendPart(from, to, id, x % 2 === 0);
        break;
      case 'lost':
        await this.#lose(from, id, x);
        break;
      case 'late': {
        const late = this.#sent[y % Math.max(1, this.#sent.length)];
        if (late) {
          this.#meet('late');
          await this.#take(late.to, late.folder);
        }
        break;
      }
      default:
        await this.#fault(name, from, to, y);
    }
  }

  /** [I26] Whatever is written is there, and is compared byte by byte when offices are. */
  async #edit(at: Context, id: string, x: number, text: string): Promise<void> {
    const field = (['address', 'remark', 'shortName', 'address'] as const)[x % 4] ?? 'address';
    const value = field === 'remark' ? text : `值${x % 3}`;
    await act(at, '改', 'form', async (tx) => await tx.update(enterprise, id, { [field]: value } as never));
    const shown = ((await at.store.read.get(enterprise, id)) as Record<string, unknown> | null)?.[field];
    if (shown !== value) throw new Broken('I8', `${field} shows ${String(shown)} after an edit to ${value}`);
  }

  async #send(from: Context, to: Context, order: Record<string, unknown>): Promise<string> {
    const { folder } = await this.#desks.send(from, to, order);
    this.#sent.push({ from: from.store.deviceTag, to, folder });
    await this.#take(to, folder);
    return folder;
  }

  /** [I5][I28] The signing key of a computer is gone: what it never sealed goes out under the key of its office, and it is stopped. */
  async #lose(at: Context, id: string | null, x: number): Promise<void> {
    if (id) await this.#edit(at, id, x, '从未交出');
    const [tag, o] = [at.store.deviceTag, this.#offices.indexOf(at)];
    rmSync(join(this.#desks.config(CODES[o] as string), 'keys', `${tag}.key`));
    const now = await this.#desks.reopen(at);
    this.#offices[o] = now;
    if (now.store.deviceTag === tag) throw new Broken('I15', 'a computer without its key writes as before');
    await handoff.revokeDevice(now, tag);
    // What it made is refused once that is known.
    this.#sent = this.#sent
      .filter((sent) => sent.from !== tag)
      .map((sent) => (sent.to === at ? { ...sent, to: now } : sent));
    this.#meet('lost');
  }

  /** [I18] One enterprise and nothing else, but what everybody gets. */
  async #sendPart(from: Context, to: Context, id: string, personal: boolean): Promise<void> {
    const { folder } = await this.#desks.send(from, to, { all: false, enterprises: [id], personal, full: true });
    const streams = new Set<string>();
    const [contents, blobs]: [Set<string>, BlobEntry[]] = [new Set(), []];
    const nothing = (): void => undefined;
    await readIndex(
      folder,
      { identities: await to.keys.ageIdentities(to.store.deviceTag), code: null },
      {
        manifest: nothing,
        seals: nothing,
        wants: nothing,
        blobs: (list) => {
          blobs.push(...list);
        },
        ops: (lines) => {
          for (const op of lines.map((l) => JSON.parse(l) as Operation)) {
            streams.add(op.stream);
            if (op.entity === 'attachment' && op.kind === 'c') contents.add(op.body.sha256 as string);
          }
        },
        have: (lines) => {
          for (const line of lines) streams.add((JSON.parse(line) as { stream: string }).stream);
        },
      },
    );
    const allowed = new Set(['g', id, ...(personal ? [`${id}/p`] : [])]);
    const outside = [
      ...[...streams].filter((s) => !allowed.has(s)),
      ...blobs.filter((b) => !contents.has(b.sha256)).map((b) => b.sha256),
    ];
    if (outside.length > 0) throw new Broken('I18', `a package for one enterprise holds ${outside.join()}`);
    this.#meet('part');
    this.#sent.push({ from: from.store.deviceTag, to, folder });
    await this.#take(to, folder);
  }

  /** [I27] Attachments that stay behind are wished for, and come when the wish was heard. */
  async #sendBare(from: Context, to: Context, id: string, x: number): Promise<void> {
    await addDocuments(from, id, [700 + x]);
    await this.#send(from, to, { attachments: 'none' });
    if ((await this.#lacking(to)).length === 0) return;
    this.#meet('bare');
    await this.#send(to, from, {});
    await this.#send(from, to, {});
    if ((await this.#lacking(to)).length > 0) throw new Broken('I27', 'an attachment that was wished for did not come');
  }

  async #lacking(at: Context): Promise<string[]> {
    const contents = (
      await at.store.read.sql<{ sha256: string }>('SELECT DISTINCT sha256 FROM attachment WHERE deleted_at IS NULL')
    ).map((r) => r.sha256);
    const here = await Promise.all(contents.map(async (sha256) => await at.store.blobs.has(sha256)));
    return contents.filter((_, i) => !here[i]);
  }

  /** [I27] Every attachment is here, or a package from here asks for it. */
  async #checkAttachments(at: Context): Promise<void> {
    const lacking = await this.#lacking(at);
    if (lacking.length === 0) return;
    const { folder } = await this.#desks.send(at, at, {
      offices: [(await handoff.handoffState(at)).partners[0]?.office],
      full: true,
    });
    const wished = new Set<string>();
    const nothing = (): void => undefined;
    await readIndex(
      folder,
      { identities: await at.keys.ageIdentities(at.store.deviceTag), code: null },
      {
        manifest: nothing,
        ops: nothing,
        have: nothing,
        seals: nothing,
        blobs: nothing,
        wants: (lines) => {
          for (const line of lines) wished.add((JSON.parse(line) as { sha256: string }).sha256);
        },
      },
    );
    rmSync(folder, { recursive: true });
    const lost = lacking.filter((sha256) => !wished.has(sha256));
    if (lost.length > 0) throw new Broken('I27', `${lost.length} attachments are neither here nor wished for`);
  }

  async #check(at: Context): Promise<void> {
    await checkStore(this.#as(at));
    await this.#checkAttachments(at);
    const own = await at.store.read.sqlOne<{ n: number }>(
      'SELECT count(*) AS n FROM sync_op o WHERE o.device_no = (SELECT device_no FROM sync_local) AND o.batch NOT IN (SELECT id FROM action_log)',
    );
    if (own?.n) throw new Broken('I10', 'an import made operations');
  }

  /** [I21] What a preview says is what comes; looking changes nothing. */
  async #take(at: Context, folder: string): Promise<{ importId: string; seen: HandoffPreview }> {
    const file = dumpOf(at.store.file);
    const before = await snapshot(this.#as(at), SEEN);
    const seen = await preview(at, folder);
    if (dumpOf(at.store.file) !== file) throw new Broken('I21', 'a preview changed something');
    if (seen.gaps.length > 0) this.#meet('gap');
    const done = await apply(at, seen.previewId);
    const byEntity = Object.fromEntries(seen.kinds.map((k) => [k.entity, k]));
    comparePreview({ byEntity } as unknown as PlanSummary, before, await snapshot(this.#as(at), SEEN));
    if (done.operations !== seen.operations) throw new Broken('I21', 'the preview counted other operations');
    if (done.conflicts.must + done.conflicts.may > 0) this.#meet('conflict');
    await this.#check(at);
    return { importId: done.importId, seen };
  }

  async #fault(name: PackageCommand[0], from: Context, to: Context, y: number): Promise<void> {
    const { folder } = await this.#desks.send(from, to, { full: name !== 'undo' && y % 2 === 0 });
    const office = this.#as(to);
    const file = dumpOf(to.store.file);
    const unchanged = (law: string, what: string): void => {
      this.#meet(name);
      if (dumpOf(to.store.file) !== file) throw new Broken(law, what);
    };
    if (name === 'damaged') {
      const copy = `${folder}-damaged`;
      cpSync(folder, copy, { recursive: true });
      const bytes = readFileSync(join(copy, 'index.ehx'));
      const at = y % bytes.length;
      bytes[at] = (bytes[at] as number) ^ (1 << (y % 8));
      writeFileSync(join(copy, 'index.ehx'), bytes);
      const code = await lookedAt(to, copy);
      rmSync(copy, { recursive: true });
      if (code !== 'DAMAGED') throw new Broken('I23', `one flipped bit at ${at} is ${code}`);
      unchanged('I23', 'a refused package changed something');
    } else if (name === 'cancel') {
      const seen = await preview(to, folder);
      const stop = new AbortController();
      stop.abort();
      await handoff
        .applyPackage(to, { previewId: seen.previewId, merges: [] }, { progress: () => undefined, signal: stop.signal })
        .then(
          () => undefined,
          () => {
            unchanged('I20', 'a cancelled import changed something');
          },
        );
      await handoff.discardPreview(seen.previewId);
    } else if (name === 'relay') {
      const held = new Set(
        (
          await to.store.read.sql<{ dot: string }>(
            "SELECT s.id || ' ' || d.tag || ' ' || o.n AS dot FROM sync_op o JOIN sync_stream s ON s.no = o.stream_no JOIN sync_device d ON d.no = o.device_no",
          )
        ).map((r) => r.dot),
      );
      let isNews = false;
      const lying = (ops: Operation[]): Operation[] => {
        const foreign = (op: Operation): boolean => op.device !== from.store.deviceTag;
        const news = ops.findLastIndex((op) => foreign(op) && !held.has(`${op.stream} ${op.device} ${op.n}`));
        isNews = news >= 0;
        const at = isNews ? news : ops.findLastIndex(foreign);
        return ops.map((op, i) => (i === at ? { ...op, at: '2020-01-01T00:00:00.000Z' } : op));
      };
      const code = await lookedAt(to, await forge(from, to, this.#desks.stick, { ops: lying }));
      // What is held already is compared with what comes; what is not, with its seal.
      if (code !== (isNews ? 'BAD_SIGNATURE' : 'FORKED_DEVICE'))
        throw new Broken('I28', `an operation that a relay changed is ${code}`);
      unchanged('I28', 'a lying package changed something');
      if (isNews) this.#meet('relayed news');
    } else if (name === 'undo') {
      const before = await deepDump(office);
      const { importId } = await this.#take(to, folder);
      const after = await deepDump(office);
      await handoff.undoImport(to, importId);
      same('I22', 'an import that was taken back left something behind', before, await deepDump(office));
      await this.#take(to, folder);
      same('I22', 'the import did something else the second time', after, await deepDump(office));
      this.#meet('undone');
    } else await this.#deltaAsFull(from, to);
  }

  async #deltaAsFull(from: Context, to: Context): Promise<void> {
    const [delta, full] = [await this.#desks.send(from, to), await this.#desks.send(from, to, { full: true })];
    if (delta.kind !== 'delta') return;
    const { importId } = await this.#take(to, delta.folder);
    const after = await deepDump(this.#as(to));
    await handoff.undoImport(to, importId);
    await this.#take(to, full.folder);
    same('I16', 'a delta did something else than everything', after, await deepDump(this.#as(to)));
    this.#meet('delta');
  }

  /** [I1][I17] Round and round: all show the same, and nothing is left to say between neighbours. */
  async #exchange(): Promise<void> {
    const [a, b, c] = this.#offices as [Context, Context, Context];
    for (const [from, to] of [
      [a, b],
      [b, c],
      [c, a],
      [a, b],
    ] as const)
      await take(to, (await this.#desks.send(from, to)).folder);
    const dump = await deepDump(this.#as(a));
    for (const o of [b, c]) await checkTexts(this.#as(a), this.#as(o));
    for (const o of [b, c])
      same('I1', 'offices with the same operations show different things', dump, await deepDump(this.#as(o)));
    await take(a, (await this.#desks.send(b, a)).folder);
    const left = await this.#desks.send(a, b);
    for (const o of [a, b, c])
      if ((await this.#lacking(o)).length > 0)
        throw new Broken('I27', 'after everybody had everything an attachment is not there');
    if (left.operations !== 0 || left.attachments !== 0)
      throw new Broken(
        'I17',
        `${left.operations} operations and ${left.attachments} attachments are left after both had everything`,
      );
    for (const o of [a, b, c]) {
      await this.#check(o);
      if ((await o.store.read.sqlOne<{ integrity_check: string }>('PRAGMA integrity_check'))?.integrity_check !== 'ok')
        throw new Broken('I27', 'integrity_check');
    }
  }
}
