// What of the dictionary programs of different versions must agree on, and where a dictionary breaks with a released one.
import { canBeRoot, fieldsOf, FIRST_SCHEMA, type EntityDefinition } from '../../domain/dictionary/entity.ts';
import type { FieldMeta } from '../../domain/dictionary/field.ts';

/** A field as packages carry it. `max`: longest text; `ids`: choices. */
interface FrozenField {
  kind: string;
  required: boolean;
  level: string;
  target?: string;
  max?: number;
  ids?: readonly string[];
}

/** A kind as packages carry it. */
interface FrozenKind {
  shape: string;
  home: unknown;
  personal: boolean;
  fields: Record<string, FrozenField>;
}

/** The exchanged kinds of a release. `schema`: the highest number that it reads. */
export interface FrozenDictionary {
  schema: number;
  kinds: Record<string, FrozenKind>;
}

/** Content of the program is in no log and no package. */
const isExchanged = (entity: EntityDefinition): boolean => entity.scope === 'shared' && !entity.builtin;

const frozenField = (meta: FieldMeta): FrozenField => ({
  kind: meta.kind,
  required: meta.required === 'F',
  level: meta.level,
  ...(meta.target !== undefined && { target: meta.target }),
  ...(meta.max !== undefined && { max: meta.max }),
  ...(meta.vocabulary && { ids: [...meta.vocabulary.ids, ...Object.keys(meta.vocabulary.retired ?? {})] }),
});

const capturedOf = (entity: EntityDefinition): { name: string; meta: FieldMeta }[] =>
  fieldsOf(entity).filter((f) => !f.meta.derived);

/** The exchanged kinds with their captured fields. */
export function frozenDictionary(entities: readonly EntityDefinition[]): Record<string, FrozenKind> {
  return Object.fromEntries(
    entities.filter(isExchanged).map((e): [string, FrozenKind] => {
      const fields = Object.fromEntries(capturedOf(e).map((f) => [f.name, frozenField(f.meta)]));
      return [e.name, { shape: e.shape, home: e.home, personal: e.personal, fields }];
    }),
  );
}

/** Where a dictionary breaks with a released one: what a program of that release would call bad content, or show otherwise. */
export function breaksWith(released: FrozenDictionary, entities: readonly EntityDefinition[]): string[] {
  const now = new Map(entities.filter(isExchanged).map((e) => [e.name, e]));
  const gone = Object.keys(released.kinds).filter((name) => !now.has(name));
  return [
    ...gone.map((name) => `${name} is gone`),
    ...[...now.values()].flatMap((entity) => {
      const kind = released.kinds[entity.name];
      if (!kind) return entity.facets.since > released.schema ? [] : [`${entity.name} is new and has no since`];
      return changesOf(entity, kind, released.schema).map((what) => `${entity.name}${what}`);
    }),
  ];
}

function changesOf(entity: EntityDefinition, kind: FrozenKind, schema: number): string[] {
  const faults: string[] = [];
  const differs = (was: unknown, is: unknown): boolean => JSON.stringify(was) !== JSON.stringify(is);
  if (entity.facets.since > schema) faults.push(' was released before its since');
  for (const key of ['shape', 'home', 'personal'] as const)
    if (differs(kind[key], entity[key])) faults.push(` has another ${key}`);
  const fields = new Map(capturedOf(entity).map((f) => [f.name, f.meta]));
  for (const name of Object.keys(kind.fields)) if (!fields.has(name)) faults.push(`.${name} is gone`);
  for (const [name, meta] of fields) {
    const was = kind.fields[name];
    if (!was) {
      if ((meta.since ?? 0) <= schema) faults.push(`.${name} is new and has no since`);
      // Rows made before it, and by older programs, say nothing of it.
      if (meta.required === 'F' && meta.initial === undefined) faults.push(`.${name} is new and can't be empty`);
      continue;
    }
    if ((meta.since ?? 0) > schema) faults.push(`.${name} was released before its since`);
    const { ids: before = [], ...rest } = was;
    const { ids: after = [], ...plain } = frozenField(meta);
    if (differs(rest, plain)) faults.push(`.${name} was ${JSON.stringify(rest)}, is ${JSON.stringify(plain)}`);
    faults.push(...before.filter((id) => !after.includes(id)).map((id) => `.${name} no longer has ${id}`));
    const since = (meta.vocabulary?.since ?? {}) as Readonly<Record<string, number | undefined>>;
    const late = after.filter((id) => !before.includes(id) && (since[id] ?? 0) <= schema);
    faults.push(...late.map((id) => `.${name} has the new ${id} without since`));
  }
  return faults;
}

/** Where a dictionary can't be cut by area as its kinds say. */
export function travelFaults(entities: readonly EntityDefinition[]): string[] {
  const byName = new Map(entities.map((e) => [e.name, e]));
  return entities.filter(isExchanged).flatMap((e) => {
    const fields = fieldsOf(e);
    const targets = new Set(fields.map((f) => f.meta.target));
    const faults: string[] = [];
    if (e.facets.since < FIRST_SCHEMA) faults.push('has no since');
    if (e.home === 'g' && e.facets.travels !== 'always') faults.push('is sent to all and says otherwise');
    // Whatever everybody receives would lead everybody to rows that only some receive.
    if (e.home === 'g' && fields.some((f) => f.meta.target && byName.get(f.meta.target)?.home !== 'g'))
      faults.push('is sent to all and refers to what is not');
    const areas = entities.filter(
      (part) =>
        part === e || (part.parent && fieldsOf(part).find((f) => f.name === part.parent)?.meta.target === e.name),
    );
    if (
      canBeRoot(e) &&
      e.facets.travels === 'area' &&
      !areas.some((of) => fieldsOf(of).some((f) => f.meta.target === 'area'))
    )
      faults.push('travels by area and has none');
    if (canBeRoot(e) && e.facets.travels === 'project' && !targets.has('serviceProject'))
      faults.push('travels with its project and has none');
    if (canBeRoot(e) && e.facets.travels === 'never') faults.push('is exchanged and never travels');
    const first =
      typeof e.home === 'object'
        ? fields.find((f) => f.name === (e.home as { follow: readonly string[] }).follow[0])
        : null;
    if (first && targets.has('enterprise') && first.meta.target !== 'enterprise')
      faults.push('has an enterprise and follows something else first');
    return faults.map((what) => `${e.name} ${what}`);
  });
}
