// Events of a visit: its end decides the round target and the enterprise; a signature is remembered by its hash and archived as paper.
import { enterprise } from '../../domain/enterprises/entities.ts';
import { visit, visitOfficer } from '../../domain/visits/entities.ts';
import { isVisited } from '../../domain/visits/vocabulary.ts';
import type { VisitFacts } from '../../domain/visits/workflow.ts';
import type { EventValues } from '../../domain/dictionary/workflow.ts';
import type { RowOf } from '../../domain/dictionary/entity.ts';
import { localDay, localTime } from '../../domain/values/clock.ts';
import { addDays } from '../../domain/values/day.ts';
import { endsNow, isNight } from '../../domain/visits/times.ts';
import type { Reader, Writer } from '../../db/index.ts';
import type { Context } from '../context.ts';
import type { Effects, FieldPatch, Happening } from '../effects.ts';
import { changeEnterprise, takeBackStatus } from '../enterprises/index.ts';
import { notFound } from '../errors.ts';
import { settleTarget, unsettleTarget } from '../rounds/index.ts';
import { isWaiting, oldFindingsOf } from './read.ts';
import { takeBackVerified, verifyByVisit } from './verified.ts';
import { recordData, recordFile, signedHash } from './record.ts';

async function factsOf(read: Reader, v: RowOf<typeof visit>): Promise<VisitFacts> {
  const n = await read.sqlOne<Pick<VisitFacts, 'answered' | 'findings' | 'drafts'>>(
    `SELECT (SELECT count(*) FROM checklist_answer a WHERE a.visit_id = ?1 AND a.deleted_at IS NULL AND a.result <> 'unchecked') AS answered,
       count(*) AS findings, count(*) FILTER (WHERE f.status = 'draft' AND f.owner <> 'authority') AS drafts
     FROM finding f WHERE f.visit_id = ?1 AND f.deleted_at IS NULL AND f.status <> 'voided'`,
    [v.id],
  );
  const officers = await read.find(visitOfficer, { visitId: v.id });
  const waiting = (await oldFindingsOf(read, v)).filter(isWaiting).length;
  return {
    answered: n?.answered ?? 0,
    findings: n?.findings ?? 0,
    drafts: n?.drafts ?? 0,
    waiting,
    roundOpen: v.roundChoice === 'asked',
    nature: v.nature,
    consent: v.consent,
    officers: officers.length,
    unidentified: v.inspectionCode ? 0 : officers.filter(({ certificateNo }) => !certificateNo).length,
  };
}

const OUTCOME_STATUS: Readonly<Record<string, string>> = { not_found: 'not_found', moved: 'relocated' };

/** The end of a visit: its outcome decides the round target and, for not found or moved, the enterprise's status. */
async function finish(ctx: Context, tx: Writer, { row, values }: Happening): Promise<FieldPatch> {
  const v = row as RowOf<typeof visit>;
  const outcome = String(values.outcome);
  if (v.roundTargetId) await settleTarget(tx, v.roundTargetId, outcome);
  const status = OUTCOME_STATUS[outcome];
  const owner = status ? await tx.read.get(enterprise, v.enterpriseId) : null;
  if (status && owner) await changeEnterprise(tx, owner, { operatingStatus: status }, v.date, 'visit');
  // A visit that took place looked at the file too, unless somebody says that it did not.
  // A visit that saw nothing says nothing of the file.
  const verifiesFile = !isVisited(outcome) ? null : values.verifiesFile === 'no' ? 'no' : 'yes';
  if (verifiesFile === 'yes') await verifyByVisit(ctx, tx, v);
  return { ...endTime(v, ctx.today(), localTime(tx.now)), verifiesFile };
}

/** The clock tells the end of a visit that is ended as it happens, and with it whether that was at night. */
function endTime(v: RowOf<typeof visit>, today: string, now: string): FieldPatch {
  if (v.timeTo || !endsNow(v, today, addDays(v.date, 1), now)) return {};
  // Whoever has said otherwise of the night knows better.
  const night = v.isNight === isNight(v.timeFrom, null) ? { isNight: isNight(v.timeFrom, now) } : {};
  return { timeTo: now, ...night };
}

/** Takes back what the end of a visit decided of its round target and of the enterprise. */
async function reopen(tx: Writer, { row }: Happening): Promise<FieldPatch> {
  const v = row as RowOf<typeof visit>;
  if (v.roundTargetId) await unsettleTarget(tx, v.roundTargetId, v);
  const status = OUTCOME_STATUS[v.outcome ?? ''];
  if (status) await takeBackStatus(tx, v.enterpriseId, { status, date: v.date, basis: 'visit' });
  await takeBackVerified(tx, v.id);
  return { verifiesFile: null };
}

/** The answer of the enterprise: when it was given, and nothing left of an earlier one. */
async function consented(tx: Writer, { values }: Happening): Promise<FieldPatch> {
  const agreed = values.consent === 'agreed';
  const now = `${localDay(tx.now)} ${localTime(tx.now)}`;
  return await Promise.resolve({
    consentBy: agreed ? (values.consentBy ?? null) : null,
    consentPost: agreed ? (values.consentPost ?? null) : null,
    consentAt: agreed ? (values.consentAt ?? now) : null,
    consentAttachmentId: values.consent === 'standing' ? (values.consentAttachmentId ?? null) : null,
  });
}

/** The signature, or its refusal, with the hash of all that stands above it. */
async function signature(ctx: Context, id: string, values: EventValues): Promise<FieldPatch> {
  const text = (field: string): string | null => (values[field] as string | null | undefined) ?? null;
  const signed = {
    signerName: text('signerName'),
    signerPost: text('signerPost'),
    signedDate: ctx.today(),
    refusedSign: values.refusedSign === true,
    refusedSignReason: text('refusedSignReason'),
  };
  const { data } = await recordData(ctx, id);
  const signedContentHash = signedHash({
    ...data,
    refusedSign: signed.refusedSign ? { reason: signed.refusedSignReason } : null,
    signer: { name: signed.signerName, post: signed.signerPost, date: signed.signedDate },
  });
  return { ...signed, signedContentHash };
}

export const VISIT_EFFECTS: readonly Effects[] = [
  {
    of: visit.name,
    source: 'visit',
    see: async (_ctx, read, id) => {
      const row = await read.get(visit, id);
      if (!row) throw notFound(visit.label);
      return { row, state: row.state, facts: await factsOf(read, row) };
    },
    events: {
      consent: { run: async (_ctx, tx, happening) => await consented(tx, happening) },
      finish: { run: finish },
      reopen: { run: async (_ctx, tx, happening) => await reopen(tx, happening) },
      sign: {
        name: (values) => (values.refusedSign === true ? '登记拒签' : '企业签字'),
        prepare: signature,
        // The signature stands even where the paper can't be made now; it is made when it is asked for.
        after: async (ctx, ids) => {
          for (const id of ids) await recordFile(ctx, id).catch(() => undefined);
        },
      },
    },
  },
];
