// The duties of enterprises, and when what is to be measured is due: found anew when the file that they follow from changes.
import { appliesOn } from '../../domain/duties/applies.ts';
import { dutyDone, dutyRule, openDuty } from '../../domain/duties/entities.ts';
import { scheduleOf } from '../../domain/duties/schedule.ts';
import { isToldElsewhere } from '../../domain/duties/told.ts';
import type { EntityDefinition } from '../../domain/dictionary/entity.ts';
import { entityNamed, ownerOf } from '../../domain/entities.ts';
import { enterprise, sectionCheck } from '../../domain/enterprises/entities.ts';
import { monitoringPlan } from '../../domain/monitoring/entities.ts';
import { nextMeasurement, type PlanFacts, type ResultFacts } from '../../domain/monitoring/compliance.ts';
import { localDay } from '../../domain/values/clock.ts';
import { naturalId, tableOf, type Touched, type Writer } from '../../db/index.ts';
import {
  DICTIONARY,
  kindsRead,
  loadedDuties,
  readFiles,
  wayHome,
  type LoadedDuty,
  type ReadFile,
} from '../duties/index.ts';
import { writeDerived, type DerivedRow } from './derived-rows.ts';
import { addOwners, portionsOf } from './portions.ts';

/** The duties that an enterprise has for certain. */
function dutiesOf(rules: readonly LoadedDuty[], file: ReadFile): DerivedRow[] {
  return rules.flatMap((rule) => {
    if (appliesOn(DICTIONARY, rule, file, file.today).applies !== true) return [];
    const { next, last } = scheduleOf(DICTIONARY, rule, file, file.proofsOf(rule.id));
    return [
      {
        id: naturalId(openDuty, file.id, rule.id),
        enterpriseId: file.id,
        ruleId: rule.id,
        dueDate: next?.day ?? null,
        opensDate: next?.opens ?? null,
        lastDate: last,
        subject: next?.subject ?? null,
        isToldElsewhere: isToldElsewhere(rule.code, next),
      },
    ];
  });
}

/** Writes until when each plan of a file is to be measured next. */
async function writePlans(tx: Writer, rules: readonly LoadedDuty[], file: ReadFile): Promise<void> {
  const byPlan = rules.find((rule) => rule.due.kind === 'per_plan');
  const explained = new Set((byPlan ? file.proofsOf(byPlan.id) : []).flatMap((proof) => proof.dueDate ?? []));
  const results = file.rowsOf(entityNamed('monitoringRecord')) as unknown as ResultFacts[];
  for (const row of file.rowsOf(monitoringPlan as EntityDefinition)) {
    const next = nextMeasurement(row as unknown as PlanFacts, results, file.today, explained);
    if (next !== row.nextDueDate) await tx.derive(monitoringPlan, String(row.id), { nextDueDate: next });
  }
}

/** Enterprises whose duties an action may have changed. */
async function staleOf(tx: Writer, touched: Touched, kinds: Iterable<EntityDefinition>): Promise<Set<string>> {
  const ids = new Set(touched.get(enterprise.name) ?? []);
  if (touched.has(dutyRule.name))
    for (const row of await tx.read.sql<{ id: string }>(`SELECT id FROM "${tableOf(enterprise)}"`)) ids.add(row.id);
  for (const kind of new Set([...kinds, dutyDone as EntityDefinition, sectionCheck as EntityDefinition])) {
    const rows = touched.get(kind.name);
    if (!rows || kind.name === enterprise.name) continue;
    const way = wayHome(kind);
    if (way) await addOwners(tx, ids, kind, way, rows);
    else await addByOwner(tx, ids, kind, rows);
  }
  ids.delete('');
  return ids;
}

/** Of rows that hang on a row of the file, as limits on outlets. */
async function addByOwner(tx: Writer, ids: Set<string>, kind: EntityDefinition, rows: Iterable<string>): Promise<void> {
  const owner = ownerOf(kind);
  const up = owner ? wayHome(entityNamed(owner)) : null;
  if (!owner || !up || !kind.parent) return;
  const owners = new Set<string>();
  await addOwners(tx, owners, kind, kind.parent, rows);
  await addOwners(tx, ids, entityNamed(owner), up, owners);
}

/** Finds the duties anew of the files that an action touched. */
export async function settleDuties(tx: Writer, touched: Touched): Promise<void> {
  if (touched.size === 0) return;
  const rules = await loadedDuties(tx.read);
  const today = localDay(tx.now);
  for await (const part of portionsOf(tx, await staleOf(tx, touched, kindsRead(rules)))) {
    const files = await readFiles(tx.read, rules, part, today);
    await writeDerived(
      tx,
      openDuty,
      part,
      files.flatMap((file) => dutiesOf(rules, file)),
    );
    for (const file of files) await writePlans(tx, rules, file);
  }
}
