// Events of findings and notices beyond the table: steps as rows, verifications, the notice that issuing makes.
import { finding, rectificationNotice, verification } from '../../domain/findings/entities.ts';
import { serviceProject } from '../../domain/projects/entities.ts';
import type { EventValues } from '../../domain/dictionary/workflow.ts';
import type { Made } from '../../contract/workflow.ts';
import type { Writer } from '../../db/index.ts';
import type { Context } from '../context.ts';
import type { Effects, Happening } from '../effects.ts';
import { notFound, refused } from '../errors.ts';
import { issueDoubts } from './doubts.ts';
import { recordStep, seeFinding } from './events.ts';
import { insertNotice, writeNoticeDocument } from './notice.ts';

const textOf = (values: EventValues, field: string): string | null =>
  (values[field] as string | null | undefined) ?? null;

/** Whether the verifier is one of those who inspected, where the project wants a second person (WG-07). */
async function requireSecondPerson(ctx: Context, tx: Writer, row: Happening['row'], byName: string): Promise<void> {
  const projectId = ctx.projectId();
  const project = projectId ? await tx.read.get(serviceProject, projectId) : null;
  if (!project?.secondPersonVerifies || !row.visitId) return;
  const inspectors = await tx.read.sql<{ name: string }>(
    'SELECT s.name FROM visit_staff v JOIN staff s ON s.id = v.staff_id WHERE v.visit_id = ? AND v.deleted_at IS NULL',
    [row.visitId as string],
  );
  const verifiers = byName.split(/[、,，]/).map((name) => name.trim());
  if (inspectors.some((person) => verifiers.includes(person.name)))
    throw refused('本项目要求复核人与检查人不同，请换一位复核');
}

/** The verification itself; `partial` counts as not passed (domain reference 2.7). */
async function verify(ctx: Context, tx: Writer, { id, row, event, values }: Happening): Promise<void> {
  const byName = textOf(values, 'byName') ?? ctx.operator().name;
  await requireSecondPerson(ctx, tx, row, byName);
  await tx.insert(verification, {
    findingId: id,
    date: String(values.date),
    byName,
    method: (textOf(values, 'method') ?? 'on_site') as 'on_site',
    result: (event === 'verify_pass' ? 'pass' : (textOf(values, 'result') ?? 'fail')) as 'pass',
    comment: textOf(values, 'comment'),
    clientConfirmer: textOf(values, 'clientConfirmer'),
  });
}

/** One notice per enterprise (and visit) over what was issued. */
async function noticesOver(ctx: Context, tx: Writer, happenings: readonly Happening[]): Promise<Made[]> {
  const groups = new Map<string, Happening[]>();
  for (const h of happenings) {
    const key = `${String(h.row.enterpriseId)}|${String(h.row.visitId ?? '')}`;
    groups.set(key, [...(groups.get(key) ?? []), h]);
  }
  const made: Made[] = [];
  for (const [first, ...others] of groups.values()) {
    if (!first) continue;
    const id = await insertNotice(ctx, tx, {
      enterpriseId: String(first.row.enterpriseId),
      visitId: (first.row.visitId as string | null) ?? null,
      findingIds: [first, ...others].map((h) => h.id),
      kind: (textOf(first.values, 'kind') ?? 'advice') as 'advice',
      replyDate: textOf(first.values, 'replyDate'),
      clientConsentBy: textOf(first.values, 'clientConsentBy'),
      clientConsentAt: textOf(first.values, 'clientConsentAt'),
      clientConsentAttachmentId: textOf(first.values, 'clientConsentAttachmentId'),
    });
    made.push({ kind: rectificationNotice.name, id });
  }
  return made;
}

export const FINDING_EFFECTS: readonly Effects[] = [
  {
    of: finding.name,
    see: seeFinding,
    record: recordStep,
    events: {
      issue: {
        doubts: issueDoubts,
        together: noticesOver,
        after: async (ctx, _ids, made) => {
          for (const notice of made) await writeNoticeDocument(ctx, notice.id);
        },
      },
      verify_pass: {
        run: verify,
        first: (values) => ({ date: values.date ?? null, evidence: values.comment ?? null }),
      },
      verify_fail: { run: verify },
    },
  },
  {
    of: rectificationNotice.name,
    see: async (_ctx, read, id) => {
      const row = await read.get(rectificationNotice, id);
      if (!row) throw notFound(rectificationNotice.label);
      const open = await read.sql<{ no: string }>(
        `SELECT f.no FROM notice_finding l JOIN finding f ON f.id = l.finding_id
         WHERE l.notice_id = ? AND l.deleted_at IS NULL AND f.deleted_at IS NULL AND f.status NOT IN ('closed', 'voided') ORDER BY f.no`,
        [id],
      );
      return { row, state: row.state, facts: { open: open.map((f) => f.no) } };
    },
  },
];
