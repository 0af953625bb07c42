// Decides for every row of an import what becomes of it: new, changed, unchanged or refused. Writes nothing.
import type { z } from 'zod';
import type { importOptions, PreviewRow } from '../../contract/registers.ts';
import { AreaResolver, type KnownArea } from '../../domain/registers/area-resolver.ts';
import type { RowWarning } from '../../domain/registers/cell.ts';
import {
  applyWrites,
  emptyState,
  type EnterpriseState,
  type PlannedChange,
} from '../../domain/registers/enterprise-state.ts';
import {
  addressKey,
  CandidateIndex,
  matchSheet,
  type Identity,
  type MatchResult,
  type MatchRow,
} from '../../domain/registers/matching.ts';
import { joinRows } from '../../domain/registers/joining.ts';
import { OTHER_NAMES } from '../../domain/registers/kinds.ts';
import { planRow, type RowPlan } from '../../domain/registers/row-plan.ts';
import { recordsOf, type KindGuess, type RowContent } from '../../domain/registers/row-content.ts';
import { targetOf } from '../../domain/registers/targets.ts';
import { wordOf } from '../../domain/registers/words.ts';
import { nameComparisonKey } from '../../domain/values/name-key.ts';
import type { Reader } from '../../db/index.ts';
import { mendedCells } from './mend.ts';
import { profileNamed } from './profiles.ts';
import { Grids, Places, Staff, type Place } from './places.ts';
import type { Staged, StagedRow, StagedSheet } from './staged.ts';
import { loadAreas, loadCandidates, loadPriorRows, loadStates, type Pause, type PriorRows } from './states.ts';

/** Options of an import as parsed by the contract. */
export type Options = z.infer<typeof importOptions>;

/** What a person decided about a row. */
export interface RowDecision {
  decision: PreviewRow['decision'];
  /** For `merge`: the enterprise, which may be one that another row makes. */
  mergeId: string | null;
  fields: Record<string, 'new' | 'old'>;
}

/** A row with what becomes of it. */
export interface MatchedRow {
  readonly key: number;
  readonly sheet: StagedSheet;
  readonly row: StagedRow;
  result: Exclude<PreviewRow['result'], 'waiting'>;
  duplicate: boolean;
  readonly similar: { id: string; name: string; reason: string } | null;
  reason: string;
  readonly warnings: readonly RowWarning[];
  readonly changes: readonly PlannedChange[];
  /** For a new enterprise whose kind the register does not say: what it was told from. */
  readonly guess: KindGuess | null;
  /** For a row that adds to the enterprise of an earlier one: that row. */
  readonly joinedTo: number | null;
  /** The enterprise that the row is or makes; null for a refused row. */
  readonly state: EnterpriseState | null;
}

/** The whole import, matched. */
export interface Matched {
  readonly rows: readonly MatchedRow[];
  readonly areas: readonly KnownArea[];
  readonly grids: ReadonlyMap<string, string>;
}

/** The names of areas, grids and people, areas and grids to be made included. */
function nameMap(
  areas: readonly KnownArea[],
  made: readonly KnownArea[],
  grids: Grids,
  known: readonly { id: string; name: string }[],
): Map<string, string> {
  return new Map([
    ...areas.map((a) => [a.id, a.name] as const),
    ...made.map((a) => [a.id, a.name] as const),
    ...known.map((g) => [g.id, g.name] as const),
    ...grids.made,
  ]);
}

const formerNames = (content: RowContent): string[] =>
  recordsOf(content, OTHER_NAMES?.entity.name ?? '').map((record) => String(record.values.name));

function identityOf(content: RowContent, place: Place): Identity {
  const own = content.enterprise;
  return {
    code: (own.creditCode as string | undefined) ?? null,
    siteNo: (own.siteNo as string | undefined) ?? null,
    ownNumber: (own.internalCode as string | undefined) ?? null,
    permit: content.byPermit,
    townId: place.townId,
    isNameless: content.standIn && typeof own.creditCode === 'string',
    names: [String(own.name), ...formerNames(content)].map(nameComparisonKey),
    address: addressKey(String(own.address ?? '')),
  };
}

/** The kind that a person chose for the whole import, by its id or a word for it. */
function chosenKind(options: Options): string | null {
  const kind = targetOf('enterprise.objectKind');
  if (!options.objectKind || !kind) return null;
  if (kind.meta.vocabulary?.ids.includes(options.objectKind)) return options.objectKind;
  return wordOf(kind, options.objectKind)?.id ?? null;
}

/** A new enterprise: what the row says of it, what everyone must have, and all that hangs on it. */
function newState(
  s: Session,
  content: RowContent,
  place: Place,
  siteNo: string | null,
  duplicate: boolean,
): { state: EnterpriseState; plan: RowPlan; guess: KindGuess | null } {
  const chosen = chosenKind(s.options) ?? s.defaults.objectKind ?? null;
  const guess = content.enterprise.objectKind === undefined && chosen === null ? content.guess : null;
  const state = emptyState({
    objectKind: chosen ?? guess?.objectKind ?? 'other',
    managementTier: 'town',
    ...s.defaults,
    ...(chosen !== null && { objectKind: chosen }),
    ...content.enterprise,
    ...place.all,
    siteNo: content.enterprise.siteNo ?? siteNo ?? '001',
    suspectedDuplicate: duplicate,
    remark: null,
  });
  const plan = planRow({ ...content, enterprise: {}, blanks: [] }, {}, state, contextOf(s));
  for (const change of plan.changes) applyWrites(state, change.writes);
  return { state, plan, guess };
}

/** The row with what its place could not take. */
const withRemarks = (content: RowContent, place: Place): RowContent =>
  place.remarks.length === 0 ? content : { ...content, remarks: [...content.remarks, ...place.remarks] };

const contextOf = (s: Session, joined = false, nameWaits = false): Parameters<typeof planRow>[3] => ({
  blankOverwrites: s.options.blankOverwrites,
  names: s.names,
  today: s.today,
  joined,
  nameWaits,
});

const shorten = (text: string, max = 40): string => (text.length > max ? `${text.slice(0, max)}…` : text);

/** Why a row can't be taken: it says of whom it speaks by neither name nor code. */
function refusal(row: StagedRow): string {
  const rest = row.cells
    .filter((c) => c !== '')
    .slice(0, 4)
    .join('，');
  return `第 ${row.rowNumber} 行没有单位名称，也没有信用代码${rest ? `（${shorten(rest)}）` : ''}`;
}

/** Why a row can't be taken: it names a legal person, and not which of its sites. */
const unclear = (row: StagedRow, sites: number): string =>
  `第 ${row.rowNumber} 行只有信用代码，没有单位名称和地址；该代码有 ${sites} 个厂区，分不清是哪一个`;

/** Says first what a person mended. */
const withMend = (sheet: StagedSheet, row: StagedRow, reason: string): string =>
  [
    mendedCells(sheet, row)
      .map((c) => `${c.heading}补正为“${shorten(c.text)}”`)
      .join('，'),
    reason,
  ]
    .filter((part) => part !== '')
    .join('；');

/** Site numbers and names that clash with another row are for a person to look at. */
function reasonOf(
  match: Exclude<MatchResult, { kind: 'unclear' }>,
  changes: readonly PlannedChange[],
  result: Exclude<PreviewRow['result'], 'waiting'>,
): string {
  if (match.kind === 'new')
    return match.similar
      ? `与“${match.similar.name}”${match.similar.reason}${match.siteNo && match.siteNo !== '001' ? `，厂区序号 ${match.siteNo}` : ''}`
      : '';
  const waiting = changes.find((c) => c.waits === true && c.use === 'old');
  if (waiting) return `${waiting.label}与在册不同，待定：${waiting.after ?? ''}`;
  const kept = changes.filter((c) => c.use === 'old').length;
  const used = changes.length - kept;
  if (result === 'unchanged')
    return kept > 0 ? `${kept} 处与原值不同，留原值` : match.rule === 'fingerprint' ? '与上次导入相同' : '与档案一致';
  return `${used} 处不同${kept > 0 ? `，另有 ${kept} 处留原值` : ''}`;
}

interface Session {
  read: Reader;
  options: Options;
  decisions: ReadonlyMap<number, RowDecision>;
  today: string;
  pause: Pause;
  places: Places;
  /** What the profile says of new enterprises. */
  defaults: Readonly<Record<string, string>>;
  names: Map<string, string>;
  index: CandidateIndex;
  prior: PriorRows;
  states: Map<string, EnterpriseState>;
  out: MatchedRow[];
  /** The same by their keys. */
  byKey: Map<number, MatchedRow>;
}

/** A row that takes part, with its number over the whole import. */
interface Entry {
  key: number;
  row: StagedRow;
  place: Place | null;
  identity: Identity | null;
}

async function doSheet(s: Session, sheet: StagedSheet, entries: readonly Entry[]): Promise<void> {
  const taking = entries.filter(
    (e): e is Entry & { identity: Identity; place: Place } =>
      e.identity !== null && s.decisions.get(e.key)?.decision !== 'skip',
  );
  const decided = (e: Entry): PreviewRow['decision'] => s.decisions.get(e.key)?.decision ?? 'default';
  const toRow = (e: Entry & { identity: Identity }): MatchRow => ({
    key: e.key,
    fingerprint: e.row.fingerprint,
    identity: e.identity,
    name: String(e.row.content.enterprise.name),
  });
  const free = taking.filter((e) => decided(e) !== 'merge' && decided(e) !== 'separate');
  const joined = joinRows(free.map((e) => joiningRow(s, e)));
  const matches = await matchSheet(
    free.filter((e) => !joined.has(e.key)).map(toRow),
    s.index,
    s.prior.byFingerprint,
    s.pause,
  );
  for (const e of taking) {
    const decision = s.decisions.get(e.key);
    if (decision?.decision === 'merge' && decision.mergeId)
      matches.set(e.key, { kind: 'known', id: decision.mergeId, rule: 'site' });
    else if (!matches.has(e.key)) {
      // Told apart by a person: new whatever it resembles.
      const alone = await matchSheet([{ ...toRow(e), fingerprint: '' }], new CandidateIndex(), new Map(), s.pause);
      const found = alone.get(e.key);
      if (found) matches.set(e.key, found);
    }
  }
  for (const [key, head] of joined) {
    const found = matches.get(head);
    if (found?.kind === 'unclear') matches.set(key, found);
    else if (found)
      matches.set(key, { kind: 'known', id: found.kind === 'known' ? found.id : `new:${head}`, rule: 'joined' });
  }
  matchMendedBefore(s, entries, matches);
  const toLoad = [
    ...new Set(
      [...matches.values()].flatMap((m) =>
        m.kind === 'known' && !m.id.startsWith('new:') && !s.states.has(m.id) ? [m.id] : [],
      ),
    ),
  ];
  for (const [id, state] of await loadStates(s.read, toLoad, s.pause)) s.states.set(id, state);
  for (const e of entries) {
    const planned = planEntry(s, sheet, e, matches.get(e.key), joined.get(e.key) ?? null);
    if (planned.result === 'joined' && planned.changes.some((c) => c.use === 'new')) tellHead(s, planned);
    const matched = e.row.mended ? { ...planned, reason: withMend(sheet, e.row, planned.reason) } : planned;
    s.out.push(matched);
    s.byKey.set(matched.key, matched);
    await s.pause();
  }
}

/** A row as it is compared with the others of its sheet. */
const joiningRow = (
  s: Session,
  e: Entry & { identity: Identity; place: Place },
): Parameters<typeof joinRows>[0][number] => ({
  key: e.key,
  identity: e.identity,
  subject: { ...e.row.content.enterprise, ...e.place.given },
  records: e.row.content.records,
  unmapped: e.row.content.unmapped,
  prior: s.prior.byFingerprint.get(e.row.fingerprint) ?? [],
});

/** An enterprise that only a later row changes has changed nevertheless: its first row says so. */
function tellHead(s: Session, joined: MatchedRow): void {
  const head = s.byKey.get(joined.joinedTo ?? -1);
  if (head?.result !== 'unchanged') return;
  head.result = 'updated';
  head.reason = `由第 ${joined.row.rowNumber} 行补充`;
}

/** A row that says of whom it speaks only since it was mended, and comes again as it was: the enterprise it became then. */
function matchMendedBefore(s: Session, entries: readonly Entry[], matches: Map<number, MatchResult>): void {
  const seen = new Map<string, number>();
  for (const e of entries) {
    if (e.identity !== null || s.decisions.get(e.key)?.decision === 'skip') continue;
    const { fingerprint } = e.row;
    const nth = seen.get(fingerprint) ?? 0;
    seen.set(fingerprint, nth + 1);
    const id = s.prior.byFingerprint.get(fingerprint)?.[nth];
    if (id !== undefined) matches.set(e.key, { kind: 'known', id, rule: 'fingerprint' });
  }
}

function planEntry(
  s: Session,
  sheet: StagedSheet,
  e: Entry,
  match: MatchResult | undefined,
  joinedTo: number | null,
): MatchedRow {
  const { key, row, place } = e;
  const hidden: RowWarning[] = row.hidden ? [{ code: 'HIDDEN_ROW', sentence: '隐藏行，仍按数据导入' }] : [];
  const warnings = [...row.content.warnings, ...(place?.warnings ?? []), ...hidden];
  const base = {
    key,
    sheet,
    row,
    warnings,
    similar: null,
    changes: [],
    duplicate: false,
    state: null,
    guess: null,
    joinedTo,
  };
  if (match?.kind === 'new' && place) {
    const duplicate = match.similar !== null;
    const { state, plan, guess } = newState(s, withRemarks(row.content, place), place, match.siteNo, duplicate);
    s.states.set(`new:${key}`, state);
    return {
      ...base,
      warnings: [...warnings, ...plan.warnings],
      guess,
      result: 'created',
      duplicate,
      similar: match.similar,
      state,
      reason: reasonOf(match, [], 'created'),
    };
  }
  if (match?.kind !== 'known') {
    const skipped = s.decisions.get(key)?.decision === 'skip';
    const why = match?.kind === 'unclear' ? unclear(row, match.sites) : refusal(row);
    return { ...base, result: 'rejected', reason: skipped ? '按选择不导入' : why };
  }
  const state = s.states.get(match.id);
  if (!state) return { ...base, result: 'rejected', reason: `第 ${row.rowNumber} 行对应的企业已不在档案里` };
  const same =
    !row.mended && match.rule === 'fingerprint' && s.prior.saidLast(match.id, sheet.signature, row.fingerprint);
  const plan =
    same || !place
      ? null
      : planRow(
          withRemarks(row.content, place),
          place.given,
          state,
          contextOf(s, joinedTo !== null, match.rule === 'permit'),
        );
  const changes = plan?.changes ?? [];
  const fields = s.decisions.get(key)?.fields ?? {};
  for (const change of changes) change.use = fields[change.target] ?? change.use;
  const used = changes.filter((c) => c.use === 'new');
  for (const change of used) applyWrites(state, change.writes);
  const result = joinedTo !== null ? 'joined' : used.length > 0 ? 'updated' : 'unchanged';
  const head = joinedTo === null ? undefined : s.byKey.get(joinedTo);
  const reason = head ? `与第 ${head.row.rowNumber} 行是同一企业，已并入` : reasonOf(match, changes, result);
  return { ...base, warnings: [...warnings, ...(plan?.warnings ?? [])], result, changes, state, reason };
}

/**
 * Matches all rows of an import against the workspace. `read` sees what the import has to see: inside an action, the
 * action's own reader.
 */
export async function matchAll(
  read: Reader,
  staged: Staged,
  options: Options,
  decisions: ReadonlyMap<number, RowDecision>,
  { today, resources }: { readonly today: string; readonly resources: string },
  pause: Pause,
): Promise<Matched> {
  const known = await loadAreas(read);
  const areas = new AreaResolver(known);
  const knownGrids = await read.sql<{ id: string; name: string }>(
    'SELECT id, name FROM grid WHERE deleted_at IS NULL ORDER BY id',
  );
  const grids = new Grids(knownGrids);
  const staff = await read.sql<{ id: string; name: string }>('SELECT id, name FROM staff WHERE deleted_at IS NULL');
  const places = new Places(areas, grids, new Staff(staff), options.townName);
  const sheets = staged.files.flatMap((f) => f.sheets).filter((sheet) => sheet.skipped === null);
  places.prepare(sheets);
  let key = 0;
  const entries: Entry[][] = [];
  for (const sheet of sheets) {
    const sheetArea = places.sheetArea(sheet);
    const list: Entry[] = [];
    for (const row of sheet.rows) {
      const usable = row.content.enterprise.name !== undefined;
      const place = usable ? places.of(row, sheetArea) : null;
      list.push({ key: key++, row, place, identity: place ? identityOf(row.content, place) : null });
      await pause();
    }
    entries.push(list);
  }
  const all = entries.flat();
  const identities = all.flatMap((e) => (e.identity ? [e.identity] : []));
  const prior = await loadPriorRows(
    read,
    all.map((e) => e.row.fingerprint),
    pause,
  );
  const merges = [...decisions.values()].flatMap((d) =>
    d.mergeId && !d.mergeId.startsWith('new:') ? [d.mergeId] : [],
  );
  const candidates = await loadCandidates(
    read,
    {
      codes: identities.flatMap((i) => [i.code ?? [], i.permit?.code ?? []].flat()),
      names: identities.flatMap((i) => i.names),
      numbers: identities.flatMap((i) => (i.ownNumber ? [i.ownNumber] : [])),
      ids: [...[...prior.byFingerprint.values()].flat(), ...merges],
    },
    pause,
  );
  const session: Session = {
    read,
    options,
    decisions,
    today,
    pause,
    places,
    defaults: profileNamed(resources, options.profile)?.defaults ?? {},
    prior,
    index: new CandidateIndex(candidates),
    states: new Map(),
    out: [],
    byKey: new Map(),
    names: nameMap(known, areas.made, grids, [...knownGrids, ...staff]),
  };
  for (const [n, sheet] of sheets.entries()) await doSheet(session, sheet, entries[n] ?? []);
  // An area that only unknown rows would have needed is not made.
  const needed = new Set(session.out.flatMap((r) => (r.state ? Object.values(r.state.own.values) : [])));
  const holds = (a: KnownArea): boolean =>
    needed.has(a.id) || areas.made.some((b) => b.parentId === a.id && b.id !== a.id && holds(b));
  const made = areas.made.filter(holds);
  return { rows: session.out, areas: made, grids: grids.made };
}
