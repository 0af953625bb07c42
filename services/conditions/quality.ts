// What checks of data quality ask of SQL: codes by their rules, places against the rest of the town, values that imports brought.
import { fieldsOf, snake } from '../../domain/dictionary/entity.ts';
import { CHINA, FAR_DEGREES } from '../../domain/values/coordinates.ts';
import { LEDGER_KINDS, SUBJECT } from '../../domain/registers/kinds.ts';
import {
  ALWAYS,
  asNumber,
  differs,
  firstInJson,
  inJson,
  inJsonUnder,
  isRightCode,
  isTakenBack,
  nameKeyOf,
  says,
  tableOf,
} from '../../db/index.ts';

/** A code that breaks its rule, and that nobody confirmed by a paper. */
export const creditCodeWrong = (e: string): string =>
  `(${e}.credit_code IS NOT NULL AND ${e}.credit_code_confirmed_from IS NULL AND NOT ${isRightCode(`${e}.credit_code`)})`;

/** A division that GB/T 4754 does not have: there are 01 to 97. */
export const industryCodeUnknown = (e: string): string => `(${e}.industry_code < '01' OR ${e}.industry_code >= '98')`;

const degrees = (e: string, axis: 'longitude' | 'latitude'): string => asNumber(`${e}.${axis}`);

const between = (e: string, axis: 'longitude' | 'latitude', [low, high]: readonly [string, string]): string =>
  `${degrees(e, axis)} BETWEEN ${low} AND ${high}`;

const inChina = (e: string): string =>
  `(${between(e, 'longitude', CHINA.longitude)} AND ${between(e, 'latitude', CHINA.latitude)})`;

const swapped = (e: string): string =>
  `(${between(e, 'longitude', CHINA.latitude)} AND ${between(e, 'latitude', CHINA.longitude)})`;

/** Fewer say nothing of where a town lies. */
const ENOUGH = 3;

/** The middle value of an axis in each town, which a slip of a digit does not move; `of`: SQL that leaves out rows of alias `m`. */
const middles = (axis: 'longitude' | 'latitude', of: string): string =>
  `SELECT r.town_id, r.v FROM (SELECT m.town_id, ${degrees('m', axis)} AS v, count(*) OVER (PARTITION BY m.town_id) AS n,
      row_number() OVER (PARTITION BY m.town_id ORDER BY ${degrees('m', axis)}) AS place
    FROM enterprise m WHERE m.deleted_at IS NULL AND ${inChina('m')} AND ${of}) r
   WHERE r.n >= ${ENOUGH} AND r.place * 2 BETWEEN r.n AND r.n + 1`;

/** Where towns lie by most of their enterprises: columns `town`, `x` and `y`. */
export const townMiddles = (of = ALWAYS): string =>
  `SELECT mx.town_id AS town, mx.v AS x, my.v AS y FROM (${middles('longitude', of)}) mx JOIN (${middles('latitude', of)}) my ON my.town_id = mx.town_id`;

/** Degrees that are no place in China (nor one with the two in each other's columns), or that lie far from the others of the town. */
export function farFromTown(e: string): string {
  const far = `SELECT p.id FROM enterprise p JOIN (${townMiddles()}) t ON t.town = p.town_id WHERE ${inChina('p')}
    AND (abs(${degrees('p', 'longitude')} - t.x) > ${FAR_DEGREES} OR abs(${degrees('p', 'latitude')} - t.y) > ${FAR_DEGREES})`;
  const abroad = `${e}.longitude IS NOT NULL AND ${e}.latitude IS NOT NULL AND NOT ${inChina(e)} AND NOT ${swapped(e)}`;
  return `((${abroad}) OR ${e}.id IN (${far}))`;
}

const runStands = (row: string): string =>
  `EXISTS (SELECT 1 FROM import_run n WHERE n.id = ${row}.run_id AND NOT ${isTakenBack('n.action_id')})`;

/** The kind that an import guessed, as long as nobody changed it or verified the basic information. */
export function objectKindGuessed(e: string): string {
  const guess = `SELECT 1 FROM import_row g WHERE g.enterprise_id = ${e}.id AND g.deleted_at IS NULL AND ${says('g.note', '"guess":{')}
    AND ${inJson('g.note', 'guess.objectKind')} = ${e}.object_kind AND ${runStands('g')}`;
  const verified = `SELECT 1 FROM section_check v WHERE v.enterprise_id = ${e}.id AND v.deleted_at IS NULL AND v.section = 'basic'`;
  return `(EXISTS (${guess}) AND NOT EXISTS (${verified}))`;
}

/** The record that a question is about is there, and does not say yet what the ledger said. */
function recordDiffers(q: string): string {
  const kinds = [SUBJECT, ...LEDGER_KINDS.map(({ entity }) => entity)];
  const cases = kinds.map((kind) => {
    const now = fieldsOf(kind).map(({ name }) => `WHEN '${name}' THEN r."${snake(name)}"`);
    const test = differs(`CASE ${q}.field ${now.join(' ')} END`, inJsonUnder(`${q}.patch`, `${q}.field`));
    return `WHEN '${kind.name}' THEN EXISTS (SELECT 1 FROM "${tableOf(kind)}" r WHERE r.id = ${q}.record_id AND r.deleted_at IS NULL AND ${test})`;
  });
  return `CASE ${q}.entity ${cases.join(' ')} END`;
}

const enterpriseThere = (row: string): string =>
  `EXISTS (SELECT 1 FROM enterprise le WHERE le.id = ${row}.enterprise_id AND le.deleted_at IS NULL)`;

/** A value of a ledger that nobody decided. */
export const valueWaits = (q: string): string =>
  `(${q}.is_kept = 0 AND ${runStands(q)} AND ${enterpriseThere(q)} AND ${recordDiffers(q)})`;

/** A name of a register that nobody decided: neither the enterprise's, nor one that it had. */
export function nameWaits(r: string): string {
  const key = nameKeyOf(firstInJson(`${r}.note`, 'waiting'));
  const had = `SELECT 1 FROM former_name h WHERE h.enterprise_id = le.id AND h.deleted_at IS NULL AND ${nameKeyOf('h.name')} = ${key}`;
  const differing = `EXISTS (SELECT 1 FROM enterprise le WHERE le.id = ${r}.enterprise_id AND le.deleted_at IS NULL
    AND le.name_key <> ${key} AND NOT EXISTS (${had}))`;
  return `(${says(`${r}.note`, '"waiting":{')} AND NOT ${says(`${r}.note`, '"kept":true')} AND ${runStands(r)} AND ${differing})`;
}

/** A row of a ledger of which nobody has said of which of several sites it is; an answer that was taken back is none. */
export function siteWaits(r: string): string {
  const answered = inJson(`${r}.note`, 'answered');
  const open = `NOT ${says(`${r}.note`, '"answered":')} OR ${isTakenBack(answered)}`;
  return `(${r}.result = 'waiting' AND ${says(`${r}.note`, '"wait":{')} AND NOT ${says(`${r}.note`, '"left":true')}
    AND (${open}) AND ${runStands(r)})`;
}
