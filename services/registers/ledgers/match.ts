// Decides for every row of a ledger whose it is and what it does to the records of its enterprise. Writes nothing.
import { v7 } from 'uuid';
import {
  planLedgerRecord,
  recordOf,
  type LedgerContext,
  type RecordOutcome,
} from '../../../domain/registers/ledgers/plan.ts';
import { planOwn, planPeople } from '../../../domain/registers/ledgers/plan-own.ts';
import { nameKeysOf, whoseRow, type LedgerIdentity, type Whose } from '../../../domain/registers/ledgers/whose.ts';
import { yearIn } from '../../../domain/registers/ledgers/complete.ts';
import {
  applyWrites,
  emptyState,
  type EnterpriseState,
  type StateRow,
  type Write,
} from '../../../domain/registers/enterprise-state.ts';
import {
  fieldRead,
  LEDGER_KINDS,
  OTHER_NAMES,
  PEOPLE,
  registerKind,
  SUBJECT,
  type RegisterKind,
} from '../../../domain/registers/kinds.ts';
import { addressKey, CandidateIndex } from '../../../domain/registers/matching.ts';
import { mergeRemark } from '../../../domain/registers/row-plan.ts';
import {
  recordsOf,
  type FieldValues,
  type RowContent,
  type StagedRecord,
} from '../../../domain/registers/row-content.ts';
import { AreaResolver } from '../../../domain/registers/area-resolver.ts';
import { fieldsOf } from '../../../domain/dictionary/entity.ts';
import type { Reader } from '../../../db/index.ts';
import { loadAreas, loadCandidates, loadStates, type Pause } from '../states.ts';
import { Asked } from '../asked.ts';
import { AnsweredRows } from './answered.ts';
import { changesOf, type LedgerChange } from './changes.ts';
import { LEFT_OUT, placeOfRow, withTaken, type LedgerDecision, type LedgerDecisions } from './decisions.ts';
import { isLoose, loadLoose, looseKind, namesLike } from './loose.ts';
import { Sources } from './sources.ts';
import type { LedgerRow, LedgerSheet, StagedLedgers } from './staged.ts';

/** A record with what no other field of it could hold, where it is the only one of its row and has a field for that. */
function withKept(
  { entity, facet }: RegisterKind,
  record: StagedRecord,
  records: number,
  content: RowContent,
): StagedRecord {
  const field = facet.ledger?.remark;
  const kept = content.kept[entity.name] ?? [];
  if (field === undefined || records !== 1 || kept.length === 0) return record;
  const remark = mergeRemark(record.values[field], kept);
  return remark === null ? record : { ...record, values: { ...record.values, [field]: remark } };
}

/** A row with what becomes of it. */
export interface LedgerMatch {
  readonly sheet: LedgerSheet;
  readonly row: LedgerRow;
  readonly result: 'created' | 'updated' | 'unchanged' | 'rejected' | 'waiting';
  readonly reason: string;
  readonly whose: Whose;
  readonly state: EnterpriseState | null;
  readonly outcomes: readonly RecordOutcome[];
  /** What it does, value by value. */
  readonly changes: readonly LedgerChange[];
}

/** What a matcher goes by beside the rows. */
export interface Matching {
  readonly decisions: LedgerDecisions;
  /** Runs of the same drop: their files are no older delivery of one list. */
  readonly besides: ReadonlySet<string>;
  /** Whose all rows are, where a person said so. */
  readonly owner: string | null;
}

/** Nobody decided anything. */
export const UNDECIDED: Matching = { decisions: new Map(), besides: new Set(), owner: null };

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function identityOf(content: RowContent, townOf: (name: string | undefined) => string | null): LedgerIdentity {
  const own = content.enterprise;
  return {
    name: content.standIn ? '' : text(own.name),
    code: text(own.creditCode) || null,
    siteNo: text(own.siteNo) || null,
    permit: permitOf(content),
    townId: townOf(content.areas.town),
    address: addressKey(text(own.address)),
  };
}

/** Papers whose number begins with the code of their holder. */
const NUMBERED = LEDGER_KINDS.flatMap(({ entity }) => {
  const field = fieldRead(entity, 'number');
  return field === null ? [] : [{ kind: entity.name, field }];
});
const PERMIT = /^([0-9A-Z]{18})(\d{3})[A-Z]$/u;

/** Code and site in the number of the permit that a row speaks of, though it may say a code as well. */
function permitOf(content: RowContent): LedgerIdentity['permit'] {
  if (content.byPermit) return content.byPermit;
  const numbers = NUMBERED.flatMap(({ kind, field }) =>
    recordsOf(content, kind).map(({ values }) => PERMIT.exec(text(values[field]))),
  );
  const [code, siteNo] = numbers[0]?.slice(1) ?? [];
  return code !== undefined && siteNo !== undefined && numbers.length === 1 ? { code, siteNo } : null;
}

/** Kinds whose records are needed: those that are written, and those that they refer to or borrow of. */
function kindsNeeded(staged: StagedLedgers): RegisterKind[] {
  const names = new Set(staged.files.flatMap((file) => file.sheets.flatMap((sheet) => sheet.kinds)));
  for (const name of [...names]) {
    const kind = registerKind(name);
    for (const { meta } of kind ? fieldsOf(kind.entity) : []) if (meta.target) names.add(meta.target);
    for (const { from } of kind?.entity.borrows ?? []) names.add(from);
  }
  const always = [PEOPLE?.entity.name, OTHER_NAMES?.entity.name];
  return LEDGER_KINDS.filter((kind) => names.has(kind.entity.name) || always.includes(kind.entity.name));
}

const sites = (whose: Extract<Whose, { kind: 'waiting' }>): string =>
  whose.sites
    .map(({ name, siteNo, address }) => `${name}${siteNo ?? ''}${address === '' ? '' : `（${address}）`}`)
    .join('、');

/** Why a row is nobody's, or one of several'. */
function whyNobody(content: RowContent, whose: Whose): string {
  const name = text(content.enterprise.name) || text(content.enterprise.creditCode);
  if (name === '' && whose.kind === 'unknown') return '没有单位名称，也没有信用代码，不知道是哪家企业；请补上再导入';
  if (whose.kind === 'waiting') return `“${name}”有 ${whose.sites.length} 个厂区，没有写明是哪一个：${sites(whose)}`;
  return `“${name}”不在企业档案里；台账不新建企业，请先登记或导入名册`;
}

/** Place of a sheet among others: what is referred to comes first. */
export const orderOf = ({ main }: LedgerSheet): number => registerKind(main ?? '')?.facet.order ?? 0;

/** The kinds of a sheet, the main one first but for the records that it refers to. */
function holdersFirst({ kinds, main }: LedgerSheet): RegisterKind[] {
  const all = kinds.flatMap((name) => registerKind(name) ?? []);
  const own = registerKind(main ?? '');
  const holders = new Set(own ? fieldsOf(own.entity).map(({ meta }) => meta.target) : []);
  const rank = ({ entity, facet }: RegisterKind): number =>
    entity.name === main ? 1 : holders.has(entity.name) ? 0 : 2 + facet.order;
  return all.sort((a, b) => rank(a) - rank(b));
}

const fieldsOfWrite = (write: Write): string[] => Object.keys(write.kind === 'insert' ? write.row.values : write.patch);

/** Matches one sheet after the other; what an earlier row did, a later one sees. */
export class LedgerMatcher {
  readonly #read: Reader;
  readonly #pause: Pause;
  readonly #today: string;
  readonly #sources: Sources;
  readonly #order = new Map<LedgerSheet, readonly RegisterKind[]>();
  #index = new CandidateIndex();
  #states = new Map<string, EnterpriseState>();
  readonly #loose = new Map<string, EnterpriseState>();
  #asked: Asked | null = null;
  readonly #matching: Matching;
  #answered: AnsweredRows | null = null;
  #staged: StagedLedgers = { files: [], sha256: '', notTaken: new Map() };
  #townOf: (name: string | undefined) => string | null = () => null;

  constructor(read: Reader, today: string, pause: Pause, matching: Matching = UNDECIDED) {
    this.#read = read;
    this.#today = today;
    this.#pause = pause;
    this.#matching = matching;
    this.#sources = new Sources(read, matching.besides);
  }

  /** What becomes of every row. */
  async match(staged: StagedLedgers): Promise<LedgerMatch[]> {
    this.#staged = staged;
    const sheets = staged.files.flatMap((file) =>
      file.sheets
        .filter((sheet) => sheet.skipped === null)
        // What others refer to comes first: the outlet before its limits, the project before its acceptance.
        .sort((a, b) => orderOf(a) - orderOf(b)),
    );
    await this.#prepare(sheets, kindsNeeded(staged));
    const out: LedgerMatch[] = [];
    for (const sheet of sheets)
      for (const row of sheet.rows) {
        out.push(await this.#matchRow(sheet, row));
        await this.#pause();
      }
    return out;
  }

  async #prepare(sheets: readonly LedgerSheet[], kinds: readonly RegisterKind[]): Promise<void> {
    this.#asked = await Asked.load(this.#read);
    this.#answered = await AnsweredRows.load(this.#read);
    const areas = new AreaResolver(await loadAreas(this.#read));
    this.#townOf = (name) => (name === undefined ? null : (areas.only('town', name)?.id ?? null));
    const identities = sheets.flatMap((sheet) => sheet.rows.map(({ content }) => identityOf(content, this.#townOf)));
    const candidates = await loadCandidates(
      this.#read,
      {
        codes: identities.flatMap(({ code, permit }) => [code ?? [], permit?.code ?? []].flat()),
        names: identities.flatMap(({ name }) => (name === '' ? [] : nameKeysOf(name))),
        ids: [],
        numbers: [],
      },
      this.#pause,
    );
    this.#index = new CandidateIndex(candidates);
    const owners = sheets.flatMap((sheet) => sheet.rows.map((row) => this.#whose(row)));
    const ids = owners.flatMap((whose) => (whose.kind === 'known' ? [whose.id] : []));
    this.#states = await loadStates(this.#read, [...new Set(ids)], this.#pause, kinds);
    for (const kind of kinds.filter(isLoose)) {
      const { name } = kind.entity;
      const numbers = sheets.flatMap((sheet) =>
        sheet.rows.flatMap(({ content }) =>
          recordsOf(content, name).map(({ values }) => text(values[kind.facet.find[0] ?? ''])),
        ),
      );
      this.#loose.set(name, await loadLoose(this.#read, kind, numbers, this.#pause));
    }
  }

  /** Whose a row is: as a person said, now or of the same row before; else as the row says itself. */
  #whose({ content, cells }: LedgerRow): Whose {
    const { owner } = this.#matching;
    if (owner !== null) return { kind: 'known', id: owner, by: 'name' };
    const whose = whoseRow(identityOf(content, this.#townOf), this.#index);
    if (whose.kind !== 'waiting') return whose;
    const answer = this.#answered?.of(cells);
    return whose.sites.some(({ id }) => id === answer) ? { kind: 'known', id: answer ?? '', by: whose.by } : whose;
  }

  #decisionOn(sheet: LedgerSheet, row: LedgerRow): LedgerDecision | null {
    return this.#matching.decisions.get(placeOfRow(this.#staged, sheet, row)) ?? null;
  }

  /** A record that may be nobody's is found by its number alone; a name that is no enterprise's stays with it in words. */
  async #matchLoose(kind: RegisterKind, sheet: LedgerSheet, row: LedgerRow, whose: Whose): Promise<LedgerMatch> {
    const { entity, facet, parent } = kind;
    const state = this.#loose.get(entity.name) ?? emptyState({});
    const owner = whose.kind === 'known' ? (this.#states.get(whose.id) ?? null) : null;
    const [record = { values: {}, said: [] }] = recordsOf(row.content, entity.name);
    const named = row.content.standIn ? '' : text(row.content.enterprise.name);
    const values: FieldValues = { ...record.values };
    if (whose.kind === 'known') values[parent] = whose.id;
    const words = named === '' || whose.kind === 'known' ? null : `所称单位：${named}`;
    const remark = facet.ledger?.remark;
    if (words !== null && remark !== undefined && values[remark] !== undefined)
      values[remark] = `${String(values[remark])}\n${words}`;
    const take = this.#decisionOn(sheet, row)?.take ?? new Set<string>();
    const asked = this.#unsettled(
      await planLedgerRecord(kind, { ...record, values }, state, true, this.#contextOf(sheet, entity.name)),
    );
    const planned = withTaken(asked, take);
    const near = words === null ? [] : await namesLike(this.#read, named);
    const hint = near.length > 0 ? `，可能是${near.map((one) => `“${one}”`).join('、')}，请到记录里选` : '';
    const outcome =
      words === null ? planned : { ...planned, notes: [...planned.notes, `“${named}”没有对应的企业${hint}`] };
    const changes = changesOf(planned, asked.questions, state);
    applyWrites(state, outcome.writes);
    const own = owner === null ? [] : [await planOwn(row.content, owner, false, this.#contextOf(sheet, SUBJECT.name))];
    const result = outcome.result === 'left' ? 'rejected' : outcome.result;
    return { sheet, row, whose, state: owner, result, reason: outcome.reason, outcomes: [outcome, ...own], changes };
  }

  async #matchRow(sheet: LedgerSheet, row: LedgerRow): Promise<LedgerMatch> {
    const whose = this.#whose(row);
    if (this.#decisionOn(sheet, row)?.skip) {
      const state = whose.kind === 'known' ? (this.#states.get(whose.id) ?? null) : null;
      return { sheet, row, whose, state, result: 'rejected', reason: LEFT_OUT, outcomes: [], changes: [] };
    }
    const loose = looseKind(sheet.main);
    if (loose) return await this.#matchLoose(loose, sheet, row, whose);
    const state = whose.kind === 'known' ? (this.#states.get(whose.id) ?? null) : null;
    const base = { sheet, row, whose, state };
    if (state === null) {
      const result = whose.kind === 'waiting' ? 'waiting' : 'rejected';
      return { ...base, result, reason: whyNobody(row.content, whose), outcomes: [], changes: [] };
    }
    const { outcomes, changes } = await this.#planRow(sheet, row, state);
    const main = outcomes.find(({ entity }) => entity === (sheet.main ?? SUBJECT.name));
    const result = main === undefined || main.result === 'left' ? 'unchanged' : main.result;
    return { ...base, result, reason: main?.reason ?? '', outcomes, changes };
  }

  /** The kinds of a sheet in the order in which they are planned. */
  #kindsOf(sheet: LedgerSheet): readonly RegisterKind[] {
    const known = this.#order.get(sheet) ?? holdersFirst(sheet);
    this.#order.set(sheet, known);
    return known;
  }

  async #planRow(
    sheet: LedgerSheet,
    row: LedgerRow,
    state: EnterpriseState,
  ): Promise<{ outcomes: RecordOutcome[]; changes: LedgerChange[] }> {
    const { content } = row;
    const outcomes: RecordOutcome[] = [];
    const changes: LedgerChange[] = [];
    const take = this.#decisionOn(sheet, row)?.take ?? new Set<string>();
    const done = (planned: RecordOutcome): void => {
      const asked = this.#unsettled(planned);
      const outcome = withTaken(asked, take);
      changes.push(...changesOf(outcome, asked.questions, state));
      applyWrites(state, outcome.writes);
      for (const write of outcome.writes)
        if (write.kind !== 'insert')
          this.#sources.touch(write.kind === 'update' ? write.row : state.own, fieldsOfWrite(write));
      outcomes.push(outcome);
    };
    const own = new Map<string, StateRow>();
    const saysNothing = sheet.kinds.every((name) => recordsOf(content, name).length === 0);
    for (const kind of this.#kindsOf(sheet)) {
      const { name } = kind.entity;
      const isMain = name === sheet.main;
      const context = this.#contextOf(sheet, name);
      const records = recordsOf(content, name);
      // A row that does not say what it is a row of is refused whole, unless it speaks of something else.
      for (const record of saysNothing && isMain ? [{ values: {}, said: [] }] : records) {
        const kept = withKept(kind, record, records.length, content);
        done(await planLedgerRecord(kind, kept, state, isMain, context, own));
        const planned = outcomes.at(-1);
        if (records.length === 1 && planned?.row) own.set(name, planned.row);
        if (isMain && planned?.result === 'rejected') return { outcomes, changes };
      }
    }
    const context = this.#contextOf(sheet, SUBJECT.name);
    done(await planOwn(content, state, sheet.main === null || sheet.kinds.length > 1, context));
    await planPeople(content, state, context, done);
    return { outcomes, changes };
  }

  /** What a person has said stays on file is not asked again. */
  #unsettled(outcome: RecordOutcome): RecordOutcome {
    const questions = outcome.questions.filter(
      (question) => this.#asked?.isSettled({ ...question, recordId: recordOf(question) }) !== true,
    );
    return questions.length === outcome.questions.length ? outcome : { ...outcome, questions };
  }

  #contextOf(sheet: LedgerSheet, kind: string): LedgerContext {
    const words = sheet.words[kind] ?? [];
    return {
      names: new Map(),
      today: this.#today,
      words,
      year: yearIn([sheet.name, sheet.title, ...words.slice(-1)]),
      newId: v7,
      isOwnValue: (row, field) => this.#sources.isOwn(row, field, sheet.signature),
    };
  }
}
