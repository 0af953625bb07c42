// Which fields a register can fill: walked from the dictionary, so that no heading is written down twice.
import { area, AREA_LEVELS } from '../areas/entities.ts';
import { writableFields, type EntityDefinition } from '../dictionary/entity.ts';
import { metaOf, type FieldMeta } from '../dictionary/field.ts';
import { normaliseHeading } from '../values/text.ts';
import { fieldOf, LEDGER_KINDS, REGISTER_KINDS, registerKind, SUBJECT, type RegisterKind } from './kinds.ts';

/** A field that a column can be mapped to. */
export interface Target {
  /** `entity.field`, e.g. `enterprise.name`. */
  readonly key: string;
  readonly entity: string;
  readonly field: string;
  readonly label: string;
  readonly definition: EntityDefinition;
  /** Label of the entity: the group it is offered under. */
  readonly group: string;
  readonly meta: FieldMeta;
  /** Normalised headings of the dictionary. */
  readonly headings: readonly string[];
}

function importable(entity: EntityDefinition, name: string, meta: FieldMeta): boolean {
  if (meta.cell === 'own' || meta.kind === 'instant') return false;
  if (name.endsWith('Precision') || name === entity.parent || name === 'seq') return false;
  // A cell may name a row instead of a value where the field has headings: it is looked up, or made with the import.
  return meta.kind !== 'reference' || (entity === SUBJECT && meta.headings !== undefined);
}

const toTarget = (entity: EntityDefinition, name: string, meta: FieldMeta, headings = meta.headings): Target => ({
  key: `${entity.name}.${name}`,
  entity: entity.name,
  field: name,
  label: meta.label,
  definition: entity,
  group: entity.label,
  meta,
  headings: (headings ?? []).map(normaliseHeading),
});

const fieldsFor = (entity: EntityDefinition, more: Readonly<Record<string, readonly string[]>> = {}): Target[] =>
  writableFields(entity)
    .filter((f) => importable(entity, f.name, f.meta))
    .map(({ name, meta }) => toTarget(entity, name, meta, [...(meta.headings ?? []), ...(more[name] ?? [])]));

const FIELDS: readonly Target[] = [SUBJECT, ...REGISTER_KINDS.map((kind) => kind.entity)].flatMap((entity) =>
  fieldsFor(entity),
);

/** Fields that only ledgers fill: words for other records of the enterprise, and what the program works out by itself. */
function ledgerFields({ entity, facet, parent, within }: RegisterKind): Target[] {
  const links = writableFields(entity).filter(
    ({ name, meta }) => meta.kind === 'reference' && name !== parent && meta.headings !== undefined,
  );
  const claims = [...(facet.ledger?.agrees ?? []), ...(facet.ledger?.steps ?? [])];
  const filled = new Set(writableFields(entity).map(({ name }) => name));
  const worked = claims.filter((name) => !filled.has(name)).map((name) => ({ name, meta: fieldOf(entity, name) }));
  const holder = within === null ? null : registerKind(within);
  const key = holder === null ? null : fieldOf(holder.entity, holder.facet.find[0] ?? '');
  const between = fieldOf(entity, parent);
  return [
    ...links.map(({ name, meta }) => toTarget(entity, name, meta)),
    ...worked.flatMap(({ name, meta }) => (meta ? [toTarget(entity, name, meta)] : [])),
    // The record between is named by what tells it.
    ...(key && between ? [toTarget(entity, parent, between, [key.label, ...(key.headings ?? [])])] : []),
  ];
}

/** Is no column a field's own: it takes words of a reference that names nothing on file, or the program numbers it? */
const isKeptFree = ({ facet }: RegisterKind, { field, meta }: Target): boolean =>
  meta.numbered === true || Object.values(facet.ledger?.unlinked ?? {}).includes(field);

/** All fields that a ledger can fill beside those of the enterprise itself. */
export const LEDGER_TARGETS: readonly Target[] = LEDGER_KINDS.flatMap((kind) => [
  ...fieldsFor(kind.entity, kind.facet.ledger?.headings).filter((target) => !isKeptFree(kind, target)),
  ...ledgerFields(kind),
]);

const BETWEEN_META = metaOf(area.fields.parentId);

/** The level between town and village, which an enterprise does not name: a register's 片区 says in what its village lies. */
export const BETWEEN: Target = {
  key: 'area.parentId',
  entity: area.name,
  field: 'parentId',
  label: AREA_LEVELS.labels.sector,
  definition: area as unknown as EntityDefinition,
  group: area.label,
  meta: BETWEEN_META,
  headings: (BETWEEN_META.headings ?? []).map(normaliseHeading),
};

/** All targets, enterprise first. */
export const TARGETS: readonly Target[] = [...FIELDS, BETWEEN];

const byKey = new Map([...LEDGER_TARGETS, ...TARGETS].map((t) => [t.key, t]));

/** The target of that key, or null. */
export const targetOf = (key: string): Target | null => byKey.get(key) ?? null;

/** Headings of columns that only count rows. */
const IGNORED = new Set(['序号', '编号', 'NO', 'NO.', '#', '行号', '序', 'ID', '顺序号', '№'].map(normaliseHeading));

/** Is this the heading of a column that only counts rows? */
export const isIgnoredHeading = (heading: string): boolean => IGNORED.has(heading.replace(/\.$/u, ''));

/** Does the label say by itself whose it is? That of a part does not when it is as short as 姓名 or 依据. */
const speaks = (target: Target): boolean => target.definition === SUBJECT || [...target.label].length >= 3;

/** Labels by their normal form; those that two kinds share are told apart by the columns beside them. */
function exactIndex(): { known: Map<string, Target>; shared: Map<string, Target[]> } {
  const found = new Map<string, Set<Target>>();
  const synonyms = new Set(TARGETS.flatMap((t) => t.headings));
  const short = new Map<string, Target[]>();
  const put = (text: string, target: Target): void => {
    const key = normaliseHeading(text);
    found.set(key, (found.get(key) ?? new Set()).add(target));
  };
  for (const target of TARGETS) {
    const own = normaliseHeading(target.label);
    // A label that is a heading of another field says nothing: the heading decides.
    if (speaks(target) && (!synonyms.has(own) || target.headings.includes(own))) put(target.label, target);
    else if (!synonyms.has(own)) short.set(own, [...(short.get(own) ?? []), target]);
    put(`${target.group}${target.label}`, target);
  }
  const known = new Map<string, Target>();
  const shared = new Map<string, Target[]>();
  for (const [key, targets] of found) {
    const [only, ...others] = targets;
    if (only && others.length === 0) known.set(key, only);
    else if (!synonyms.has(key)) shared.set(key, [...targets]);
  }
  // 姓名 and 职务 mean something only beside other columns of their kind.
  for (const [key, targets] of short) if (!known.has(key)) shared.set(key, [...(shared.get(key) ?? []), ...targets]);
  return { known, shared };
}

const { known: EXACT, shared: SHARED } = exactIndex();

/** 审批时间 for 审批日期: registers do not tell the two apart. */
const inOtherWords = (heading: string): string | null =>
  heading.endsWith('时间')
    ? `${heading.slice(0, -2)}日期`
    : heading.endsWith('日期')
      ? `${heading.slice(0, -2)}时间`
      : null;

/** Fields of several kinds that a heading in its normal form may be the label of: 备案日期 of a project, or of a plan. */
export const sharedTargets = (heading: string): readonly Target[] =>
  SHARED.get(heading) ?? SHARED.get(inOtherWords(heading) ?? '') ?? [];

const SYNONYM = new Map(TARGETS.flatMap((t) => t.headings.map((h) => [h, t] as const)).reverse());
/** Headings long enough to be looked for inside another: one character, or two Latin letters, is found everywhere. */
const INSIDE = [...new Map([...SYNONYM, ...EXACT])].filter(
  // 片区长 and 片区电话 are no 片区.
  ([h, target]) => [...h].length >= 2 && /\p{Script=Han}/u.test(h) && target !== BETWEEN,
);

/** The target that a normalised heading is the label or a listed heading of. */
export function headingTarget(heading: string): { target: Target; how: 'exact' | 'synonym' } | null {
  const exact = EXACT.get(heading);
  if (exact) return { target: exact, how: 'exact' };
  const other = inOtherWords(heading) ?? heading;
  const synonym = SYNONYM.get(heading) ?? SYNONYM.get(other) ?? EXACT.get(other);
  return synonym ? { target: synonym, how: 'synonym' } : null;
}

/** Words of a paper that many papers have: its number, its day, until when it holds. */
const OF_A_PAPER = /许可|证|备案|批复|审批|核准|文号|编号|有效期|登记|日期|时间/u;
/** Papers that no field is for: 排水许可证编号 is not the number of 排污许可, 消防备案号 not that of an environmental project. */
const OTHER_PAPER = new RegExp(
  '排水|取水|辐射|放射|消防|安全|安评|食品|卫生|营业执照|经营许可|危化|危险化学|药品|特种|运输|采矿|矿山|规划|用地|土地|' +
    '施工|医疗机构|执业|生产许可|工业产品|进出口|海关|职业|职评|节能|能评|清洁生产|质量|认证|保险|税务|烟草|酒类|户外|房产|' +
    '不动产|租赁|水土保持|林业|海洋|防雷|人防',
  'u',
);

/** Who works for the enterprise: 接收单位许可证编号 and 运维单位电话 are theirs. */
const PROVIDER =
  /(?:处置|接收|接受|运输|承运|转移|收运|清运|检测|监测|施工|设计|运维|维保|编制|环评|第三方|供货|供应)(?:单位|公司|机构|厂家|方)/u;

/** What is said of a provider beside its name. */
const OF_SOMEBODY = /联系|电话|手机|地址|许可|证|编号|代码|法人|负责/u;

/** Does a heading name another paper, or somebody else's, than the field whose heading stands inside it? */
function namesOther(heading: string, inside: string): boolean {
  // The 法人 of 执法人员 is none.
  if (/[执司普]法人/u.test(heading) && inside.startsWith('法人')) return true;
  const rest = heading.replace(inside, '');
  if (PROVIDER.test(inside) && OF_SOMEBODY.test(rest)) return true;
  return PROVIDER.test(rest) || (OF_A_PAPER.test(inside) && OTHER_PAPER.test(rest));
}

/** Targets whose headings stand inside this one, best first: at its end before elsewhere (the noun comes last), longer before shorter. */
export function containedTargets(heading: string): { target: Target; score: number }[] {
  const found = new Map<string, { target: Target; score: number }>();
  for (const [inside, target] of INSIDE) {
    if (inside.length >= heading.length || !heading.includes(inside) || namesOther(heading, inside)) continue;
    const score = inside.length + (heading.endsWith(inside) ? 100 : 0);
    const known = found.get(target.key);
    if (!known || known.score < score) found.set(target.key, { target, score });
  }
  return [...found.values()].sort((a, b) => b.score - a.score);
}

/**
 * How well a heading (in its normal form) is known, for finding the heading row: 3 a label or listed heading, 2 a column
 * that only counts rows, 1 a longer text that ends with a heading (受检企业名称), 0 not at all.
 */
export function headingScore(heading: string): number {
  if (heading === '') return 0;
  if (headingTarget(heading) || SHARED.has(heading)) return 3;
  if (isIgnoredHeading(heading)) return 2;
  // Titles and values hold short headings too; they are long, or the heading is short.
  return heading.length <= 14 &&
    INSIDE.some(([inside]) => inside.length >= 3 && inside.length < heading.length && heading.endsWith(inside))
    ? 1
    : 0;
}
