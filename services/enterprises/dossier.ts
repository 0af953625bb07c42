// The file of one enterprise as data for its dossier: the dictionary says which fields, in which order, under which labels.
import { attachment, ATTACHMENT_KINDS } from '../../domain/attachments/entities.ts';
import { fieldsOf, type EntityDefinition } from '../../domain/dictionary/entity.ts';
import { labelOf } from '../../domain/dictionary/vocabulary.ts';
import { metaOf, type FieldMeta } from '../../domain/dictionary/field.ts';
import { valueText } from '../../domain/dictionary/value-text.ts';
import { BLOCK_OF_KIND } from '../../domain/enterprises/blocks.ts';
import { contact, enterprise, formerName, keyListEntry, label, product, sectionCheck, statusHistory } from '../../domain/enterprises/entities.ts';
import { finding, FINDING_STATE_VOCABULARY } from '../../domain/findings/entities.ts';
import { FINDING_CATEGORIES, HANDLING_CLASSES } from '../../domain/findings/vocabulary.ts';
import { acceptance, eiaProject, emergencyPlan, hazWasteProfile, permit } from '../../domain/formalities/entities.ts';
import { dayCell, dayText } from '../../domain/reports/words.ts';
import { training, TRAINING_KINDS, trainingAttendance } from '../../domain/training/entities.ts';
import { localDay } from '../../domain/values/clock.ts';
import { visit, VISIT_OUTCOMES, VISIT_STATES, visitStaff } from '../../domain/visits/entities.ts';
import { archiveDocument } from '../archive/index.ts';
import type { Context } from '../context.ts';
import { countedFinding, OWN_ORGANISATION } from '../conditions/index.ts';
import { completenessOf } from '../derived/index.ts';
import type { DossierData, DossierFact, DossierSection, DossierTable } from '../documents/index.ts';
import { notFound } from '../errors.ts';
import { referenceNames } from '../records/index.ts';
import { inWorker } from '../workers/index.ts';

type Row = Record<string, unknown>;

const isSaid = (value: unknown): boolean => value !== null && value !== undefined && value !== '' && value !== false;

function printedValue(meta: FieldMeta, value: unknown, names: ReadonlyMap<string, string>): string {
  if (!isSaid(value)) return '';
  if (meta.kind === 'day') return dayText(String(value));
  return valueText(meta, value, { name: (id) => names.get(id) });
}

const isPersonal = (meta: FieldMeta): boolean => meta.masked === true || meta.person === true;

/** A column under the label that the dictionary gives its field. */
const column = (entity: EntityDefinition, field: string, weight: number, align?: 'center'): DossierTable['columns'][number] => {
  const meta = metaOf(entity.fields[field] as Parameters<typeof metaOf>[0]);
  return { heading: meta.label, weight, ...(align && { align }), ...(isPersonal(meta) && { personal: true }) };
};

/** Fields that say nothing to a reader of the file. */
const INNER = new Set(['enterpriseId', 'seq', 'suspectedDuplicate', 'creditCodeQuarantine', 'coordinateSystem']);

/** What a record says, field by field; what it does not say is left out. */
async function factsOf(ctx: Context, entity: EntityDefinition, row: Row | null, skip: ReadonlySet<string> = new Set()): Promise<DossierFact[]> {
  if (!row) return [];
  const names = new Map(Object.entries((await referenceNames(ctx.store.read, entity, [row]))[0] ?? {}).map(([field, name]) => [String(row[field]), name]));
  return fieldsOf(entity).filter(({ name, meta }) => !meta.derived && !INNER.has(name) && !skip.has(name) && !name.endsWith('Precision') && meta.kind !== 'instant' && isSaid(row[name]) && row[name] !== 'unknown')
    .map(({ name, meta }) => {
      const value = printedValue(meta, row[name], names);
      return { label: meta.label, value, ...((meta.kind === 'longText' || value.length > 18) && { long: true }), ...(isPersonal(meta) && { personal: true }) };
    });
}

/** Weight of a column whose days stand on one line. */
const DAY = 3;
const dayColumns = (meta: FieldMeta): boolean => meta.kind === 'day';

/** The rows of a child table, with the columns of its default list. */
async function tableOf(ctx: Context, entity: EntityDefinition, enterpriseId: string, caption = entity.label): Promise<DossierTable> {
  const fields = fieldsOf(entity).filter(({ meta }) => meta.list);
  const rows = (await ctx.store.read.find(entity, { enterpriseId } as never, { order: { id: 'ASC' } as never })) as unknown as Row[];
  const names = await referenceNames(ctx.store.read, entity, rows);
  return {
    caption,
    columns: fields.map(({ name, meta }) => (meta.kind === 'text' || meta.kind === 'longText' ? column(entity, name, 3) : column(entity, name, 2, 'center'))),
    rows: rows.map((row, n) => fields.map(({ name, meta }) => (
      dayColumns(meta) ? dayCell(row[name] as string | null) : printedValue(meta, row[name], new Map(Object.entries(names[n] ?? {}).map(([field, shown]) => [String(row[field]), shown]))) || '－'))),
  };
}

async function visitsOf(ctx: Context, id: string): Promise<DossierTable> {
  const rows = await ctx.store.read.sql<{ date: string; round: string | null; state: string; outcome: string | null; staff: string | null; found: number }>(
    `SELECT v.date, (SELECT r.name FROM round r WHERE r.id = v.round_id) AS round, v.state, v.outcome,
       (SELECT group_concat(s.name, '、') FROM visit_staff x JOIN staff s ON s.id = x.staff_id WHERE x.visit_id = v.id AND x.deleted_at IS NULL) AS staff,
       (SELECT count(*) FROM finding f WHERE f.visit_id = v.id AND ${countedFinding()}) AS found
     FROM visit v WHERE v.enterprise_id = ? AND v.deleted_at IS NULL ORDER BY v.date, v.id`, [id]);
  return {
    caption: '历次检查', columns: [column(visit, 'date', DAY, 'center'), column(visit, 'roundId', 3), column(visit, 'outcome', 2, 'center'), column(visitStaff, 'staffId', 3), { heading: finding.label, weight: 1, align: 'center' }],
    rows: rows.map((r) => [dayText(r.date), r.round ?? '－', r.outcome ? labelOf(VISIT_OUTCOMES, r.outcome) : labelOf(VISIT_STATES, r.state), r.staff ?? '－', String(r.found)]),
  };
}

async function findingsOf(ctx: Context, id: string): Promise<DossierTable> {
  const rows = await ctx.store.read.sql<{ no: string; found: string; description: string; category: string; handlingClass: string; deadline: string | null; status: string; closed: string | null }>(
    `SELECT f.no, f.found_date AS found, f.description, f.category, f.handling_class AS handlingClass, f.deadline, f.status,
       (SELECT max(s.date) FROM finding_step s WHERE s.finding_id = f.id AND s.deleted_at IS NULL AND s."to" = 'closed' AND f.status = 'closed') AS closed
     FROM finding f WHERE f.enterprise_id = ? AND ${countedFinding()} ORDER BY f.found_date, f.no`, [id]);
  return {
    caption: '问题整改', columns: [
      column(finding, 'no', 2.8), column(finding, 'foundDate', 2.8, 'center'), column(finding, 'description', 4.8), column(finding, 'category', 2.6, 'center'),
      column(finding, 'deadline', 2.8, 'center'), column(finding, 'status', 2, 'center'), { heading: '销号日期', weight: 2.8, align: 'center' },
    ],
    rows: rows.map((r) => [r.no, dayCell(r.found), r.description, `${labelOf(FINDING_CATEGORIES, r.category)}\n${labelOf(HANDLING_CLASSES, r.handlingClass)}`, dayCell(r.deadline), labelOf(FINDING_STATE_VOCABULARY, r.status), dayCell(r.closed)]),
  };
}

async function trainingsOf(ctx: Context, id: string): Promise<DossierTable> {
  const rows = await ctx.store.read.sql<{ date: string; title: string; kind: string; people: string | null }>(
    `SELECT t.date, t.title, t.kind, group_concat(x.person_name, '、') AS people FROM training_attendance x JOIN training t ON t.id = x.training_id
     WHERE x.enterprise_id = ? AND x.deleted_at IS NULL AND t.deleted_at IS NULL GROUP BY t.id ORDER BY t.date, t.id`, [id]);
  return {
    caption: '参加培训', columns: [column(training, 'date', DAY, 'center'), column(training, 'title', 6), column(training, 'kind', 2, 'center'), column(trainingAttendance, 'personName', 3)],
    rows: rows.map((r) => [dayText(r.date), r.title, labelOf(TRAINING_KINDS, r.kind), r.people ?? '－']),
  };
}

async function attachmentsOf(ctx: Context, id: string): Promise<DossierTable> {
  const rows = await ctx.store.read.find(attachment, { ownerId: id } as never, { order: { id: 'ASC' } as never });
  const here = await Promise.all(rows.map(async (r) => await ctx.store.blobs.has(r.sha256)));
  return {
    caption: '附件', columns: [{ heading: '名称', weight: 6 }, column(attachment, 'kind', 2, 'center'), { heading: '日期', weight: DAY, align: 'center' }, { heading: '原件', weight: 2, align: 'center' }],
    rows: rows.map((r, n) => [r.title ?? r.name, labelOf(ATTACHMENT_KINDS, r.kind), dayText(r.takenAt?.slice(0, 10) ?? localDay(r.createdAt)), here[n] ? '有' : '不在本机']),
  };
}

/** Everything the dossier of an enterprise prints. @throws NOT_FOUND */
export async function dossierData(ctx: Context, id: string): Promise<DossierData> {
  const { read } = ctx.store;
  const row = (await read.get(enterprise, id)) as Row | null;
  if (!row) throw notFound('企业');
  const text = (field: string): string | null => (row[field] as string | null | undefined) || null;
  const completeness = await completenessOf(read, id);
  const missing = (...sections: string[]): string[] => (completeness?.missing ?? []).filter((m) => sections.includes(m.section)).map((m) => m.label);
  const table = async (entity: EntityDefinition, caption?: string): Promise<DossierTable> => await tableOf(ctx, entity, id, caption);
  const one = async (entity: EntityDefinition): Promise<Row | null> => (await read.first(entity, { enterpriseId: id } as never)) as Row | null;
  const block = BLOCK_OF_KIND[String(row.objectKind)];
  const section = (title: string, facts: readonly DossierFact[], tables: readonly DossierTable[], lacking: readonly string[] = []): DossierSection => ({ title, facts, tables, missing: lacking });
  const org = await read.sqlOne<{ name: string }>(`SELECT ${OWN_ORGANISATION} AS name`);
  return {
    orgName: org?.name ?? '', compiledOn: ctx.today(), compiledBy: ctx.operator().name,
    enterprise: { name: text('name') ?? '', creditCode: text('creditCode'), internalCode: text('internalCode') ?? '', address: text('address') },
    completeness: { filled: completeness?.filled ?? 0, required: completeness?.required ?? 0 },
    sections: [
      section('基本信息', await factsOf(ctx, enterprise, row), [await table(contact), await table(formerName), await table(keyListEntry)], missing('basic')),
      section('环保手续', [], [await table(eiaProject), await table(acceptance), await table(permit)], missing('formalities')),
      section('生产情况', block ? await factsOf(ctx, block, await one(block)) : [], [await table(product)], missing('production')),
      section('污染物产生与治理', await factsOf(ctx, hazWasteProfile, await one(hazWasteProfile)), [], missing('waste')),
      section('监测情况', [], [], missing('monitoring')),
      section('应急管理', [], [await table(emergencyPlan)], missing('emergency')),
      section('行政处罚与信用评价', [], [], missing('credit')),
      section('历次检查与问题整改', [], [await visitsOf(ctx, id), await findingsOf(ctx, id)]),
      section('风险分级与标签', [], [await table(label, '评定')]),
      section('培训咨询与信访', [], [await trainingsOf(ctx, id)]),
      section('附件清单', [], [await attachmentsOf(ctx, id)]),
      section('更新记录', [], [await table(statusHistory), await table(sectionCheck)]),
    ],
  };
}

/** The dossier in Word, archived with what it says. @throws NOT_FOUND */
export async function dossierFile(ctx: Context, id: string, contacts: 'masked' | 'shown'): Promise<{ bytes: Uint8Array; fileName: string }> {
  const data = await dossierData(ctx, id);
  const bytes = await inWorker('writeDossier', { data, options: { contacts } });
  const { name, internalCode } = data.enterprise;
  return await archiveDocument(ctx, { kind: 'dossier', title: `一企一档 ${internalCode}`, subjectId: id, asOfDate: data.compiledOn, figures: data, bytes, fileName: `一企一档_${name}_${data.compiledOn}.docx` });
}
