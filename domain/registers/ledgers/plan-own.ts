// What a row of a ledger says of the enterprise itself and of its people: blanks are filled, what differs waits for a person.
import { addressesAgree, addressKey } from '../matching.ts';
import { diffFields, empty, type FieldDiff } from '../differences.ts';
import { rowsOf, type EnterpriseState, type StateRow, type Write } from '../enterprise-state.ts';
import { OTHER_NAMES, PEOPLE, SUBJECT } from '../kinds.ts';
import { mergeRemark } from '../row-plan.ts';
import { recordsOf, type FieldValues, type RowContent } from '../row-content.ts';
import { UNNAMED_CONTACT } from '../plan-contacts.ts';
import { nameKey } from '../../values/name-key.ts';
import { nameAndSite } from './whose.ts';
import { questionOf, sameValue, type LedgerContext, type Question, type RecordOutcome } from './plan.ts';

/** Fields by which a row says whose it is, and what an import makes of them: no news about the enterprise. */
const IDENTIFIES: readonly string[] = [
  'siteNo',
  'internalCode',
  'creditCodeQuarantine',
  'oldRegNo',
  'coordinateSystem',
];
/** Words that are kept of a code in doubt: the code on file is the right one. */
const OF_CODE = '信用代码栏';
const KIND = PEOPLE?.entity.name ?? '';

/** A name that says nothing new: that on file, one it had, or that on file with its site in brackets. */
function isKnownName(name: string, state: EnterpriseState): boolean {
  const keys = [name, nameAndSite(name).name].map(nameKey);
  const own = nameKey(String(state.own.values.name ?? ''));
  const former = rowsOf(state, OTHER_NAMES?.entity.name ?? '').map((row) => nameKey(String(row.values.name)));
  return keys.some((key) => key === own || former.includes(key));
}

/** Is the trade the same, whoever wrote it more exactly? */
function sameTrade(values: FieldValues, own: Record<string, unknown>): boolean {
  if (sameValue(values.industryName, own.industryName)) return true;
  const [said, known] = [String(values.industryCode ?? ''), String(own.industryCode ?? '')];
  const digits = (code: string): string => code.replace(/^[A-T]/u, '');
  if (digits(said) === '' || digits(known) === '' || !empty(values.industryName)) return false;
  return digits(known).startsWith(digits(said)) || digits(said).startsWith(digits(known));
}

/** What a row says of the enterprise, without what only tells whose it is and what is on file in other words. */
function news(content: RowContent, state: EnterpriseState): FieldValues {
  const values: FieldValues = { ...content.enterprise };
  for (const field of IDENTIFIES) delete values[field];
  const own = state.own.values;
  if (content.standIn || isKnownName(String(values.name ?? ''), state)) delete values.name;
  if (sameTrade(values, own) || (empty(values.industryName) && empty(values.industryCode))) {
    delete values.industryName;
    delete values.industryCode;
  }
  const [said, known] = [values.address, own.address].map((text) => addressKey(String(text ?? '')));
  if (said && known && addressesAgree(said, known)) delete values.address;
  return values;
}

/** One question about the trade: its name and its code go together. */
function withCode(diffs: readonly FieldDiff[]): FieldDiff[] {
  const code = diffs.find((diff) => diff.field === 'industryCode');
  const name = diffs.find((diff) => diff.field === 'industryName');
  if (!code || !name) return [...diffs];
  return diffs
    .filter((diff) => diff !== code)
    .map((diff) => (diff === name ? { ...diff, patch: { ...diff.patch, ...code.patch } } : diff));
}

/** Plans what a row says of the enterprise itself. */
export async function planOwn(
  content: RowContent,
  state: EnterpriseState,
  takesRemarks: boolean,
  context: LedgerContext,
): Promise<RecordOutcome> {
  const row = state.own;
  const patch: Record<string, unknown> = {};
  const questions: Question[] = [];
  for (const diff of withCode(diffFields(SUBJECT, news(content, state), row.values))) {
    if (sameValue(diff.before, diff.after)) continue;
    const mayReplace = diff.field !== 'name' && diff.keep === null;
    if (empty(diff.before) || (mayReplace && (await context.isOwnValue(row, diff.field))))
      Object.assign(patch, diff.patch);
    else questions.push(questionOf(SUBJECT, row, diff, context.names));
  }
  const kept = (content.kept[SUBJECT.name] ?? []).filter((text) => !text.startsWith(OF_CODE));
  const remark = takesRemarks ? mergeRemark(row.values.remark, kept) : null;
  if (remark !== null) patch.remark = remark;
  const changed = Object.keys(patch).length > 0;
  const writes: Write[] = changed ? [{ kind: 'enterprise', patch }] : [];
  const result = changed ? 'updated' : 'unchanged';
  return { entity: SUBJECT.name, result, reason: '', row, writes, questions, notes: [] };
}

const plain = (value: unknown): string => String(value ?? '').replace(/\s/gu, '');
const digits = (value: unknown): string => String(value ?? '').replace(/\D/gu, '');
const PHONES: readonly string[] = ['mobile', 'landline'];
const samePerson = (row: StateRow, values: FieldValues): boolean => plain(row.values.name) === plain(values.name);

/** Plans one person of a row: found by name, or by phone where only a phone is said. */
async function planPerson(values: FieldValues, state: EnterpriseState, context: LedgerContext): Promise<RecordOutcome> {
  const people = rowsOf(state, KIND);
  const isUnnamed = values.name === UNNAMED_CONTACT;
  const known = people.find((row) =>
    isUnnamed
      ? PHONES.some((field) => digits(values[field]) !== '' && digits(row.values[field]) === digits(values[field]))
      : samePerson(row, values),
  );
  const base = { entity: KIND, reason: '', notes: [] };
  if (!known || !PEOPLE) {
    const seq = people.length + 1;
    const fresh: StateRow = {
      id: null,
      values: { ...values, seq, isPrimary: people.length === 0, id: context.newId() },
    };
    const write: Write = { kind: 'insert', entity: KIND, row: fresh };
    return { ...base, result: 'created', row: fresh, writes: [write], questions: [] };
  }
  const said = Object.fromEntries(
    Object.entries(values).filter(([field, value]) => field !== 'name' && !(field === 'post' && value === 'other')),
  );
  const patch: Record<string, unknown> = {};
  const questions: Question[] = [];
  for (const diff of diffFields(PEOPLE.entity, said, known.values)) {
    if (PHONES.includes(diff.field) && digits(diff.before) === digits(diff.after)) continue;
    const unsaid = empty(diff.before) || (diff.field === 'post' && diff.before === 'other');
    if (unsaid || (await context.isOwnValue(known, diff.field))) Object.assign(patch, diff.patch);
    else questions.push(questionOf(PEOPLE.entity, known, diff, context.names));
  }
  const changed = Object.keys(patch).length > 0;
  const writes: Write[] = changed ? [{ kind: 'update', entity: KIND, row: known, patch }] : [];
  return { ...base, result: changed ? 'updated' : 'unchanged', row: known, writes, questions };
}

/** Plans all people of a row. */
export async function planPeople(
  content: RowContent,
  state: EnterpriseState,
  context: LedgerContext,
  done: (outcome: RecordOutcome) => void,
): Promise<void> {
  for (const { values } of recordsOf(content, KIND)) done(await planPerson(values, state, context));
}
