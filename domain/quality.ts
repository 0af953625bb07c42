// All checks of data quality: those that kinds define, and those that follow from their fields.
import { fieldsOf, writableFields, type EntityDefinition } from './dictionary/entity.ts';
import type { FieldCondition, Filter } from './dictionary/filter.ts';
import { QUALITY_TOPICS, textIn, type Proposal, type QualityCheck, type QualityRow } from './dictionary/quality.ts';
import { ENTITIES } from './entities.ts';

/** No paper of an enterprise is older. */
const FIRST_DAY = '1900-01-01';

/** Kinds whose rows people enter or bring in. */
const isEntered = (entity: EntityDefinition): boolean =>
  entity.scope === 'shared' && entity.facets.write !== 'content' && entity.facets.travels !== 'never';

/** Days of a kind that people enter. */
const daysOf = (entity: EntityDefinition) => writableFields(entity).filter(({ meta }) => meta.kind === 'day');

/** Pairs of days that can't stand in the other order. */
const pairsOf = (entity: EntityDefinition) => entity.checks.flatMap(({ days, run }) => (days ? [{ days, run }] : []));

/** Where a row is shown that is part of another: the way to its parent. */
const parentOf = (entity: EntityDefinition): string[] => (entity.parent ? [entity.parent] : []);

/** What is impossible about the days of a row, in words. */
function dayFaults(entity: EntityDefinition, row: QualityRow, today: string): string {
  const single = daysOf(entity).flatMap(({ name, meta }) => {
    const day = textIn(row, name);
    if (day === '') return [];
    if (day < FIRST_DAY) return [`${meta.label} ${day} 早得不可能`];
    return meta.happened && day > today ? [`${meta.label} ${day} 还没有到`] : [];
  });
  const pairs = pairsOf(entity).flatMap(({ run }) => run(row as never) ?? []);
  return [...single, ...pairs].join('；');
}

/** The two days of a pair in the other order: mostly they were entered so by mistake. */
function turned(entity: EntityDefinition, row: QualityRow): Proposal | null {
  const pair = pairsOf(entity).find(({ run }) => run(row as never) !== null);
  if (!pair) return null;
  const [from, to] = pair.days;
  return { values: { [from]: row[to] ?? null, [to]: row[from] ?? null }, reason: '起止填反了，对调' };
}

/** Impossible days of a kind: to come although it has happened, before all papers, the end before the beginning. */
function daysCheck(entity: EntityDefinition): QualityCheck[] {
  const days = daysOf(entity);
  if (!isEntered(entity) || days.length === 0) return [];
  const pairs = pairsOf(entity);
  const faults: FieldCondition[] = days.flatMap(({ name, meta }) => [
    { field: name, op: 'lt', value: FIRST_DAY } as const,
    ...(meta.happened ? [{ field: name, op: 'gt', value: { today: 0 } } as const] : []),
  ]);
  const any: Filter[] = [
    ...faults.map((fault) => [fault]),
    ...pairs.map(({ days: [from, to] }) => [{ field: to, op: 'lt', value: { field: from } } as const]),
  ];
  const mendable = Array.isArray(entity.facets.write) ? entity.name === 'enterprise' : entity.facets.write === 'plain';
  return [
    {
      id: `${entity.name}.days`,
      of: entity.name,
      topic: 'days',
      label: `${entity.label}的日期`,
      why: '发生过的事日期在今天之后，或止日早于起日：到期提醒和统计会算错',
      todo: '对照原件改正；起止填反的采用建议',
      where: [{ any }],
      shows: [...parentOf(entity), ...days.map(({ name }) => name)],
      says: (row, { today }) => dayFaults(entity, row, today),
      ...(mendable && pairs.length > 0 && { propose: (row: QualityRow) => turned(entity, row) }),
    },
  ];
}

/** Hints of the trade that nobody has seen at the place yet. */
function unseenCheck(entity: EntityDefinition): QualityCheck[] {
  const { unseen } = entity;
  if (unseen === null) return [];
  const told = fieldsOf(entity).find(({ name }) => name === entity.title);
  return [
    {
      id: `${entity.name}.unseen`,
      of: entity.name,
      topic: 'guesses',
      label: `待现场核实的${entity.label}`,
      why: '按行业提示收进的，还不是事实：不进统计、义务和完整度',
      todo: '到现场看过：有的去掉“待现场核实”，没有的移除',
      where: [{ field: unseen, op: 'eq', value: true }],
      shows: [...parentOf(entity), ...(told ? [] : [unseen])],
    },
  ];
}

const ORDER: readonly string[] = QUALITY_TOPICS.ids;

/** Every check, by topic in the order of the page. */
export const QUALITY_CHECKS: readonly QualityCheck[] = ENTITIES.flatMap((entity) => [
  ...entity.quality,
  ...daysCheck(entity),
  ...unseenCheck(entity),
]).sort((a, b) => ORDER.indexOf(a.topic) - ORDER.indexOf(b.topic));

const byId = new Map(QUALITY_CHECKS.map((check) => [check.id, check]));

/** The check of that id; null where there is none (ids arrive from outside). */
export const qualityCheck = (id: string): QualityCheck | null => byId.get(id) ?? null;
