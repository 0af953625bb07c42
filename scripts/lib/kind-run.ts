// Runs a kind of record through a built program as a steward and another office would: form, import, list, export, events, bin,
// undo, hand-off. What it is asked comes from the definition alone.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { read as readWorkbook, utils } from '@e965/xlsx';
import { fieldsOf, type EntityDefinition } from '../../domain/dictionary/entity.ts';
import type { FieldMeta } from '../../domain/dictionary/field.ts';
import { asksOf } from '../../domain/dictionary/workflow.ts';
import { browserSend, clientOver } from '../../tests/support/backend.ts';
import { findBrowser, launchBrowser } from '../../tests/support/browser.ts';

/** One thing that was done with a kind, and what came of it. */
export interface Step {
  readonly did: string;
  readonly saw: string;
}

type Values = Record<string, unknown>;
type Answer = Record<string, unknown>;

const NAME = '上海川岚金属制品有限公司';
const DAY = '2024-05-06';

/** A value of a field by its kind; another one with `other`. */
function valueOf(meta: FieldMeta, other: boolean): unknown {
  if (meta.vocabulary) return meta.vocabulary.ids.at(other ? -1 : 0);
  const said: Record<string, unknown> = {
    integer: other ? 7 : 5,
    decimal: other ? '7.5' : '5',
    money: other ? '7.5' : '5',
    flag: !other,
    fourState: other ? 'no' : 'yes',
    day: other ? '2024-05-08' : DAY,
  };
  return said[meta.kind] ?? (other ? '乙' : '甲乙');
}

function must(holds: unknown, what: string): asserts holds {
  if (!holds) throw new Error(what);
}

/** Two offices of the built program, and what they are asked. */
class Offices {
  readonly root = mkdtempSync(join(tmpdir(), 'steward-kind-'));
  private readonly cli: string;

  constructor(tree: string) {
    this.cli = join(tree, 'dist', 'host', 'cli.js');
  }

  private env(office: string): NodeJS.ProcessEnv {
    return { ...process.env, STEWARD_CONFIG: join(this.root, `config-${office}`) };
  }

  folder(office: string): string {
    return join(this.root, office);
  }

  /** One command; its answer. @throws with its sentence where it is refused */
  ask(office: string, ...args: string[]): Answer {
    const all = [this.cli, ...args, '--workspace', this.folder(office), '--json'];
    const done = spawnSync(process.execPath, all, { env: this.env(office), encoding: 'utf8' });
    must(done.status === 0, `${args.slice(0, 2).join(' ')}: ${done.stderr}`);
    return JSON.parse(done.stdout.trim().split('\n').at(-1) ?? '{}') as Answer;
  }

  /** Serves the window of an office meanwhile. */
  async serving<T>(office: string, work: (address: string) => Promise<T>): Promise<T> {
    const child = spawn(process.execPath, [this.cli, 'serve', '--workspace', this.folder(office), '--json'], {
      env: this.env(office),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    try {
      for await (const line of createInterface({ input: child.stdout }))
        if (line.startsWith('{')) return await work((JSON.parse(line) as { address: string }).address);
      throw new Error('the program does not serve');
    } finally {
      child.kill('SIGTERM');
      await ended;
    }
  }

  close(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** A kind under test, with the fields that a person fills. */
class KindRun {
  readonly steps: Step[] = [];
  private readonly offices: Offices;
  private readonly kind: EntityDefinition;
  private readonly fields: { name: string; meta: FieldMeta }[];
  private references: Values = {};

  constructor(offices: Offices, kind: EntityDefinition) {
    this.offices = offices;
    this.kind = kind;
    this.fields = fieldsOf(kind).filter(
      ({ name, meta }) => !meta.derived && !meta.numbered && name !== kind.workflow?.state && name !== 'seq',
    );
  }

  saw(did: string, saw: string): void {
    this.steps.push({ did, saw });
  }

  values(other = false): Values {
    const own = this.fields
      .filter(({ name, meta }) => meta.kind !== 'reference' && !name.endsWith('Precision'))
      .map(({ name, meta }) => [name, valueOf(meta, other)]);
    return { ...Object.fromEntries(own), ...this.references };
  }

  private get required(): string[] {
    return this.fields.filter(({ meta }) => meta.required === 'F' && meta.initial === undefined).map((f) => f.name);
  }

  /** Fields by which a change is seen: the first that is no choice of its own. */
  private get shown(): string {
    const found = this.fields.find(({ meta }) => meta.kind === 'text' || meta.kind === 'longText');
    must(found, `${this.kind.name} has no text`);
    return found.name;
  }

  private rows(office: string, ...args: string[]): { id: string; values: Values }[] {
    return this.offices.ask(office, 'list', this.kind.name, '--format', 'json', ...args).rows as never;
  }

  private show(office: string, id: string): { values: Values; deletedAt: string | null } {
    return this.offices.ask(office, 'show', this.kind.name, id) as never;
  }

  /** A register with a column for every field of the kind, under its label. */
  private importSheet(): void {
    const { register } = this.kind.facets;
    const columns = register ? this.fields.filter(({ meta }) => meta.kind !== 'reference') : [];
    const words = columns.map(({ meta }) => {
      const value = valueOf(meta, false) as string;
      return meta.vocabulary
        ? (meta.vocabulary.labels as Record<string, string>)[value]
        : meta.kind === 'flag'
          ? '是'
          : value;
    });
    const file = join(this.offices.root, '名册.csv');
    const head = ['企业名称', '街镇', ...columns.map(({ meta }) => `${this.kind.label}${meta.label}`)];
    writeFileSync(file, `${head.join(',')}\n${[NAME, '青禾镇', ...words].join(',')}\n`);
    const done = this.offices.ask('a', 'import', 'register', file);
    const [sheet] = done.sheets as { created: number; unmapped: string[] }[];
    must(sheet?.created === 1 && sheet.unmapped.length === 0, `import: ${JSON.stringify(done.sheets)}`);
    const enterprises = this.offices.ask('a', 'list', 'enterprise', '--format', 'json').rows as { id: string }[];
    const staff = this.offices.ask('a', 'list', 'staff', '--format', 'json').rows as { id: string }[];
    const ids: Values = { enterprise: enterprises[0]?.id, staff: staff[0]?.id };
    const known = this.fields.filter(({ meta }) => meta.kind === 'reference' && ids[meta.target ?? ''] !== undefined);
    this.references = Object.fromEntries(known.map(({ name, meta }) => [name, ids[meta.target ?? '']]));
    if (!register) {
      this.saw('import', 'declined by its facet; the enterprise came in');
      return;
    }
    const [row] = this.rows('a');
    must(row, 'import: no row of the kind');
    const { values } = this.show('a', row.id);
    for (const { name, meta } of columns)
      must(values[name] === valueOf(meta, false), `import: ${name} is ${String(values[name])}`);
    this.saw('import', `1 row with ${columns.length} fields, found by their headings`);
  }

  /** The dialog of a new record in the built window: it asks for each field that is needed. */
  private async dialog(address: string): Promise<void> {
    const { page: facet } = this.kind.facets;
    if (findBrowser() === null || !facet || !('route' in facet)) {
      this.saw('window', 'not opened: no browser here, or no page of its own');
      return;
    }
    const browser = await launchBrowser();
    try {
      const page = await browser.newPage();
      await page.goto(`${address}#${facet.route}`);
      await page.getByRole('button', { name: `新增${this.kind.label}` }).click();
      const dialog = page.getByRole('dialog');
      const labels = this.fields.filter(({ name }) => this.required.includes(name)).map(({ meta }) => meta.label);
      for (const label of labels) await dialog.getByTitle(label, { exact: true }).first().waitFor();
      this.saw('window', `${facet.route}, 新增${this.kind.label} asks for ${labels.join('、')}`);
    } finally {
      await browser.close();
    }
  }

  /** What the window's form does: asks what stands against nothing at all, and saves. */
  private async form(): Promise<string> {
    return await this.offices.serving('a', async (address) => {
      await this.dialog(address);
      const client = clientOver((await browserSend(address)).send);
      const entity = this.kind.name as 'area';
      const problems = await client.records.check({ entity, values: {} });
      const missing = this.required.filter((name) => !problems.some((p) => p.field === name));
      must(missing.length === 0, `form: no word about ${missing.join(', ')}`);
      const saved = await client.records.create({ entity, values: this.values(true) as never });
      this.saw('form', `${this.fields.length} fields, ${this.required.length} of them needed; saved over HTTP`);
      const [before] = await client.history.of({ id: saved.id, withChildren: false });
      must(before?.kind === 'create', 'history: no line');
      await client.history.undo({ actionId: saved.actionId });
      const left = await client.records.list({ entity });
      must(!left.rows.some((row) => row.id === saved.id), 'undo: the row is still there');
      this.saw('undo', 'taken back, the history tells both');
      return (await client.records.create({ entity, values: this.values(true) as never })).id;
    });
  }

  private listAndExport(id: string): void {
    const filter = `${this.shown}=${String(this.values(true)[this.shown])}`;
    const found = this.rows('a', '--filter', filter);
    must(found.length === 1 && found[0]?.id === id, `list: ${found.length} rows under ${filter}`);
    const file = join(this.offices.root, '导出.xlsx');
    const args = ['--columns', this.shown, '--format', 'xlsx', '--out', file];
    this.offices.ask('a', 'list', this.kind.name, '--filter', filter, ...args);
    const cells = Object.values(readWorkbook(readFileSync(file)).Sheets)
      .flatMap((sheet) => utils.sheet_to_json<unknown[]>(sheet, { header: 1 }))
      .flat();
    const label = this.fields.find(({ name }) => name === this.shown)?.meta.label;
    for (const cell of [label, this.values(true)[this.shown]])
      must(cells.includes(cell), `export: no cell ${String(cell)} in ${JSON.stringify(cells)}`);
    this.saw('list, export', `1 row under ${filter}, the same in Excel`);
  }

  private events(id: string): void {
    const { workflow } = this.kind;
    if (!workflow) return;
    const state = String(this.show('a', id).values[workflow.state]);
    const [name, event] = Object.entries(workflow.events).find(([, one]) => one.from.includes(state as never)) ?? [];
    must(name !== undefined && event, `events: none from ${state}`);
    const all = this.values(true);
    const asked = {
      ...Object.fromEntries(asksOf(workflow, event).map((ask) => [ask.field, all[ask.field]])),
      ...(event.reason !== undefined && { reason: '甲乙丙丁' }),
    };
    this.offices.ask('a', 'act', this.kind.name, id, name, '--values', JSON.stringify(asked));
    this.saw('event', `${name}: ${state} → ${String(this.show('a', id).values[workflow.state])}`);
  }

  private write(): void {
    const { offices, kind } = this;
    const { id } = offices.ask('a', 'add', kind.name, '--values', JSON.stringify(this.values())) as { id: string };
    offices.ask('a', 'set', kind.name, id, '--values', JSON.stringify({ [this.shown]: '丙丁' }));
    must(this.show('a', id).values[this.shown] === '丙丁', 'set: not changed');
    offices.ask('a', 'remove', kind.name, id);
    must(this.show('a', id).deletedAt !== null, 'remove: not in the bin');
    offices.ask('a', 'restore', kind.name, id);
    must(this.show('a', id).deletedAt === null, 'restore: still in the bin');
    this.saw('add, set, show, remove, restore', 'each from the command line');
  }

  /** To the other office, changed there, and back. */
  private handOff(id: string): void {
    const { offices, kind } = this;
    offices.ask('b', 'init', '--office', '乙驻点', '--code', 'YI', '--operator', '李四');
    const ids: Record<string, string> = {};
    for (const [from, to] of [
      ['a', 'b'],
      ['b', 'a'],
    ] as const) {
      const card = join(offices.root, `${from}.card`);
      const { office, fingerprint } = offices.ask(from, 'handoff', 'card', '--out', card) as never as {
        office: { id: string };
        fingerprint: string;
      };
      ids[from] = office.id;
      offices.ask(to, 'handoff', 'trust', card, '--fingerprint', fingerprint);
    }
    const send = (from: string, to: string): void => {
      const out = join(offices.root, `stick-${from}`);
      mkdirSync(out);
      const { folder } = offices.ask(from, 'handoff', 'export', '--to', String(ids[to]), '--out', out);
      offices.ask(to, 'handoff', 'import', String(folder));
    };
    send('a', 'b');
    must(this.show('b', id).values[this.shown] === this.show('a', id).values[this.shown], 'hand-off: another value');
    offices.ask('b', 'set', kind.name, id, '--values', JSON.stringify({ [this.shown]: '戊己' }));
    send('b', 'a');
    must(this.show('a', id).values[this.shown] === '戊己', 'hand-off: the change did not come back');
    must((offices.ask('a', 'check').problems as unknown[]).length === 0, 'check: problems');
    this.saw('hand-off', 'to a second office, changed there, and back; both stores verified');
  }

  async run(): Promise<readonly Step[]> {
    this.offices.ask('a', 'init', '--office', '甲驻点', '--code', 'JIA', '--operator', '张三');
    this.importSheet();
    const id = await this.form();
    this.listAndExport(id);
    this.events(id);
    this.write();
    this.handOff(id);
    return this.steps;
  }
}

/** Runs a kind through the program that was built in a tree. @throws where it does not do what every kind does */
export async function runKind(tree: string, kind: EntityDefinition): Promise<readonly Step[]> {
  const offices = new Offices(tree);
  try {
    return await new KindRun(offices, kind).run();
  } finally {
    offices.close();
  }
}
