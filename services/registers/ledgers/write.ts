// Writes matched ledgers inside one action: records, the values that wait, the run and its rows.
import type { EntityDefinition } from '../../../domain/dictionary/entity.ts';
import { enterprise } from '../../../domain/enterprises/entities.ts';
import { entityNamed } from '../../../domain/entities.ts';
import { finding } from '../../../domain/findings/entities.ts';
import { empty } from '../../../domain/registers/differences.ts';
import type { StateRow, Write } from '../../../domain/registers/enterprise-state.ts';
import { importRow, importRun } from '../../../domain/registers/entities.ts';
import { registerKind } from '../../../domain/registers/kinds.ts';
import type { EntityCounts } from '../../../domain/registers/ledgers/counts.ts';
import { recordOf, type RecordOutcome } from '../../../domain/registers/ledgers/plan.ts';
import { wholeCharacters } from '../../../domain/values/text.ts';
import { currentAction, type Writer } from '../../../db/index.ts';
import { changeEnterprise } from '../../enterprises/index.ts';
import { takeOverFinding } from '../../findings/index.ts';
import { placed } from '../apply.ts';
import { Asked, putQuestion } from '../asked.ts';
import { fingerprintOf, type WaitingNote } from './answered.ts';
import type { LedgerMatch } from './match.ts';
import { sheetLabel, type StagedLedgers } from './staged.ts';

/** What a run keeps of itself: its files with their counts, and by which columns its sheets were understood. */
export interface LedgerReport {
  readonly kind: 'ledger';
  readonly files: readonly {
    readonly name: string;
    readonly sheets: readonly { readonly name: string; readonly columns: readonly unknown[] }[];
    readonly entities: readonly EntityCounts[];
  }[];
  readonly signatures: Readonly<Record<string, string>>;
}

/** What the run is told about itself. */
export interface LedgerFacts {
  readonly runId: string;
  readonly fileName: string;
  readonly actor: string;
  readonly day: string;
  readonly report: LedgerReport;
}

/** What writing a record asks of the run. */
type RunFacts = Pick<LedgerFacts, 'fileName' | 'actor' | 'day'>;

const valuesOf = (row: StateRow, parent: string, owner: string | null): Record<string, unknown> => ({
  ...row.values,
  ...(empty(row.values[parent]) && owner !== null && { [parent]: owner }),
});

/** Kinds that are more than their fields: they come with the first steps of their story. */
async function insertWithSteps(
  tx: Writer,
  entity: EntityDefinition,
  values: Record<string, unknown>,
  outcome: RecordOutcome,
  source: string,
  facts: RunFacts,
): Promise<{ id: string } | null> {
  if (entity.name !== finding.name) return null;
  const { status = null, closedDate = null } = outcome.steps ?? {};
  const story = { status: status as string | null, closedDate: closedDate as string | null };
  return await takeOverFinding(tx, values, story, source, facts.actor);
}

/** A record of which the row says that it is done with comes as such: it is no work of today. */
function stateOf(entity: EntityDefinition, { steps = {} }: RecordOutcome): Record<string, unknown> {
  const field = entity.workflow?.state;
  if (field === undefined || entity.name === finding.name) return {};
  const done = empty(steps[field]) && !empty(steps.closedDate) ? { [field]: 'closed' } : {};
  return { ...steps, ...done };
}

async function insertRecord(
  tx: Writer,
  m: LedgerMatch,
  write: Extract<Write, { kind: 'insert' }>,
  outcome: RecordOutcome,
  facts: RunFacts,
): Promise<void> {
  const entity = entityNamed(write.entity);
  const kind = registerKind(write.entity);
  const owner = m.whose.kind === 'known' ? m.whose.id : null;
  const values = valuesOf(write.row, kind?.parent ?? 'enterpriseId', owner);
  const numbers = kind?.facet.ledger?.numbers;
  Object.assign(values, stateOf(entity, outcome));
  const source = `${facts.fileName}，${m.sheet.name} 第 ${m.row.rowNumber} 行`;
  const made = await insertWithSteps(tx, entity, values, outcome, source, facts);
  if (made === null && numbers !== undefined && empty(values[numbers]))
    values[numbers] = await tx.nextNumber(entity.name, facts.day);
  write.row.id = (made ?? ((await tx.insert(entity, values as never)) as { id: string })).id;
}

/** Writes what a row does to one record. */
export async function writeOutcome(tx: Writer, m: LedgerMatch, outcome: RecordOutcome, facts: RunFacts): Promise<void> {
  for (const write of outcome.writes) {
    if (write.kind === 'insert') await insertRecord(tx, m, write, outcome, facts);
    else if (write.kind === 'update') {
      if (write.row.id !== null) await tx.update(entityNamed(write.entity), write.row.id, write.patch as never);
    } else {
      const before = m.whose.kind === 'known' ? await tx.read.get(enterprise, m.whose.id) : null;
      if (before) await changeEnterprise(tx, before, write.patch, facts.day, 'import');
    }
  }
}

/** All that taking in a row needs later, when a person has said of which of several sites it is. */
function waitOf(staged: StagedLedgers, { row, sheet, whose }: LedgerMatch): WaitingNote['wait'] | null {
  if (whose.kind !== 'waiting') return null;
  const { name, title, main, kinds, words, signature } = sheet;
  return {
    file: staged.files[sheet.file]?.name ?? '',
    sheet: { name, title, main, kinds, words, signature },
    row,
    sites: whose.sites.map(({ id }) => id),
  };
}

/** What is kept of a row beside its result. */
function noteOf(staged: StagedLedgers, m: LedgerMatch): string {
  const { row, reason, sheet, outcomes } = m;
  const wait = m.result === 'waiting' ? waitOf(staged, m) : null;
  const { unmapped, warnings } = row.content;
  const notes = outcomes.flatMap(({ notes: said, result, reason: why }) => [
    ...said,
    ...(result === 'left' ? [why] : []),
  ]);
  const kept = warnings.map((warning) => ({ ...warning, sentence: keptHere(warning.sentence) }));
  return JSON.stringify({
    cells: row.cells,
    ...(sheet.main !== null && { kind: sheet.main }),
    ...(row.part !== null && { part: row.part }),
    ...(Object.keys(unmapped).length > 0 && { unmapped }),
    ...(reason !== '' && { reason }),
    ...(notes.length > 0 && { notes }),
    ...(kept.length > 0 && { warnings: kept }),
    ...(wait !== null && { wait }),
  }).slice(0, 2_000_000);
}

/** What a register would put into the remark of the enterprise stays with the row of a ledger. */
export const keptHere = (sentence: string): string =>
  sentence
    .replace(/(?:原文|全文)?已?写入备注/gu, '原文留在导入结果里')
    .replace(/原文已放入“待核代码”/gu, '按名称认企业，档案里的代码不改');

/** Puts the values that wait before a person. */
export async function writeQuestions(
  tx: Writer,
  staged: StagedLedgers,
  matches: readonly LedgerMatch[],
  runId: string,
): Promise<void> {
  const asked = await Asked.load(tx.read);
  const questions = matches.flatMap((m) =>
    m.outcomes.flatMap((one) => one.questions.map((question) => ({ m, question }))),
  );
  for (const { m, question } of questions) {
    if (m.whose.kind !== 'known') continue;
    const { entity, field, ours, theirs, patch } = question;
    await putQuestion(tx, asked, {
      ...{ runId, enterpriseId: m.whose.id, recordId: recordOf(question), entity, field, ours, theirs, patch },
      fileName: staged.files[m.sheet.file]?.name ?? '',
      sheet: m.sheet.name,
      rowNumber: m.row.rowNumber,
    });
  }
}

/** Writes everything. @param tick called for every row with the number done; stops the work by throwing */
export async function writeLedgers(
  tx: Writer,
  staged: StagedLedgers,
  matches: readonly LedgerMatch[],
  facts: LedgerFacts,
  tick: (done: number) => void,
): Promise<void> {
  const count = (result: LedgerMatch['result']): number => matches.filter((m) => m.result === result).length;
  await tx.insert(importRun, {
    id: facts.runId,
    fileName: wholeCharacters(facts.fileName, 200),
    fileSha256: staged.sha256,
    actionId: (await currentAction(tx.read)) ?? facts.runId,
    appliedAt: tx.now,
    actorName: wholeCharacters(facts.actor, 60),
    created: count('created'),
    updated: count('updated'),
    unchanged: count('unchanged'),
    rejected: count('rejected') + count('waiting'),
    duplicates: 0,
    reportJson: JSON.stringify(facts.report),
  });
  for (const [n, m] of matches.entries()) {
    tick(n);
    try {
      for (const outcome of m.outcomes) await writeOutcome(tx, m, outcome, facts);
    } catch (error) {
      throw placed(error, m);
    }
    await tx.insert(importRow, {
      runId: facts.runId,
      sheet: wholeCharacters(sheetLabel(staged, m.sheet), 200) || '表',
      rowNumber: m.row.rowNumber,
      fingerprint: fingerprintOf(m.row.cells),
      enterpriseId: m.whose.kind === 'known' ? m.whose.id : null,
      result: m.result,
      note: noteOf(staged, m),
    });
    await tx.breathe();
  }
  await writeQuestions(tx, staged, matches, facts.runId);
}
