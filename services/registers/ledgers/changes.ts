// What a row of a ledger does, value by value, for the person who looks at it before it is written.
import { fieldsOf, type EntityDefinition } from '../../../domain/dictionary/entity.ts';
import { entityNamed } from '../../../domain/entities.ts';
import { empty } from '../../../domain/registers/differences.ts';
import { displayValue } from '../../../domain/registers/display.ts';
import type { EnterpriseState, Write } from '../../../domain/registers/enterprise-state.ts';
import { SUBJECT } from '../../../domain/registers/kinds.ts';
import type { RecordOutcome } from '../../../domain/registers/ledgers/plan.ts';
import type { PreviewRow } from '../../../contract/registers.ts';

/** A value that a row brings. */
export type LedgerChange = PreviewRow['changes'][number];

const NAMES = new Map<string, string>();

const labelIn = (entity: EntityDefinition, label: string): string =>
  entity === SUBJECT ? label : `${entity.label}：${label}`;

/** Values of a record that people know: what refers to others, and what goes along with a value, says them nothing. */
function valuesIn(
  entity: EntityDefinition,
  after: Readonly<Record<string, unknown>>,
  before: Readonly<Record<string, unknown>>,
): LedgerChange[] {
  return fieldsOf(entity)
    .filter(({ name, meta }) => name in after && meta.kind !== 'reference' && !name.endsWith('Precision'))
    .map(({ name, meta }) => ({
      target: `${entity.name}.${name}`,
      label: labelIn(entity, meta.label),
      before: empty(before[name]) ? null : displayValue(meta, before[name], NAMES),
      after: empty(after[name]) ? null : displayValue(meta, after[name], NAMES),
      ...{ use: 'new' as const, note: '', waits: false, fixed: true },
    }))
    .filter((change) => change.before !== change.after);
}

function written(write: Write, state: EnterpriseState): LedgerChange[] {
  if (write.kind === 'enterprise') return valuesIn(SUBJECT, write.patch, state.own.values);
  const entity = entityNamed(write.entity);
  return write.kind === 'insert'
    ? valuesIn(entity, write.row.values, {})
    : valuesIn(entity, write.patch, write.row.values);
}

/** What an outcome does to the state before it is done: values that are filled in, and those that wait or were taken instead. */
export function changesOf(
  outcome: RecordOutcome,
  asked: RecordOutcome['questions'],
  state: EnterpriseState,
): LedgerChange[] {
  const waiting = asked.map((question): LedgerChange => {
    const waits = outcome.questions.includes(question);
    return {
      target: `${question.entity}.${question.field}`,
      label: labelIn(entityNamed(question.entity), question.label),
      before: question.ours,
      after: question.theirs,
      ...{ use: waits ? 'old' : 'new', note: waits ? '与别处所给不同，先不改' : '', waits: true, fixed: false },
    };
  });
  const choice = new Set(waiting.map(({ target }) => target));
  const filled = outcome.writes.flatMap((write) => written(write, state)).filter(({ target }) => !choice.has(target));
  return [...filled, ...waiting];
}
