// Every kind states or declines each facet, and what it states exists: a facet that names nothing would leave its place empty silently.
import { expect, test } from 'vitest';
import { ATTACHMENT_KINDS } from '../../domain/attachments/entities.ts';
import type { EntityDefinition } from '../../domain/dictionary/entity.ts';
import { metaOf } from '../../domain/dictionary/field.ts';
import { fillTemplate, templatePaths } from '../../domain/dictionary/template.ts';
import { DOSSIER_SECTIONS } from '../../domain/enterprises/dossier-sections.ts';
import { FILE_TABS } from '../../domain/enterprises/file-tabs.ts';
import { OBJECT_KINDS } from '../../domain/enterprises/vocabulary.ts';
import { ENTITIES, entityNamed, hasEntity, TODAY_RULES } from '../../domain/entities.ts';
import { daysOf, putOff, restOfRule, rowToken, RULE_DAY, wordsOfRule } from '../../domain/dictionary/today.ts';
import { filterFault, pathEnd } from '../../domain/lists.ts';

/** Why a path leads nowhere, or null. A step is a field, or the name of a set of the kind. */
function lostPath(entity: EntityDefinition, path: string): string | null {
  const [step = '', ...rest] = path.split('.');
  if (step === 'id' || step === 'createdAt')
    return rest.length === 0 ? null : `${path}: nothing is reached through ${step}`;
  const set = hasEntity(step) ? entityNamed(step) : null;
  const partOf = set && set.parent && metaOf(set.fields[set.parent]!).target === entity.name;
  if (set && partOf) return rest.length > 0 ? lostPath(set, rest.join('.')) : `${path} ends at a set`;
  const field = entity.fields[step];
  if (!field) return `${entity.name} has no field ${step}`;
  if (rest.length === 0) return null;
  const { target } = metaOf(field);
  return target ? lostPath(entityNamed(target), rest.join('.')) : `${entity.name}.${step} refers to nothing`;
}

const ids = (list: readonly { id: string }[]): string[] => list.map((one) => one.id);

/** Every path that the facets of a kind name. */
function pathsOf({ facets: f, earlier, offer }: EntityDefinition): string[] {
  const { timeline: t, dossier: d, search: s } = f;
  return [
    ...earlier.flatMap((rule) => [rule.field, ...rule.same, rule.day, rule.after]),
    ...(offer
      ? [...templatePaths(offer.detail), ...(offer.order ? [offer.order] : []), ...Object.keys(offer.only ?? {})]
      : []),
    ...(typeof f.file?.count === 'string' ? [f.file.count] : []),
    ...(t ? [t.day, t.enterprise, ...[t.title, t.detail, t.who].flatMap(templatePaths)] : []),
    ...(t?.once ? [t.once] : []),
    ...(t?.at ? [t.at] : []),
    ...(t?.opens ? [t.opens] : []),
    ...(t && typeof t.glyph === 'object' ? [t.glyph.field] : []),
    ...Object.keys({ ...t?.unless, ...d?.unless }),
    ...(d?.columns?.flatMap((column) => ('path' in column ? [column.path, ...templatePaths(column.text ?? '')] : [])) ??
      []),
    ...(d?.skip ?? []),
    ...(d?.by ? [d.by] : []),
    ...(f.register?.find ?? []),
    ...(s ? [...s.spelled, ...s.words] : []),
    ...(s && 'title' in s ? [s.title, s.detail, s.tail].flatMap(templatePaths) : []),
    ...(s && 'parent' in s && s.parent ? [s.parent] : []),
    ...(s && 'owner' in s ? [s.owner] : []),
    ...(f.page && 'within' in f.page ? [f.page.within] : []),
  ];
}

test.each(ENTITIES.map((entity) => [entity.name, entity] as const))('%s states or declines each facet', (_, entity) => {
  const { facets } = entity;
  expect(Object.keys(facets).sort()).toEqual([
    'attach',
    'dossier',
    'file',
    'page',
    'register',
    'search',
    'since',
    'timeline',
    'travels',
    'write',
  ]);
  expect(pathsOf(entity).flatMap((path) => lostPath(entity, path) ?? [])).toEqual([]);
  if (facets.file) expect(ids(FILE_TABS)).toContain(facets.file.tab);
  for (const kind of facets.file?.objectKinds ?? []) expect(OBJECT_KINDS.ids).toContain(kind);
  for (const column of facets.dossier?.columns ?? []) if ('count' in column) expect(hasEntity(column.count)).toBe(true);
  if (facets.dossier) expect(ids(DOSSIER_SECTIONS)).toContain(facets.dossier.section);
  for (const kind of facets.attach ?? []) expect(ATTACHMENT_KINDS.ids).toContain(kind);
  expect(facets.since).toBeGreaterThan(0);
  // Built-in content is loaded, never written; what is not exchanged does not travel.
  expect(facets.write === 'content').toBe(entity.builtin);
  if (entity.builtin || entity.scope !== 'shared') expect(facets.travels).toBe('never');
});

test.each([...TODAY_RULES.values()].map((rule) => [rule.id, rule] as const))(
  'the rule %s of Today names only what its kind has, and is in words',
  (_, rule) => {
    const cases = [...Object.values(wordsOfRule(rule)).flat(), ...restOfRule(rule)];
    const named = cases.flatMap(({ is }) => templatePaths(is)).map((token) => rowToken(token).path);
    const paths = [
      ...daysOf(rule),
      ...named,
      rule.enterprise,
      rule.owner,
      rule.then,
      rule.who,
      rule.status,
      rule.opens,
    ];
    const lost = paths.filter((path) => path && path !== RULE_DAY && !pathEnd(rule.of, path));
    expect(lost).toEqual([]);
    const filters = [rule.where, [putOff(rule)], ...cases.flatMap(({ when }) => (when ? [when] : []))];
    expect(filters.flatMap((filter) => filterFault(rule.of, filter) ?? [])).toEqual([]);
    expect(entityNamed(rule.of).today).toContain(rule);
    expect(rule.title && rule.rule).toBeTruthy();
  },
);

test('two kinds never claim the same place of the file, of the dossier or of search', () => {
  const places = (of: (e: EntityDefinition) => string | null) => ENTITIES.flatMap((e) => of(e) ?? []);
  const files = places((e) =>
    e.facets.file && !e.facets.file.objectKinds ? `${e.facets.file.tab}/${e.facets.file.order}` : null,
  );
  expect(new Set(files).size).toBe(files.length);
  const prints = places((e) =>
    e.facets.dossier && !e.facets.file?.objectKinds ? `${e.facets.dossier.section}/${e.facets.dossier.order}` : null,
  );
  expect(new Set(prints).size).toBe(prints.length);
  const hits = places((e) => (e.facets.search && 'order' in e.facets.search ? String(e.facets.search.order) : null));
  expect(new Set(hits).size).toBe(hits.length);
});

test('a template takes the first of its fields that says something', () => {
  const words = (given: Record<string, string>) => (path: string) => given[path] ?? '';
  expect(fillTemplate('现场检查：{outcome|进行中}', words({}))).toBe('现场检查：进行中');
  expect(fillTemplate('现场检查：{outcome|进行中}', words({ outcome: '完成' }))).toBe('现场检查：完成');
  expect(fillTemplate('{shortName|{signName}} {creditCode}', words({ signName: '阿二汽修' }))).toBe('阿二汽修');
  expect(templatePaths('{a|{b|{c.d}}} {e}')).toEqual(['a', 'b', 'c.d', 'e']);
  expect(() => templatePaths('{a')).toThrow('open brace');
});
