// A world of model offices: commands from a generator, carried out one after the other, every invariant checked on the way and at the end.
import fc from 'fast-check';
import type { Operation, Scalar } from '../../domain/handoff/operation.ts';
import { hasGap, missingFrom, NOTHING, rangesOf } from '../../domain/handoff/coverage.ts';
import { checkOffice, shownOf, type Truth } from './handoff-laws.ts';
import { copyHave, FIELDS, keyOf, kindOf, ModelOffice } from './handoff-model.ts';
import { PRODUCTION, type Have, type Rules } from './handoff-rules.ts';

const COMMANDS = {
  create: 2,
  twins: 2,
  edit: 14,
  remove: 5,
  restore: 3,
  child: 3,
  ext: 3,
  link: 2,
  merge: 3,
  unmerge: 2,
  mergeAndBack: 1,
  decide: 6,
  pass: 8,
  passSome: 5,
  sendAll: 2,
  sendStream: 2,
  sendSome: 2,
  sendDelta: 2,
  deliver: 10,
  deliverTwice: 1,
  lose: 1,
  clock: 2,
  backup: 1,
  restoreBackup: 1,
  clone: 1,
  undo: 2,
} as const;
export type CommandName = keyof typeof COMMANDS;
/** What happens, in which office, and numbers from which the rest is chosen. */
export type Command = readonly [CommandName, number, number, number, number];

const weighted = Object.entries(COMMANDS).flatMap(([name, weight]) =>
  Array.from({ length: weight }, () => name as CommandName),
);
const command: fc.Arbitrary<Command> = fc.tuple(
  fc.constantFrom(...weighted),
  fc.nat(4),
  fc.nat(999),
  fc.nat(999),
  fc.nat(999),
);

/** Runs of commands; long ones are as likely as short ones. */
export const commands = (maxLength = 50): fc.Arbitrary<Command[]> =>
  fc.noBias(fc.array(command, { minLength: 5, maxLength, size: 'max' }));

interface Package {
  readonly ops: readonly Operation[];
  readonly tag: string;
  readonly have: Have;
  readonly delta: { to: string; full: readonly Operation[] } | null;
}

/** A part of the operations, another one for each number. */
const some =
  (y: number) =>
  (op: Operation): boolean =>
    (op.n * 31 + op.device.charCodeAt(1) * 7 + op.stream.charCodeAt(op.stream.length - 1) * 13 + y) % 3 !== 0;

const YEAR = 365.25 * 24 * 3600 * 1000;
const BASE = Date.UTC(2026, 0, 1);

export class World {
  readonly offices: ModelOffice[] = [];
  readonly violations = new Map<string, string>();
  /** What happened in this run, for the shares that a test asserts. */
  readonly met = new Set<'conflict' | 'gap' | 'deletion' | 'merge' | 'decision' | 'undo'>();
  readonly #rules: Rules;
  readonly #truths = new Map<Operation, Truth>();
  readonly #spoken = new Map<string, Operation>();
  readonly #packages: Package[] = [];
  #time = BASE;
  #ids = 0;
  #tags = 0;

  constructor(size: number, rules: Rules = PRODUCTION) {
    this.#rules = rules;
    for (let i = 0; i < size; i += 1) this.#open();
    this.#begin();
  }

  report = (law: string, what: string): void => {
    if (!this.violations.has(law)) this.violations.set(law, what);
  };

  #newTag(): string {
    this.#tags += 1;
    return `T${(this.#tags * 37) % 101}`;
  }

  /** Ids whose order has nothing to do with their age. */
  #newId(): string {
    this.#ids += 1;
    return String((this.#ids * 7919 + 300) % 997).padStart(3, '0');
  }

  #open(from?: ModelOffice): ModelOffice {
    const office = new ModelOffice(this.#newTag(), this.#rules, () => this.#time, from);
    this.offices.push(office);
    return office;
  }

  /** What all offices start with: two enterprises, one of them with parts. */
  #begin(): void {
    const [first, ...others] = this.offices as [ModelOffice, ...ModelOffice[]];
    for (const id of ['ent:500', 'ent:200']) this.#create(first, id, { name: `at ${id}`, phone: 'p0' });
    this.#create(first, 'child:ent:500/1', { entId: 'ent:500', label: 'l' });
    for (const o of others) o.take([...first.log.values()], { tag: first.tag, have: copyHave(first.have) });
  }

  run(list: readonly Command[]): this {
    for (const [name, o, x, y, z] of list) {
      this.#time += 1000;
      const office = this.offices[o % this.offices.length] as ModelOffice;
      this.#do(name, office, x, y, z);
    }
    this.#finish();
    return this;
  }

  // Choosing.

  #pick(office: ModelOffice, n: number, want: (id: string) => boolean): string | null {
    const ids = [...office.members.keys()].sort();
    for (let i = 0; i < ids.length; i += 1) {
      const id = ids[(n + i) % ids.length] as string;
      if (want(id)) return id;
    }
    return null;
  }

  #live(office: ModelOffice, n: number, kind?: string): string | null {
    return this.#pick(
      office,
      n,
      (id) => (kind === undefined ? kindOf(id) !== 'alias' : kindOf(id) === kind) && office.row(id)?.deleted === false,
    );
  }

  /** Notes what an author really held and saw, then lets it speak. */
  #say(office: ModelOffice, root: string, speak: () => Operation): Operation {
    const truth: Truth = { have: copyHave(office.have), shown: shownOf(office, root) };
    const op = speak();
    this.#truths.set(op, truth);
    const other = this.#spoken.get(keyOf(op));
    if (other) this.report('I15', `${keyOf(op)} was used twice`);
    this.#spoken.set(keyOf(op), op);
    return op;
  }

  #create(office: ModelOffice, row: string, body: Record<string, Scalar>): void {
    this.#say(office, row, () => office.say(row, 'c', body));
  }

  #do(name: CommandName, office: ModelOffice, x: number, y: number, z: number): void {
    switch (name) {
      case 'create':
        this.#create(office, `ent:${this.#newId()}`, { name: `n${x % 3}`, ...(y % 2 && { phone: `p${y % 3}` }) });
        break;
      case 'twins':
        for (const o of [office, this.offices[x % this.offices.length] as ModelOffice])
          this.#create(o, `ent:${this.#newId()}`, { name: 'twin', ...(o === office && { phone: 'p' }) });
        break;
      case 'edit':
        this.#edit(office, x, y, z);
        break;
      case 'remove':
        this.#remove(office, x);
        break;
      case 'restore':
        this.#restore(office, x);
        break;
      case 'child': {
        const ent = this.#live(office, x, 'ent');
        if (ent) this.#create(office, `child:${ent}/${this.#newId()}`, { entId: ent, label: `l${y % 3}` });
        break;
      }
      case 'ext': {
        const ent = this.#live(office, x, 'ent');
        if (ent)
          this.#natural(office, `ext:${ent}`, { entId: ent, ...(y % 2 ? { a: `a${z % 2}` } : { b: `b${z % 2}` }) });
        break;
      }
      case 'link': {
        const ent = this.#live(office, x, 'ent');
        if (ent) this.#natural(office, `link:${ent}:${y % 2}`, { entId: ent, tag: String(y % 2) });
        break;
      }
      case 'merge':
        this.#merge(office, x, y);
        break;
      case 'mergeAndBack':
        this.#mergeAndBack(office, x, y);
        break;
      case 'unmerge': {
        const edge = this.#live(office, x, 'alias');
        if (edge) this.#say(office, edge, () => office.remove(edge));
        break;
      }
      case 'decide':
        this.#decide(office, x, y, z);
        break;
      default:
        this.#carry(name, office, x, y, z);
    }
  }

  #edit(office: ModelOffice, x: number, y: number, z: number): void {
    const id = this.#live(office, x);
    if (!id || kindOf(id) === 'link') return;
    const fields = FIELDS[kindOf(id)].filter((f) => f.name !== 'deletedAt' && f.name !== 'entId');
    const field = fields[y % fields.length] as (typeof fields)[number];
    const value = field.isReference ? this.#live(office, z, 'ent') : z % 7 === 0 ? null : `v${z % 4}`;
    const before = office.row(id)?.fields.get(field.name);
    const conflict = office.row(id)?.conflicts.find((c) => c.field === field.name);
    if (!before || before.value === value) return;
    const op = this.#say(office, id, () => office.edit(id, { [field.name]: value }));
    const after = office.row(id);
    if (after?.fields.get(field.name)?.value !== value)
      this.report('I8', `${id}.${field.name}: own edit ${keyOf(op)} is not shown`);
    const now = after?.conflicts.find((c) => c.field === field.name);
    if (!conflict && now) this.report('I10', `${id}.${field.name}: an edit without a rival made a conflict`);
    if (
      conflict?.heads.some(
        (h) => before.rivals.includes(h.dot) && meant(office, field.isReference, h.value) !== value,
      ) &&
      !now
    )
      this.report('I9', `${id}.${field.name}: an edit ended a conflict`);
  }

  #remove(office: ModelOffice, x: number): void {
    const id = this.#live(office, x);
    if (!id) return;
    this.met.add('deletion');
    this.#say(office, id, () => office.remove(id));
    if (!office.row(id)?.deleted) this.report('I8', `${id}: own deletion does not count`);
  }

  #restore(office: ModelOffice, x: number): void {
    const id = this.#pick(office, x, (i) => office.row(i)?.deleted === true);
    if (!id) return;
    const values = (): string => JSON.stringify([...(office.row(id)?.fields ?? [])].filter(([f]) => f !== 'deletedAt'));
    const before = values();
    this.#say(office, id, () => office.edit(id, { deletedAt: null }));
    if (office.row(id)?.deleted) this.report('I8', `${id}: own undeletion does not count`);
    if (values() !== before) this.report('I11', `${id}: not all fields came back`);
  }

  /** Rows that several offices make alike: made, brought back, or there already. */
  #natural(office: ModelOffice, id: string, body: Record<string, Scalar>): void {
    const row = office.row(id);
    if (!row) this.#create(office, id, body);
    else if (row.deleted) this.#say(office, id, () => office.edit(id, { deletedAt: null }));
  }

  #merge(office: ModelOffice, x: number, y: number): string | null {
    const [a, b] = [this.#live(office, x, 'ent'), this.#live(office, x + 1 + y, 'ent')];
    if (!a || !b || a === b) return null;
    const [low, high] = [a, b].sort() as [string, string];
    this.met.add('merge');
    const id = `alias:${low}|${high}`;
    this.#natural(office, id, { lowId: low, highId: high });
    return office.row(id)?.deleted === false ? id : null;
  }

  #mergeAndBack(office: ModelOffice, x: number, y: number): void {
    const isEdge = (id: string): boolean => kindOf(id) === 'alias';
    const before = office.dump(isEdge);
    const edge = this.#merge(office, x, y);
    if (!edge) return;
    this.#say(office, edge, () => office.remove(edge));
    if (office.dump(isEdge) !== before) this.report('I12', `merging and un-merging ${edge} left something behind`);
  }

  #decide(office: ModelOffice, x: number, y: number, z: number): void {
    const id = this.#pick(office, x, (i) => office.row(i)?.conflicts.some((c) => !c.provisional) ?? false);
    const open = (id && office.row(id)?.conflicts.filter((c) => !c.provisional)) || [];
    const conflict = open[y % Math.max(1, open.length)];
    if (!id || !conflict) return;
    this.met.add('decision');
    const isDeletion = conflict.field === 'deletedAt';
    if (isDeletion && z % 2) {
      this.#remove(office, [...office.members.keys()].sort().indexOf(id));
      return;
    }
    const value = isDeletion
      ? null
      : meant(office, conflict.field.endsWith('Id'), conflict.heads[z % conflict.heads.length]?.value ?? null);
    const others = office.row(id)?.conflicts.length ?? 0;
    this.#say(office, id, () => office.decide(id, conflict.field, value));
    const after = office.row(id);
    if (after?.conflicts.some((c) => c.field === conflict.field))
      this.report('I9', `${id}.${conflict.field}: a decision did not end the conflict`);
    if (after?.fields.get(conflict.field)?.value !== value)
      this.report('I8', `${id}.${conflict.field}: own decision is not shown`);
    if ((after?.conflicts.length ?? 0) < others - 1) this.report('I9', `${id}: a decision ended other conflicts too`);
  }

  // Carrying.

  #carry(name: CommandName, office: ModelOffice, x: number, y: number, z: number): void {
    const other = this.offices[x % this.offices.length] as ModelOffice;
    switch (name) {
      case 'pass':
        this.#send(office, () => true);
        this.#deliver(other, 0, 1);
        break;
      case 'sendAll':
        this.#send(office, () => true);
        break;
      case 'sendStream': {
        const streams = [...office.have.keys()].sort();
        this.#sendStreams(office, new Set(['g', streams[y % streams.length] as string]));
        break;
      }
      case 'sendSome':
        this.#send(office, some(y));
        break;
      case 'passSome':
        this.#send(office, some(y));
        this.#deliver(other, 0, 1);
        break;
      case 'sendDelta': {
        const ops = office.beyond(office.proved(other.tag));
        office.sent();
        this.#packages.push({
          ops,
          tag: office.tag,
          have: copyHave(office.have),
          delta: { to: other.tag, full: [...office.log.values()] },
        });
        break;
      }
      case 'deliver':
        this.#deliver(office, y, z);
        break;
      case 'deliverTwice': {
        const before = this.#deliver(office, y, z);
        const once = office.dump();
        if (before) this.#take(office, before);
        if (office.dump() !== once) this.report('I3', 'taking a package in twice changed something');
        break;
      }
      case 'lose':
        if (this.#packages.length > 0) this.#packages.splice(y % this.#packages.length, 1);
        break;
      case 'clock':
        office.skewMs += ((y % 21) - 10) * YEAR;
        break;
      case 'backup':
        office.keepBackup();
        break;
      case 'restoreBackup':
        office.restore(this.#newTag());
        break;
      case 'clone':
        if (this.offices.length < 5) this.#open(office);
        break;
      case 'undo':
        this.#undo(office);
        break;
      default:
        break;
    }
  }

  #send(office: ModelOffice, keep: (op: Operation) => boolean): void {
    office.sent();
    this.#packages.push({
      ops: [...office.log.values()].filter(keep),
      tag: office.tag,
      have: copyHave(office.have),
      delta: null,
    });
  }

  /** Some streams and nothing else. */
  #sendStreams(office: ModelOffice, streams: ReadonlySet<string>): void {
    office.sent();
    const { ops, have } = office.about(streams);
    const outside = [...ops.map((op) => op.stream), ...have.keys()].filter((stream) => !streams.has(stream));
    if (outside.length > 0) this.report('I18', `a package about ${[...streams].join()} tells of ${outside.join()}`);
    this.#packages.push({ ops, tag: office.tag, have, delta: null });
  }

  #deliver(office: ModelOffice, y: number, z: number): Package | null {
    if (this.#packages.length === 0) return null;
    // Fresh packages are likelier than old ones.
    const p = this.#packages[z % 2 ? this.#packages.length - 1 : y % this.#packages.length] as Package;
    this.#take(office, p);
    return p;
  }

  #take(office: ModelOffice, p: Package): void {
    const own = [...office.log.values()].filter((op) => op.device === office.tag).length;
    office.take(p.ops, { tag: p.tag, have: p.have });
    if ([...office.log.values()].filter((op) => op.device === office.tag).length !== own)
      this.report('I10', 'an import made operations');
    if (p.delta?.to === office.tag)
      for (const op of p.delta.full)
        if (!office.log.has(keyOf(op))) this.report('I16', `a delta left out ${keyOf(op)}`);
    for (const devices of office.have.values()) for (const c of devices.values()) if (hasGap(c)) this.met.add('gap');
    for (const id of office.members.keys()) if (office.row(id)?.conflicts.length) this.met.add('conflict');
    checkOffice(office, this.#truths, this.report);
  }

  #undo(office: ModelOffice): void {
    if (office.undoImport()) {
      this.met.add('undo');
      checkOffice(office, this.#truths, this.report);
    }
  }

  /** Everybody gets everything: all show the same, and so does a new office that got it backwards, one by one and twice. */
  #finish(): void {
    for (const o of this.offices) checkOffice(o, this.#truths, this.report);
    const everything = [...new Map(this.offices.flatMap((o) => [...o.log])).values()];
    this.offices.forEach((o, i) => {
      for (let k = 0; k < 3; k += 1) o.take(everything.filter((op) => (op.n + op.stream.length + i) % 3 === k));
    });
    const dumps = this.offices.map((o) => o.dump());
    if (dumps.some((d) => d !== dumps[0])) this.report('I1', 'offices with the same operations show different things');
    const [late, whole] = [this.#open(), this.#open()];
    this.offices.splice(-2);
    const backwards = [...everything].sort((a, b) => (keyOf(a) < keyOf(b) ? 1 : -1));
    for (const op of backwards) late.take([op]);
    if (late.dump() !== dumps[0]) this.report('I2', 'the order of operations made a difference');
    whole.take(backwards);
    if (whole.dump() !== late.dump())
      this.report('I4', 'it made a difference whether operations came in one package or in many');
    late.take(backwards);
    if (late.dump() !== dumps[0]) this.report('I3', 'repetition made a difference');
    checkOffice(late, this.#truths, this.report);
    this.#checkDeltas();
  }

  /** After A to B and B to A with nothing in between a delta carries nothing. */
  #checkDeltas(): void {
    const [a, b] = this.offices as [ModelOffice, ModelOffice];
    b.take([...a.log.values()], { tag: a.tag, have: copyHave(a.have) });
    a.take([...b.log.values()], { tag: b.tag, have: copyHave(b.have) });
    const left = a.beyond(a.proved(b.tag));
    if (left.length > 0) this.report('I17', `${left.length} operations would be sent again`);
    for (const [stream, devices] of b.have)
      for (const [device, c] of devices)
        if (rangesOf(c).length > 0 && missingFrom(a.have.get(stream)?.get(device) ?? NOTHING, c).length > 0)
          this.report('I14', `${stream} ${device} was not taken in whole`);
  }
}

const meant = (office: ModelOffice, isReference: boolean, value: Scalar): Scalar =>
  isReference && typeof value === 'string' ? office.rootOf(value) : value;
