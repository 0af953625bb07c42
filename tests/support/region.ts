// Offices with workspaces, keys and real encrypted packages, for tests.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canonicalDump } from '../../db/index.ts';
import { exportOrder, type ExportMade, type HandoffPreview, type ImportDone } from '../../contract/handoff.ts';
import type { Context } from '../../services/context.ts';
import * as handoff from '../../services/handoff/index.ts';
import { Desk } from '../../services/workspace/index.ts';

/** Progress that nobody looks at, and no cancel. */
export const control = { progress: (): void => undefined, signal: new AbortController().signal };

/** A folder with computers, offices on them and a stick. Close it after the test. */
export class Region {
  readonly root = mkdtempSync(join(tmpdir(), 'steward-region-'));
  readonly stick = join(this.root, 'stick');
  readonly #desks: Desk[] = [];

  constructor() { mkdirSync(this.stick); }

  /** The application on a computer of that name. */
  computer(name: string): Desk {
    const desk = new Desk({ resources: 'resources', version: 'test', configFolder: join(this.root, `config-${name}`), today: () => '2026-11-18' });
    this.#desks.push(desk);
    return desk;
  }

  /** A new office with a workspace and a computer of its own, both named by its code. */
  async office(name: string, code: string): Promise<Context> {
    return await this.computer(code).create({ folder: join(this.root, code), organisation: `${name}公司`, office: name, code, operator: `${name}的人`, role: 'leader' });
  }

  /** Closes the desk of an office and opens it again. */
  async reopen(ctx: Context): Promise<Context> {
    const desk = this.#desks.find((d) => d.isOpen && d.context === ctx) as Desk;
    const { folder } = ctx.store;
    await desk.close();
    return await desk.open(folder);
  }

  /** Copies the workspace of an office to another computer, as a backup would; both are open then. */
  async copy(ctx: Context, computer: string): Promise<[original: Context, copy: Context]> {
    const desk = this.#desks.find((d) => d.isOpen && d.context === ctx) as Desk;
    const [from, to] = [ctx.store.folder, join(this.root, `${computer}-workspace`)];
    await desk.close();
    cpSync(from, to, { recursive: true });
    return [await desk.open(from), await this.computer(computer).open(to)];
  }

  /** Writes a package to the stick for another office that is a partner; for nobody when it is none. */
  async send(from: Context, to: Context, order: Record<string, unknown> = {}): Promise<ExportMade> {
    const partners = (await handoff.handoffState(from)).partners.filter((p) => p.name === to.store.facts.office);
    return await handoff.exportPackage(from, exportOrder.parse({ target: this.stick, offices: partners.map((p) => p.office), all: true, ...order }), 'test', control);
  }

  async close(): Promise<void> {
    for (const d of this.#desks) await d.close();
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** Makes two offices partners of each other. */
export async function befriend(a: Context, b: Context): Promise<void> {
  const [cardA, cardB] = [(await handoff.makeCard(a)).text, (await handoff.makeCard(b)).text];
  await handoff.confirmPartner(b, cardA, (await handoff.viewCard(b, cardA)).fingerprint);
  await handoff.confirmPartner(a, cardB, (await handoff.viewCard(a, cardB)).fingerprint);
}

export const preview = async (at: Context, path: string, code: string | null = null): Promise<HandoffPreview> => await handoff.previewPackage(at, { path, code, confirm: null }, control);
export const take = async (at: Context, path: string, code: string | null = null): Promise<ImportDone> => await handoff.applyPackage(at, { previewId: (await preview(at, path, code)).previewId, merges: [] }, control);
export const dump = async (at: Context): Promise<string> => (await canonicalDump(at.store.read)).join('\n');
/** The result code of work that is refused; OK when it is not. */
export const codeOf = async (work: Promise<unknown>): Promise<string> => await work.then(() => 'OK', (e: { code?: string; data?: { code?: string } }) => String(e.data?.code ?? e.code));

/** Takes a frozen sample package into a new workspace. Returns the lines of the dump that came with it, without what the workspace had before. */
export async function takeSample(region: Region, folder: string): Promise<{ at: Context; lines: string[]; done: ImportDone }> {
  const about = JSON.parse(readFileSync(join(folder, 'about.json'), 'utf8')) as { code: string; fingerprint: string };
  const at = await region.office('后来的驻点', 'HL');
  const before = new Set((await dump(at)).split('\n'));
  const { previewId } = await handoff.previewPackage(at, { path: join(folder, 'package'), code: about.code, confirm: about.fingerprint }, control);
  const own = new Set([...before].map((line) => (JSON.parse(line) as [string, { id?: string }])[1].id));
  const done = await handoff.applyPackage(at, { previewId, merges: [] }, control);
  return { at, done, lines: (await dump(at)).split('\n').filter((line) => !own.has((JSON.parse(line) as [string, { id?: string }])[1].id)) };
}
