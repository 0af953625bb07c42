// Writes a matched import inside one action: areas, enterprises with their records, the run and its rows.
import { area, grid } from '../../domain/areas/entities.ts';
import type { EntityDefinition, RowOf } from '../../domain/dictionary/entity.ts';
import { metaOf } from '../../domain/dictionary/field.ts';
import { enterprise, sectionCheck } from '../../domain/enterprises/entities.ts';
import { fileSectionOf } from '../../domain/enterprises/file-tabs.ts';
import { entityNamed } from '../../domain/entities.ts';
import {
  rowsOf,
  type EnterpriseState,
  type PlannedChange,
  type StateRow,
  type Write,
} from '../../domain/registers/enterprise-state.ts';
import { REGISTER_KINDS, registerKind } from '../../domain/registers/kinds.ts';
import { importRow, importRun } from '../../domain/registers/entities.ts';
import { wholeCharacters } from '../../domain/values/text.ts';
import { currentAction, StoreError, type Writer } from '../../db/index.ts';
import { refused } from '../errors.ts';
import { changeEnterprise, insertEnterprise } from '../enterprises/index.ts';
import { Asked, putQuestion } from './asked.ts';
import { mendedCells } from './mend.ts';
import type { Matched, MatchedRow, Options } from './match.ts';
import { rememberMapping } from './learn.ts';
import type { RunReport } from './report.ts';
import type { Staged } from './staged.ts';

/** Ids of what the import makes, by the ids it had before. */
type RealIds = Map<string, string>;

const realValues = (values: Record<string, unknown>, real: RealIds): Record<string, unknown> => {
  const out: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(values))
    out[field] = typeof value === 'string' ? (real.get(value) ?? value) : value;
  return out;
};

async function makePlaces(tx: Writer, matched: Matched, real: RealIds): Promise<void> {
  for (const a of matched.areas) {
    const row = await tx.insert(area, {
      level: a.level as 'town',
      name: a.name,
      parentId: a.parentId ? (real.get(a.parentId) ?? a.parentId) : null,
    });
    real.set(a.id, row.id);
  }
  const used = new Set(matched.rows.flatMap((r) => (r.state ? [r.state.own.values.gridId] : [])));
  for (const [id, name] of matched.grids) if (used.has(id)) real.set(id, (await tx.insert(grid, { name })).id);
}

async function insertChild(tx: Writer, name: string, row: StateRow, enterpriseId: string): Promise<void> {
  const parent = registerKind(name)?.parent ?? 'enterpriseId';
  const written = await tx.insert(entityNamed(name), { ...row.values, id: undefined, [parent]: enterpriseId } as never);
  row.id = (written as { id: string }).id;
}

async function create(tx: Writer, state: EnterpriseState, real: RealIds, day: string): Promise<string> {
  const row = await insertEnterprise(tx, realValues(state.own.values, real), day, 'import');
  state.own.id = row.id;
  for (const { entity } of REGISTER_KINDS)
    for (const child of rowsOf(state, entity.name))
      if (child.id === null) await insertChild(tx, entity.name, child, row.id);
  return row.id;
}

/** Does the writes of a row's differences; the enterprise itself is changed once. */
async function change(
  tx: Writer,
  state: EnterpriseState,
  writes: readonly Write[],
  real: RealIds,
  day: string,
): Promise<void> {
  const id = state.own.id;
  if (id === null) return;
  const patch: Record<string, unknown> = {};
  const children = new Map<StateRow, { entity: EntityDefinition; patch: Record<string, unknown> }>();
  for (const write of writes) {
    if (write.kind === 'enterprise') Object.assign(patch, write.patch);
    else if (write.kind === 'insert') {
      if (write.row.id === null) await insertChild(tx, write.entity, write.row, id);
    } else
      children.set(write.row, {
        entity: entityNamed(write.entity),
        patch: { ...children.get(write.row)?.patch, ...write.patch },
      });
  }
  for (const [row, { entity, patch: values }] of children)
    if (row.id !== null) await tx.update(entity, row.id, values as never);
  if (Object.keys(patch).length === 0) return;
  const before = await tx.read.get(enterprise, id);
  if (before) await changeEnterprise(tx, before as RowOf<typeof enterprise>, realValues(patch, real), day, 'import');
}

/** What is kept of a row beside its result: the cells as they came, those without a field by heading, why, and what was doubtful. */
function noteOf(r: MatchedRow): string {
  const { unmapped } = r.row.content;
  const waiting = r.changes.flatMap((c) =>
    c.waits === true && c.use === 'old' && isName(c) ? [[`${c.label}（待定）`, c.after ?? ''] as const] : [],
  );
  return JSON.stringify({
    cells: r.row.cells,
    ...(r.row.mended && { mended: mendedCells(r.sheet, r.row) }),
    ...(Object.keys(unmapped).length > 0 && { unmapped }),
    ...(waiting.length > 0 && { waiting: Object.fromEntries(waiting) }),
    ...(r.reason !== '' && { reason: r.reason }),
    ...(r.warnings.length > 0 && { warnings: r.warnings }),
    ...(r.duplicate && { duplicate: true }),
    ...(r.guess && { guess: r.guess }),
  }).slice(0, 2_000_000);
}

/** Is it the name of the enterprise that differs? */
export const isName = ({ target }: Pick<PlannedChange, 'target'>): boolean => target === `${enterprise.name}.name`;

/** Asks a person what the row says otherwise: a name is asked by the row itself, anything else by a question of its own. */
async function askRow(tx: Writer, r: MatchedRow, asked: Asked, facts: RunFacts): Promise<void> {
  const enterpriseId = r.state?.own.id;
  if (!enterpriseId) return;
  for (const { target, waits, use, before, after, writes } of r.changes) {
    const [write] = writes;
    if (waits !== true || use !== 'old' || isName({ target }) || write?.kind !== 'enterprise') continue;
    await putQuestion(tx, asked, {
      runId: facts.runId,
      ...{ enterpriseId, entity: enterprise.name, recordId: enterpriseId, field: target.split('.')[1] ?? '' },
      ...{ ours: before ?? '', theirs: after ?? '', patch: write.patch },
      ...{ fileName: facts.fileName, sheet: r.sheet.name, rowNumber: r.row.rowNumber },
    });
  }
}

/** Parts of the file that a sheet speaks of. */
const sectionsOf = (sheet: MatchedRow['sheet']): Set<string> =>
  new Set(
    sheet.columns.flatMap(({ target }) => (target ? [fileSectionOf(entityNamed(target.split('.')[0] ?? ''))] : [])),
  );

/** Notes that the list verified what it speaks of, once for each part of each enterprise (domain reference 8.2, 11). */
async function verifyRows(tx: Writer, matched: Matched, facts: RunFacts): Promise<void> {
  const done = new Set<string>();
  for (const r of matched.rows) {
    const enterpriseId = r.state?.own.id;
    if (!enterpriseId || r.result === 'rejected') continue;
    for (const section of sectionsOf(r.sheet)) {
      if (done.has(`${enterpriseId} ${section}`)) continue;
      done.add(`${enterpriseId} ${section}`);
      await tx.insert(sectionCheck, {
        enterpriseId,
        section: section as 'basic',
        date: facts.day,
        source: `名册 ${facts.fileName}`.slice(0, 100),
        changed: r.result !== 'unchanged',
        checkedAt: tx.now,
      });
    }
    await tx.breathe();
  }
}

/** What the run is told about itself. */
export interface RunFacts {
  runId: string;
  fileName: string;
  actor: string;
  clientKey: string;
  day: string;
  report: RunReport;
}

/** Writes the enterprise that a row is or changes. */
async function writeRow(tx: Writer, r: MatchedRow, real: RealIds, day: string): Promise<void> {
  if (!r.state) return;
  if (r.result === 'created') await create(tx, r.state, real, day);
  else if (r.changes.length > 0)
    await change(
      tx,
      r.state,
      r.changes.filter((c) => c.use === 'new').flatMap((c) => c.writes),
      real,
      day,
    );
}

/** Says where the row stands that could not be written, and which field stopped it. */
export function placed(
  error: unknown,
  { sheet, row }: { readonly sheet: { readonly name: string }; readonly row: { readonly rowNumber: number } },
): unknown {
  if (!(error instanceof StoreError) || error.code !== 'ROW_INVALID') return error;
  const { entity, field } = error.data as { entity?: string; field?: string };
  const kind = entity === undefined ? null : entityNamed(entity);
  const meta = kind && field !== undefined ? kind.fields[field] : undefined;
  const label = [kind === null ? '' : kind.label, meta ? metaOf(meta).label : (field ?? '')].join('的');
  return refused(
    `工作表“${sheet.name}”第 ${row.rowNumber} 行的${label}写不进去，整份没有导入。请在核对时补正或不勾选这一行，再确认导入`,
  );
}

/**
 * Writes everything. Throws whatever `check` throws: the action then leaves nothing behind.
 * @param tick called for every row with the number done; stops the work by throwing.
 */
export async function writeImport(
  tx: Writer,
  staged: Staged,
  matched: Matched,
  options: Options,
  facts: RunFacts,
  tick: (done: number) => void,
): Promise<void> {
  const real: RealIds = new Map();
  await makePlaces(tx, matched, real);
  const { totals } = facts.report;
  const asked = await Asked.load(tx.read);
  const run = await tx.insert(importRun, {
    id: facts.runId,
    fileName: wholeCharacters(facts.fileName, 200),
    fileSha256: staged.sha256,
    actionId: (await currentAction(tx.read)) ?? facts.runId,
    appliedAt: tx.now,
    actorName: wholeCharacters(facts.actor, 60),
    created: totals.created,
    updated: totals.updated,
    unchanged: totals.unchanged,
    rejected: totals.rejected,
    duplicates: totals.duplicates,
    reportJson: JSON.stringify(facts.report),
  });
  for (const [n, r] of matched.rows.entries()) {
    tick(n);
    try {
      await writeRow(tx, r, real, facts.day);
    } catch (error) {
      throw placed(error, r);
    }
    await tx.insert(importRow, {
      runId: run.id,
      sheet: wholeCharacters(r.sheet.name, 200) || '表',
      rowNumber: r.row.rowNumber,
      fingerprint: r.row.fingerprint,
      enterpriseId: r.state?.own.id ?? null,
      result: r.result,
      note: noteOf(r),
    });
    await askRow(tx, r, asked, facts);
    await tx.breathe();
  }
  if (options.verifies) await verifyRows(tx, matched, facts);
  await rememberMapping(tx, staged, options, facts);
}
