// Everything that ever happened to an enterprise, newest first.
import type { TimelineEntry } from '../../contract/enterprises.ts';
import { OPERATING_STATUSES } from '../../domain/enterprises/vocabulary.ts';
import { labelOf, type Vocabulary } from '../../domain/dictionary/vocabulary.ts';
import { FINDING_EVENT_VOCABULARY } from '../../domain/findings/entities.ts';
import { FOLLOW_UP_CHANNELS, NOTICE_KINDS } from '../../domain/findings/vocabulary.ts';
import { VISIT_OUTCOMES } from '../../domain/visits/entities.ts';
import { FILE_SECTIONS, LABEL_SYSTEMS, LABEL_VALUES } from '../../domain/enterprises/vocabulary.ts';
import type { Page } from '../../contract/shared.ts';
import type { Context } from '../context.ts';

const SQL = `
  SELECT v.date AS day, v.created_at AS at, 'visit' AS kind, v.outcome AS a, NULL AS b, coalesce(v.summary, '') AS detail, NULL AS who, 'visit' AS entity, v.id AS rowId
    FROM visit v WHERE v.enterprise_id = ?1 AND v.deleted_at IS NULL
  UNION ALL SELECT s.date, s.at, 'step', s.event, s."to", f.description, s."by", 'finding', f.id
    FROM finding_step s JOIN finding f ON f.id = s.finding_id WHERE f.enterprise_id = ?1 AND f.deleted_at IS NULL AND s.deleted_at IS NULL AND s.event <> 'record'
  UNION ALL SELECT u.date, u.created_at, 'followUp', u.channel, NULL, u.content, u.by_name, 'finding', u.finding_id
    FROM follow_up u JOIN finding f ON f.id = u.finding_id WHERE f.enterprise_id = ?1 AND u.deleted_at IS NULL
  UNION ALL SELECT n.issued_date, n.created_at, 'notice', n.kind, NULL, n.no, n.issued_by, 'rectificationNotice', n.id FROM rectification_notice n WHERE n.enterprise_id = ?1 AND n.deleted_at IS NULL
  UNION ALL SELECT h.date, h.created_at, 'status', h.status, NULL, coalesce(h.note, ''), NULL, 'enterprise', ?1 FROM status_history h WHERE h.enterprise_id = ?1 AND h.deleted_at IS NULL
  UNION ALL SELECT t.date, t.created_at, 'training', t.title, NULL, coalesce(t.place, ''), group_concat(DISTINCT x.person_name), 'training', t.id
    FROM training_attendance x JOIN training t ON t.id = x.training_id WHERE x.enterprise_id = ?1 AND x.deleted_at IS NULL AND t.deleted_at IS NULL GROUP BY t.id
  UNION ALL SELECT l.assessed_date, l.created_at, 'label', l.system, l.value, coalesce(l.basis, ''), l.assessor, 'enterprise', ?1 FROM label l WHERE l.enterprise_id = ?1 AND l.deleted_at IS NULL
  UNION ALL SELECT c.date, c.created_at, 'check', c.section, NULL, coalesce(c.source, ''), NULL, 'enterprise', ?1 FROM section_check c WHERE c.enterprise_id = ?1 AND c.deleted_at IS NULL
  UNION ALL SELECT date(e.created_at, 'localtime'), e.created_at, 'created', NULL, NULL, '', (SELECT o.actor FROM sync_op o WHERE o.row_id = e.id AND o.kind = 'c' LIMIT 1), 'enterprise', e.id FROM enterprise e WHERE e.id = ?1`;

interface Raw { day: string; at: string; kind: string; a: string | null; b: string | null; detail: string; who: string | null; entity: string; rowId: string }

const TITLES: Readonly<Record<string, (r: Raw) => string>> = {
  visit: (r) => `现场检查${r.a ? `：${labelOf(VISIT_OUTCOMES, r.a)}` : '（进行中）'}`,
  step: (r) => labelOf(FINDING_EVENT_VOCABULARY as Vocabulary, r.a),
  followUp: (r) => `${labelOf(FOLLOW_UP_CHANNELS, r.a)}跟进`,
  notice: (r) => `开具${labelOf(NOTICE_KINDS, r.a)}`,
  status: (r) => `经营状态变为${labelOf(OPERATING_STATUSES, r.a)}`,
  training: (r) => `参加培训：${r.a ?? ''}`,
  label: (r) => `${labelOf(LABEL_SYSTEMS, r.a)}评为${labelOf(LABEL_VALUES, r.b)}`,
  check: (r) => `核实${labelOf(FILE_SECTIONS, r.a)}`,
  created: () => '建立档案',
};

const glyphOf = (r: Raw): string => (r.kind === 'step' ? r.b ?? 'open' : r.kind);

/** A page of the timeline. */
export async function timelineOf(ctx: Context, id: string, page: { offset: number; limit: number }): Promise<Page<TimelineEntry>> {
  const total = await ctx.store.read.sqlOne<{ n: number }>(`SELECT count(*) AS n FROM (${SQL})`, [id]);
  const rows = await ctx.store.read.sql<Raw>(`SELECT * FROM (${SQL}) ORDER BY day DESC, at DESC, rowId LIMIT ?2 OFFSET ?3`, [id, page.limit, page.offset]);
  return {
    total: total?.n ?? 0,
    rows: rows.map((r) => ({ at: r.at, day: r.day, kind: r.kind, glyph: glyphOf(r), title: TITLES[r.kind]?.(r) ?? r.kind, detail: r.detail, who: r.who, entity: r.entity, rowId: r.rowId })),
  };
}
