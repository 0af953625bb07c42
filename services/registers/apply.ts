// Writes a matched import inside one action: areas, enterprises with their records, the run and its rows.
import { area, grid } from '../../domain/areas/entities.ts';
import type { EntityDefinition, RowOf } from '../../domain/dictionary/entity.ts';
import { enterprise } from '../../domain/enterprises/entities.ts';
import { entityNamed } from '../../domain/entities.ts';
import { CHILD_ENTITIES, type EnterpriseState, type StateRow, type Write } from '../../domain/registers/enterprise-state.ts';
import { importMapping, importRow, importRun } from '../../domain/registers/entities.ts';
import { normaliseHeading } from '../../domain/values/text.ts';
import type { Writer } from '../../db/index.ts';
import { changeEnterprise, insertEnterprise } from '../enterprises/index.ts';
import { mendedCells } from './mend.ts';
import type { Matched, MatchedRow, Options } from './match.ts';
import type { RunReport } from './report.ts';
import type { Staged } from './staged.ts';

/** Ids of what the import makes, by the ids it had before. */
type RealIds = Map<string, string>;

const realValues = (values: Record<string, unknown>, real: RealIds): Record<string, unknown> => {
  const out: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(values)) out[field] = typeof value === 'string' ? real.get(value) ?? value : value;
  return out;
};

async function makePlaces(tx: Writer, matched: Matched, real: RealIds): Promise<void> {
  for (const a of matched.areas) {
    const row = await tx.insert(area, { level: a.level as 'town', name: a.name, parentId: a.parentId ? real.get(a.parentId) ?? a.parentId : null });
    real.set(a.id, row.id);
  }
  const used = new Set(matched.rows.flatMap((r) => (r.state ? [r.state.own.values.gridId] : [])));
  for (const [id, name] of matched.grids) if (used.has(id)) real.set(id, (await tx.insert(grid, { name })).id);
}

async function insertChild(tx: Writer, name: string, row: StateRow, enterpriseId: string): Promise<void> {
  const entity = entityNamed(name);
  const written = await tx.insert(entity, { ...row.values, id: undefined, enterpriseId } as never);
  row.id = (written as { id: string }).id;
}

async function create(tx: Writer, state: EnterpriseState, real: RealIds, day: string): Promise<string> {
  const row = await insertEnterprise(tx, realValues(state.own.values, real), day, 'import');
  state.own.id = row.id;
  for (const name of CHILD_ENTITIES) for (const child of state.children[name]) if (child.id === null) await insertChild(tx, name, child, row.id);
  return row.id;
}

/** Does the writes of a row's differences; the enterprise itself is changed once. */
async function change(tx: Writer, state: EnterpriseState, writes: readonly Write[], real: RealIds, day: string): Promise<void> {
  const id = state.own.id;
  if (id === null) return;
  const patch: Record<string, unknown> = {};
  const children = new Map<StateRow, { entity: EntityDefinition; patch: Record<string, unknown> }>();
  for (const write of writes) {
    if (write.kind === 'enterprise') Object.assign(patch, write.patch);
    else if (write.kind === 'insert') { if (write.row.id === null) await insertChild(tx, write.entity, write.row, id); }
    else children.set(write.row, { entity: entityNamed(write.entity), patch: { ...children.get(write.row)?.patch, ...write.patch } });
  }
  for (const [row, { entity, patch: values }] of children) if (row.id !== null) await tx.update(entity, row.id, values as never);
  if (Object.keys(patch).length === 0) return;
  const before = await tx.read.get(enterprise, id);
  if (before) await changeEnterprise(tx, before as RowOf<typeof enterprise>, realValues(patch, real), day, 'import');
}

/** What is kept of a row beside its result: the cells as they came, those without a field by heading, why, and what was doubtful. */
function noteOf(r: MatchedRow): string {
  const { unmapped } = r.row.content;
  return JSON.stringify({
    cells: r.row.cells, ...(r.row.mended && { mended: mendedCells(r.sheet, r.row) }), ...(Object.keys(unmapped).length > 0 && { unmapped }), ...(r.reason !== '' && { reason: r.reason }),
    ...(r.warnings.length > 0 && { warnings: r.warnings }), ...(r.duplicate && { duplicate: true }),
  }).slice(0, 2_000_000);
}

/** Keeps what a person chose for headings, for the next list of the same client. */
async function rememberMapping(tx: Writer, staged: Staged, options: Options, clientKey: string): Promise<void> {
  const sheets = staged.files.flatMap((f) => f.sheets);
  for (const choice of options.mapping) {
    const heading = normaliseHeading(sheets.find((s) => s.name === choice.sheet)?.columns.find((c) => c.index === choice.column)?.heading ?? '');
    if (heading === '') continue;
    const target = choice.target ?? NOT_IMPORTED;
    const known = await tx.read.first(importMapping, { clientKey, heading });
    if (!known) await tx.insert(importMapping, { clientKey, heading, target });
    else if (known.target !== target) await tx.update(importMapping, known.id, { target });
  }
}

/** Stands for "do not import" where a choice is remembered. */
export const NOT_IMPORTED = '-';

/** What the run is told about itself. */
export interface RunFacts { runId: string; fileName: string; actor: string; clientKey: string; day: string; report: RunReport }

/**
 * Writes everything. Throws whatever `check` throws: the action then leaves nothing behind.
 * @param tick called for every row with the number done; stops the work by throwing.
 */
export async function writeImport(
  tx: Writer, staged: Staged, matched: Matched, options: Options, facts: RunFacts, tick: (done: number) => void,
): Promise<void> {
  const real: RealIds = new Map();
  await makePlaces(tx, matched, real);
  const batch = await tx.read.sqlOne<{ batch: string }>('SELECT batch FROM sync_local');
  const { totals } = facts.report;
  const run = await tx.insert(importRun, {
    id: facts.runId, fileName: facts.fileName.slice(0, 200), fileSha256: staged.sha256, actionId: batch?.batch ?? facts.runId, state: 'applied', appliedAt: tx.now,
    actorName: facts.actor.slice(0, 60), created: totals.created, updated: totals.updated, unchanged: totals.unchanged, rejected: totals.rejected, duplicates: totals.duplicates,
    reportJson: JSON.stringify(facts.report),
  });
  for (const [n, r] of matched.rows.entries()) {
    tick(n);
    if (r.state) {
      if (r.result === 'created') await create(tx, r.state, real, facts.day);
      else if (r.result === 'updated') await change(tx, r.state, r.changes.filter((c) => c.use === 'new').flatMap((c) => c.writes), real, facts.day);
    }
    await tx.insert(importRow, {
      runId: run.id, sheet: r.sheet.name.slice(0, 200) || '表', rowNumber: r.row.rowNumber, fingerprint: r.row.fingerprint,
      enterpriseId: r.state?.own.id ?? null, result: r.result, note: noteOf(r),
    });
    await tx.breathe();
  }
  await rememberMapping(tx, staged, options, facts.clientKey);
}
