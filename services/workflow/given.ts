// What a person gives with an event, held against the fields that it asks for.
import { asksOf, isAsked, type AnyEvent, type EventValues, type Missing } from '../../domain/dictionary/workflow.ts';
import { metaOf } from '../../domain/dictionary/field.ts';
import { entityNamed } from '../../domain/entities.ts';
import type { KindWithWorkflow } from '../../domain/workflows.ts';
import type { Values } from '../../contract/shared.ts';
import { refused } from '../errors.ts';
import { checkValues } from '../records/index.ts';

const trimmed = (value: Values[string]): Values[string] => (typeof value === 'string' ? value.trim() || null : value);

/**
 * Values of an event as they are stored: trimmed, those that do not apply left out, a day that was left out today.
 * @throws REFUSED for a value that the event does not ask for, or that its field can't hold
 */
export function readGiven(kind: KindWithWorkflow, event: AnyEvent, values: Values, today: string): EventValues {
  const asks = asksOf(kind.workflow, event);
  const known = new Set([...asks.map((ask) => ask.field), ...(event.reason === undefined ? [] : ['reason'])]);
  const labels = asks.map((ask) => `${ask.field}（${labelOfAsk(ask)}）`);
  const strange = Object.keys(values).filter((name) => !known.has(name));
  if (strange.length > 0) {
    const wanted = [...labels, ...(event.reason === undefined ? [] : ['reason（原因）'])].join('、') || '无';
    const sentence = `“${event.label}”不填 ${strange.join('、')}；要填的是：${wanted}`;
    throw refused(sentence, [{ code: 'UNKNOWN_FIELD', sentence }]);
  }
  const all: Record<string, Values[string]> = {};
  for (const name of known) if (name in values) all[name] = trimmed(values[name] as Values[string]);
  const given: Record<string, Values[string]> = {};
  for (const name of Object.keys(all))
    if (asks.every((ask) => ask.field !== name || isAsked(ask, all))) given[name] = all[name] as Values[string];
  for (const ask of asks) if (ask.initial === 'today') given[ask.field] ??= today;
  const problems = asks.flatMap((ask) => problemOf(ask, given[ask.field], today));
  if (problems.length > 0) throw refused(problems.map((p) => p.sentence).join('；'), problems);
  return given;
}

/** Label of a field that is asked for. */
function labelOfAsk(ask: { field: string; of: string; label?: string }): string {
  const schema = entityNamed(ask.of).fields[ask.field];
  return ask.label ?? (schema ? metaOf(schema).label : ask.field);
}

function problemOf(
  ask: { field: string; of: string; choices?: readonly string[]; label?: string },
  value: Values[string] | undefined,
  today: string,
): Missing[] {
  if (value === undefined || value === null) return [];
  const found = checkValues(entityNamed(ask.of), { [ask.field]: value }, today).find(
    (p) => p.field === ask.field && p.severity === 'error' && p.code !== 'REQUIRED',
  );
  if (found) return [{ code: found.code, sentence: found.sentence }];
  if (ask.choices && !ask.choices.includes(String(value)))
    return [{ code: 'FORMAT', sentence: `${labelOfAsk(ask)}请从列出的选项里选` }];
  return [];
}
