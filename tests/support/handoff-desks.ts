// Offices with desks of their own, and packages between them as files: what tests of whole hand-offs share.
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canonicalDump, type Store } from '../../db/index.ts';
import { area } from '../../domain/areas/entities.ts';
import { contact, enterprise } from '../../domain/enterprises/entities.ts';
import { exportOrder, type ExportMade, type HandoffPreview, type ImportDone } from '../../contract/handoff.ts';
import { addAttachment } from '../../services/attachments/index.ts';
import { act, type Context } from '../../services/context.ts';
import { createFinding } from '../../services/findings/index.ts';
import * as handoff from '../../services/handoff/index.ts';
import { Desk } from '../../services/workspace/index.ts';
import { noise } from './handoff-package.ts';
import { copyShared } from './shared.ts';

/** Progress and cancel of nobody. */
export const control = { progress: (): void => undefined, signal: new AbortController().signal };

/** What refused: `OK`, a result code, or the code of the error. */
export const codeOf = async (work: Promise<unknown>): Promise<string> =>
  await work.then(
    () => 'OK',
    (e: { code?: string; data?: { code?: string }; message?: string }) => String(e.data?.code ?? e.code ?? e.message),
  );

/** What an office shows, as one hash: offices with the same data have the same. */
export const dumpAt = async (store: Store): Promise<string> => {
  const lines = await canonicalDump(store.read);
  return `${lines.length} lines ${createHash('sha256').update(lines.join('\n')).digest('hex')}`;
};

/** The canonical dump of an office. */
export const dump = async (at: Context): Promise<string> => (await canonicalDump(at.store.read)).join('\n');

/** In memory where there is a place: everything here is synced to its disk again and again. */
const PLACE = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** A folder with a stick and offices; `close` removes everything. */
export class Desks {
  readonly root: string;
  readonly stick: string;
  readonly desks = new Map<string, Desk>();

  constructor(root = mkdtempSync(join(PLACE, 'steward-desks-'))) {
    this.root = root;
    this.stick = join(root, 'stick');
    mkdirSync(this.stick);
  }

  async close(): Promise<void> {
    for (const d of this.desks.values()) await d.close();
    rmSync(this.root, { recursive: true, force: true });
  }

  folder(code: string): string {
    return join(this.root, code);
  }
  config(code: string): string {
    return join(this.root, `config-${code}`);
  }

  desk(code: string): Desk {
    const known =
      this.desks.get(code) ??
      new Desk({ resources: 'resources', version: 'test', configFolder: this.config(code), today: () => '2026-11-18' });
    this.desks.set(code, known);
    return known;
  }

  async office(name: string, code: string, folder = this.folder(code)): Promise<Context> {
    return await this.desk(code).create({
      folder,
      organisation: `${name}公司`,
      office: name,
      code,
      operator: `${name}的人`,
      role: 'leader',
    });
  }

  /** Closes the desk of an office and opens it again. */
  async reopen(ctx: Context): Promise<Context> {
    const [desk, { folder }] = [this.#at(ctx), ctx.store];
    await desk.close();
    return await desk.open(folder);
  }

  /** Copies the workspace of an office to another computer, as a backup would; both are open then. */
  async copy(ctx: Context, computer: string): Promise<[original: Context, copy: Context]> {
    const [desk, from, to] = [this.#at(ctx), ctx.store.folder, this.folder(`${computer}-workspace`)];
    await desk.close();
    cpSync(from, to, { recursive: true });
    return [await desk.open(from), await this.desk(computer).open(to)];
  }

  #at(ctx: Context): Desk {
    return [...this.desks.values()].find((d) => d.isOpen && d.context === ctx) as Desk;
  }

  /** Opens an office again, perhaps under another desk. */
  async open(code: string, folder = this.folder(code)): Promise<Context> {
    return await this.desk(code).open(folder);
  }

  /** Two offices that know each other, as `makePair` leaves them: copies of a pair that is made once in a run. */
  async pair(folderB = this.folder('XH')): Promise<{ a: Context; b: Context; townId: string; id: string }> {
    await copyShared('pair', {
      HC: this.folder('HC'),
      XH: folderB,
      'config-HC': this.config('HC'),
      'config-XH': this.config('XH'),
      'ids.json': join(this.root, 'ids.json'),
    });
    const ids = JSON.parse(readFileSync(join(this.root, 'ids.json'), 'utf8')) as { townId: string; id: string };
    return { a: await this.open('HC'), b: await this.open('XH', folderB), ...ids };
  }

  async send(from: Context, to: Context | null, order: Record<string, unknown> = {}): Promise<ExportMade> {
    const partner = to && (await handoff.handoffState(from)).partners.find((p) => p.name === to.store.facts.office);
    return await handoff.exportPackage(
      from,
      exportOrder.parse({ target: this.stick, offices: partner ? [partner.office] : [], all: true, ...order }),
      'test',
      control,
    );
  }
}

/**
 * Makes two offices that know each other. The first holds all that the second has, and more: a town, an enterprise and a contact, so
 * that both show the same once the second has taken a package of the first.
 */
export async function makePair(desks: Desks): Promise<{ a: Context; b: Context; townId: string; id: string }> {
  const [a, b] = [await desks.office('华漕驻点', 'HC'), await desks.office('徐汇总部', 'XH')];
  await befriend(a, b);
  const first = await desks.send(b, a);
  await take(a, first.folder);
  rmSync(first.folder, { recursive: true });
  return { a, b, ...(await seed(a)) };
}

/** Exchanges cards. */
export async function befriend(a: Context, b: Context): Promise<void> {
  const [cardA, cardB] = [(await handoff.makeCard(a)).text, (await handoff.makeCard(b)).text];
  await handoff.confirmPartner(b, cardA, (await handoff.viewCard(b, cardA)).fingerprint);
  await handoff.confirmPartner(a, cardB, (await handoff.viewCard(a, cardB)).fingerprint);
}

/** A town, an enterprise and a contact. */
export async function seed(at: Context): Promise<{ townId: string; id: string }> {
  return (
    await act(at, '建档', 'form', async (tx) => {
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
}

/** Enterprises with remarks that do not compress, so that an index has several chunks. */
export async function addMany(at: Context, townId: string, count: number): Promise<void> {
  await act(at, '导入', 'import', async (tx) => {
    for (let n = 0; n < count; n += 1)
      await tx.insert(enterprise, {
        name: `企业${n}`,
        internalCode: `M-${n}`,
        siteNo: '001',
        townId,
        remark: noise(600, `remark ${n}`).toString('base64'),
      } as never);
  });
}

/** Documents of a finding, with contents of these sizes. */
export async function addDocuments(at: Context, enterpriseId: string, sizes: readonly number[]): Promise<void> {
  const finding = await createFinding(
    at,
    { enterpriseId, description: '危废贮存场所标签缺失', foundDate: '2026-11-17' } as never,
    [],
  );
  for (const [n, size] of sizes.entries()) {
    await addAttachment(at, {
      ownerEntity: 'finding',
      ownerId: finding.id,
      bytes: Buffer.concat([Buffer.from('%PDF-1.4\n'), noise(size, `document ${n} ${enterpriseId}`)]),
      name: `资料${n}.pdf`,
      kind: 'document',
    } as never);
  }
}

export const preview = async (at: Context, path: string, code: string | null = null): Promise<HandoffPreview> =>
  await handoff.previewPackage(at, { path, code, confirm: null }, control);
export const apply = async (at: Context, previewId: string): Promise<ImportDone> =>
  await handoff.applyPackage(at, { previewId, merges: [] }, control);
export const take = async (at: Context, path: string, code: string | null = null): Promise<ImportDone> =>
  await apply(at, (await preview(at, path, code)).previewId);
/** The code that looking at a package ends in; the preview is put away. */
export const lookedAt = async (at: Context, path: string, code: string | null = null): Promise<string> =>
  await codeOf(
    preview(at, path, code).then(async ({ previewId }) => {
      await handoff.discardPreview(previewId);
    }),
  );
