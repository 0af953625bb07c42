// Import of ledgers: lists of permits, outlets, results and the like go to the enterprises on file, and make none.
import { v7 } from 'uuid';
import type { AskedValue, LedgerDone, LedgersTaken, RowSaid } from '../../../contract/registers.ts';
import { countLedger, type EntityCounts } from '../../../domain/registers/ledgers/counts.ts';
import type { Question } from '../../../domain/registers/ledgers/plan.ts';
import { askedField } from '../../../domain/registers/kinds.ts';
import { entityNamed } from '../../../domain/entities.ts';
import { wholeCharacters } from '../../../domain/values/text.ts';
import type { Writer } from '../../../db/index.ts';
import { act, type Context } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import type { Options } from '../match.ts';
import { readFiles } from '../read-files.ts';
import { learnSheet } from '../learn.ts';
import { guessesIn, leftColumns } from '../left-columns.ts';
import { clientKeyOf, ownProfiles } from '../own-profiles.ts';
import type { ImportControl, SourceFile } from '../staged.ts';
import type { Pause } from '../states.ts';
import { LedgerMatcher, UNDECIDED, type LedgerMatch, type Matching } from './match.ts';
import { sheetLabel, type StagedLedgers } from './staged.ts';
import { keptHere, writeLedgers, type LedgerReport } from './write.ts';

/** Files as they were read, and what becomes of their rows. */
export interface LedgerPlan {
  readonly staged: StagedLedgers;
  readonly matches: readonly LedgerMatch[];
}

const counted = (matches: readonly LedgerMatch[]): EntityCounts[] =>
  countLedger(
    matches.map(({ sheet, result, whose, outcomes }) => ({
      main: sheet.main,
      result,
      enterprise: whose.kind === 'known' ? whose.id : null,
      outcomes,
    })),
  );

function placeOf(staged: StagedLedgers, { sheet, row }: LedgerMatch): { file: string; sheet: string; row: number } {
  return { file: staged.files[sheet.file]?.name ?? '', sheet: sheet.name, row: row.rowNumber };
}

const asked = (staged: StagedLedgers, m: LedgerMatch, q: Question): AskedValue => ({
  ...placeOf(staged, m),
  entity: q.entity,
  field: askedField(entityNamed(q.entity), q.field),
  label: q.label,
  who: String(m.state?.own.values.name ?? ''),
  ours: q.ours,
  theirs: q.theirs,
});

function notesOf(staged: StagedLedgers, m: LedgerMatch): RowSaid[] {
  const said = [
    ...m.row.content.warnings.map(({ sentence }) => keptHere(sentence)),
    ...m.outcomes.flatMap(({ notes, result, reason }) => [...notes, ...(result === 'left' ? [reason] : [])]),
  ];
  return said.map((reason) => ({ ...placeOf(staged, m), reason }));
}

/** What a plan comes to, file by file and in all. */
export function ledgerReport({ staged, matches }: LedgerPlan): LedgerDone {
  const files = staged.files.map(({ name, sheets }, n) => ({
    file: name,
    sheets: sheets.map((sheet) => ({
      name: sheet.name,
      kind: sheet.main,
      rows: sheet.rows.length,
      hiddenRows: sheet.hiddenRows,
      skipped: sheet.skipped,
      left: sheet.skipped === null ? leftColumns(sheet, staged.notTaken) : [],
      guessed: guessesIn(sheet.columns),
      own: sheet.own?.name ?? null,
    })),
    entities: counted(matches.filter(({ sheet }) => sheet.file === n)),
  }));
  const refused = matches.filter(({ result }) => result === 'rejected' || result === 'waiting');
  return {
    files,
    entities: counted(matches),
    refused: refused.map((m) => ({ ...placeOf(staged, m), reason: m.reason })),
    questions: matches.flatMap((m) => m.outcomes.flatMap(({ questions }) => questions.map((q) => asked(staged, m, q)))),
    notes: matches.flatMap((m) => notesOf(staged, m)),
  };
}

const pauseWith =
  (control: ImportControl): Pause =>
  async () => {
    await new Promise((resolve) => setImmediate(resolve));
    control.check();
  };

/**
 * Reads ledgers. `sample`: so many rows of each sheet.
 * @throws UNREADABLE_FILE with the sentence for the user
 */
export async function readLedgers(
  ctx: Context,
  files: readonly SourceFile[],
  options: Options,
  control: ImportControl,
  sample: number | null = null,
): Promise<StagedLedgers> {
  control.progress(0, 3, '读取表格');
  const known = { remembered: [], own: await ownProfiles(ctx) };
  const input = { files, options, ...known, resources: ctx.resources, as: 'ledgers' as const, sample };
  const reading = await readFiles(input, control.signal);
  if (!reading.ok) throw new ServiceError('UNREADABLE_FILE', reading.sentence, { code: reading.code });
  return reading.staged as StagedLedgers;
}

/** Says what becomes of the rows of ledgers that were read. Writes nothing. */
export async function planLedgers(
  ctx: Context,
  staged: StagedLedgers,
  control: ImportControl,
  matching: Matching = UNDECIDED,
): Promise<LedgerPlan> {
  control.progress(1, 3, '核对档案');
  const matches = await new LedgerMatcher(ctx.store.read, ctx.today(), pauseWith(control), matching).match(staged);
  return { staged, matches };
}

function runReport({ staged }: LedgerPlan, done: LedgerDone): LedgerReport {
  const sheets = staged.files.flatMap((file) => file.sheets);
  return {
    kind: 'ledger',
    files: done.files.map(({ file, entities }, n) => ({
      name: file,
      entities,
      sheets: (staged.files[n]?.sheets ?? []).map((sheet) => ({
        name: sheetLabel(staged, sheet),
        columns: sheet.columns,
      })),
    })),
    signatures: Object.fromEntries(
      [...new Set(sheets.map(({ name }) => name))].map((name) => [
        name,
        sheets.flatMap((sheet) => (sheet.name === name && sheet.signature !== '' ? [sheet.signature] : [])).join(' '),
      ]),
    ),
  };
}

async function learn(tx: Writer, { files }: StagedLedgers, options: Options, clientKey: string): Promise<void> {
  for (const file of files)
    for (const { name, main, columns, own, skipped } of file.sheets)
      if (skipped === null)
        await learnSheet(tx, { kind: 'ledger', file: file.name, sheet: name, main, columns, own }, options, clientKey);
}

/**
 * Takes ledgers in, in one action; a cancel before its end leaves nothing behind. What is matched is matched inside the
 * action, against what is on file then; what people said of the columns is kept with it.
 * @throws whatever `control.check` throws
 */
export async function takeLedgers(
  ctx: Context,
  staged: StagedLedgers,
  options: Options,
  control: ImportControl,
  matching: Matching = UNDECIDED,
): Promise<LedgersTaken> {
  const runId = v7();
  const fileName = staged.files.map(({ name }) => name).join('、');
  const clientKey = await clientKeyOf(ctx);
  const { value, actionId } = await act(
    ctx,
    wholeCharacters(`导入台账 ${fileName}`, 120),
    `import:${runId}`,
    async (tx) => {
      const pause = async (): Promise<void> => {
        await tx.breathe();
        control.check();
      };
      const matches = await new LedgerMatcher(tx.read, ctx.today(), pause, matching).match(staged);
      const done = ledgerReport({ staged, matches });
      const facts = {
        runId,
        fileName,
        actor: ctx.operator().name,
        day: ctx.today(),
        report: runReport({ staged, matches }, done),
      };
      await writeLedgers(tx, staged, matches, facts, (n) => {
        control.check();
        control.progress(n, matches.length, '写入档案');
      });
      await learn(tx, staged, options, clientKey);
      return done;
    },
  );
  return { ...value, runId, actionId };
}
