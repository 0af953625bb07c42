// 服务巡查记录 of a visit in Word (domain reference 5.2). What was signed is kept as it was printed first.
import { inAct } from '../../domain/projects/act.ts';
import { actWordOf } from '../act-word.ts';
import { createHash } from 'node:crypto';
import { inJson, inList, listParameter } from '../../db/index.ts';
import type { AttachmentRow } from '../../contract/attachments.ts';
import type { VisitPage } from '../../contract/visits.ts';
import { noticePhotos, shownPhotos } from '../../domain/attachments/shown.ts';
import { labelOf } from '../../domain/dictionary/vocabulary.ts';
import { OBJECT_KINDS, OPERATING_STATUSES } from '../../domain/enterprises/vocabulary.ts';
import { FOLLOW_UP_CHANNELS, HANDLING_CLASSES, VERIFICATION_RESULTS } from '../../domain/findings/vocabulary.ts';
import { ACCEPTANCE_KINDS, EIA_KINDS, PERMIT_CLASSES } from '../../domain/formalities/entities.ts';
import { VISIT_CONSENTS, VISIT_PURPOSES } from '../../domain/visits/entities.ts';
import { safeFileName } from '../../domain/values/file-name.ts';
import { archiveDocument, archivedBytes, newestDocumentOf } from '../archive/index.ts';
import { attachmentsOf, captionOnPaper, photoForPaper } from '../attachments/index.ts';
import type { Context } from '../context.ts';
import { currentPermit } from '../conditions/index.ts';
import type { InspectionRecordData } from '../documents/index.ts';
import { inWorker } from '../workers/index.ts';
import { assistOf, consentWords, NOT_NOTED, orBlank, quantitiesOf, toldWords } from './record-words.ts';
import { openingOf } from './opening.ts';
import { getVisit } from './read.ts';

/** The printed words for answers; the screen's are shorter. */
const RESULT_WORDS: Readonly<Record<string, string>> = {
  conforming: '符合',
  partial: '部分符合',
  nonconforming: '不符合',
  not_applicable: '不适用',
  unchecked: '未检查',
};

type Papers = Pick<
  InspectionRecordData['enterprise'],
  'industry' | 'operatingStatus' | 'permitClass' | 'permitNo' | 'permitEnd' | 'eia' | 'acceptance'
>;

async function papersOf(ctx: Context, enterpriseId: string): Promise<Papers> {
  const newest = (table: string, columns: string): string =>
    `(SELECT ${columns} FROM ${table} t WHERE t.enterprise_id = e.id AND t.deleted_at IS NULL ORDER BY t.id DESC LIMIT 1)`;
  const row = await ctx.store.read.sqlOne<{
    code: string | null;
    industry: string | null;
    status: string;
    permitClass: string | null;
    permitNo: string | null;
    permitEnd: string | null;
    eiaKind: string | null;
    eiaNo: string | null;
    acceptance: string | null;
  }>(
    `SELECT e.industry_code AS code, e.industry_name AS industry, e.operating_status AS status, ${currentPermit('management_class')} AS "permitClass", ${currentPermit('number')} AS "permitNo", ${currentPermit('valid_to')} AS "permitEnd",
       ${newest('eia_project', 'document_kind')} AS "eiaKind", ${newest('eia_project', 'approval_no')} AS "eiaNo", ${newest('acceptance', 'kind')} AS acceptance FROM enterprise e WHERE e.id = ?`,
    [enterpriseId],
  );
  return {
    industry: [row?.code, row?.industry].filter(Boolean).join(' ') || null,
    operatingStatus: row ? labelOf(OPERATING_STATUSES, row.status) : null,
    permitClass: row?.permitClass ? labelOf(PERMIT_CLASSES, row.permitClass) : null,
    permitNo: row?.permitNo ?? null,
    permitEnd: row?.permitEnd ?? null,
    eia: row?.eiaKind ? `${labelOf(EIA_KINDS, row.eiaKind)}${row.eiaNo ? `（${row.eiaNo}）` : ''}` : null,
    acceptance: row?.acceptance ? labelOf(ACCEPTANCE_KINDS, row.acceptance) : null,
  };
}

/** What this visit found of earlier findings: its verification, or else that it was followed up. */
async function previousOf(ctx: Context, page: VisitPage, date: string): Promise<InspectionRecordData['previous']> {
  const known = await ctx.store.read.sql<{ id: string; result: string | null; channel: string | null }>(
    `SELECT f.id, (SELECT x.result FROM verification x WHERE x.finding_id = f.id AND x.deleted_at IS NULL AND x.date = ?2 ORDER BY x.id DESC LIMIT 1) AS result,
       (SELECT u.channel FROM follow_up u WHERE u.finding_id = f.id AND u.deleted_at IS NULL AND u.date = ?2 ORDER BY u.id DESC LIMIT 1) AS channel
     FROM finding f WHERE ${inList('f.id', '?1')}`,
    [listParameter(page.oldFindings.map((old) => old.id)), date],
  );
  const byId = new Map(known.map((row) => [row.id, row]));
  return page.oldFindings.map((old) => {
    const row = byId.get(old.id);
    return {
      no: old.no,
      description: old.description,
      result: row?.result
        ? labelOf(VERIFICATION_RESULTS, row.result)
        : row?.channel
          ? `${labelOf(FOLLOW_UP_CHANNELS, row.channel)}跟进`
          : null,
    };
  });
}

async function photosOf(
  ctx: Context,
  page: VisitPage,
): Promise<{
  photos: InspectionRecordData['photos'];
  signature: AttachmentRow | null;
  bytes: Record<string, Uint8Array>;
}> {
  const own = (await attachmentsOf(ctx, [page.id])).get(page.id) ?? [];
  const before = page.findings.flatMap((finding) =>
    noticePhotos(finding.photos, 'before').map((photo) => ({
      photo,
      caption:
        photo.caption ?? [finding.placeName, finding.location, photo.takenAt?.slice(0, 10)].filter(Boolean).join('　'),
    })),
  );
  const shown = [
    ...before,
    ...shownPhotos(own.filter((photo) => photo.kind === 'photo' && photo.isImage)).map((photo) => ({
      photo,
      caption: photo.caption ?? photo.takenAt?.slice(0, 10) ?? '',
    })),
  ];
  const signature = own.filter((photo) => photo.kind === 'signature' && photo.isImage).at(-1) ?? null;
  const bytes: Record<string, Uint8Array> = {};
  for (const photo of [...shown.map((one) => one.photo), ...(signature ? [signature] : [])]) {
    const content = await photoForPaper(ctx, photo);
    if (content) bytes[photo.id] = content;
  }
  return {
    photos: shown.map(({ photo, caption }) => ({
      id: photo.id,
      ...((caption || photo.onlyThumbnail) && { caption: captionOnPaper(photo, caption) }),
    })),
    signature,
    bytes,
  };
}

function aspectsOf(page: VisitPage): InspectionRecordData['aspects'] {
  const aspects = new Map<
    string,
    { title: string; items: { text: string; result: string; remark: string | null }[] }
  >();
  for (const item of page.items) {
    const aspect = aspects.get(item.aspectId) ?? { title: item.aspectName, items: [] };
    aspects.set(item.aspectId, aspect);
    aspect.items.push({ text: item.text, result: RESULT_WORDS[item.result] ?? item.result, remark: item.remark });
  }
  return [...aspects.values()];
}

/** Where the inspectors signed in; null where they did not. */
const checkinWords = (longitude: string | null, latitude: string | null): string | null =>
  longitude && latitude ? `经度 ${longitude}°，纬度 ${latitude}°` : null;

/** What the record of a visit says; photos with their bytes. @throws NOT_FOUND */
export async function recordData(
  ctx: Context,
  id: string,
): Promise<{ data: InspectionRecordData; photos: Record<string, Uint8Array> }> {
  const page = await getVisit(ctx, id);
  const text = (field: string): string | null => (page.values[field] as string | null | undefined) || null;
  const date = text('date') ?? page.today;
  const { photos, signature, bytes } = await photosOf(ctx, page);
  const org = await ctx.store.read.sqlOne<{ name: string }>(
    'SELECT o.name FROM organisation o JOIN office f ON f.organisation_id = o.id ORDER BY f.created_at LIMIT 1',
  );
  const { enterprise: e } = page;
  const assist = await assistOf(ctx, page);
  const act = await actWordOf(ctx, text('projectId'));
  const data: InspectionRecordData = {
    act,
    name: assist ? '环保管家协助执法记录' : inAct('环保管家服务巡查记录', act),
    no: text('no'),
    round: page.roundName,
    date,
    time: [text('timeFrom'), text('timeTo')].filter(Boolean).join('-') || null,
    orgName: org?.name ?? '',
    enterprise: {
      name: e.name,
      creditCode: e.creditCode,
      address: e.address,
      objectKind: labelOf(OBJECT_KINDS, e.objectKind),
      contact: e.contactName,
      phone: e.contactPhone,
      ...(await papersOf(ctx, e.id)),
    },
    accompanying: [text('accompanyingName'), text('villageOfficer')].filter((name) => name !== null),
    checkin: checkinWords(text('checkinLongitude'), text('checkinLatitude')),
    purposes: VISIT_PURPOSES.ids.map((purpose) => ({
      label: labelOf(VISIT_PURPOSES, purpose),
      checked: page.purposes.includes(purpose),
    })),
    aspects: aspectsOf(page),
    quantities: quantitiesOf(page),
    findings: page.findings.map((finding) => ({
      no: finding.no,
      description: finding.description,
      handlingClass: labelOf(HANDLING_CLASSES, finding.handlingClass),
      deadline: finding.deadline ?? finding.proposedDeadline,
      told: toldWords(finding),
    })),
    previous: await previousOf(ctx, page, date),
    guidance: orBlank(page, [text('guidance'), text('summary')].filter(Boolean).join('\n') || null),
    photos,
    enterpriseOpinion: orBlank(page, text('enterpriseOpinion')),
    openingTalk: orBlank(page, text('openingTalk')),
    consent: assist ? null : consentWords(page),
    assist,
    opening: await openingOf(ctx.store.read, id, text('openingAt')),
    basis: page.basis.map(({ name, version }) => (version ? `${name}（${version}）` : name)),
    checklists: page.checklists.map((list) => `${list.name}（${list.version}版）`),
    villageOfficer: text('villageOfficer'),
    inspectors: page.staff.map((person) => person.name),
    refusedSign: page.values['refusedSign'] === true ? { reason: text('refusedSignReason') } : null,
    signer: {
      name: text('signerName'),
      post: text('signerPost'),
      date: text('signedDate'),
      signature: signature ? { id: signature.id } : null,
    },
  };
  return { data, photos: bytes };
}

/** What was answered: which items nobody looked at follows from the file, which goes on. */
const answeredOf = (aspects: InspectionRecordData['aspects']): InspectionRecordData['aspects'] =>
  aspects
    .map((aspect) => ({ ...aspect, items: aspect.items.filter((item) => item.result !== RESULT_WORDS.unchecked) }))
    .filter((aspect) => aspect.items.length > 0);
/** Consent of a visit from before consents were recorded. */
const FORMER = labelOf(VISIT_CONSENTS, 'not_recorded');

/**
 * SHA-256 of what a signature is given for: all that the inspectors wrote down and who signs; not what the file of the
 * enterprise says of itself. What a visit from before consents were recorded could not say is left out, so that its
 * signature stays what it was.
 */
export const signedHash = (data: InspectionRecordData): string =>
  hashOfAll({ ...data, aspects: answeredOf(data.aspects) });

/** The hash of older signatures: over every item listed. */
export function hashOfAll(data: InspectionRecordData): string {
  const { signature: _signature, ...signer } = data.signer ?? { name: null, post: null, date: null };
  const said = (text: string | null | undefined): string | null => (text === NOT_NOTED ? null : text || null);
  const later = Boolean(data.assist) || (said(data.consent) ?? FORMER) !== FORMER;
  const signed = {
    no: data.no,
    round: data.round,
    date: data.date,
    time: data.time,
    orgName: data.orgName,
    accompanying: data.accompanying,
    purposes: data.purposes,
    aspects: data.aspects,
    quantities: later ? data.quantities.map(({ label, value }) => [label, said(value)]) : [],
    findings: data.findings.map(({ no, description, handlingClass, deadline, told }) => ({
      no,
      description,
      handlingClass,
      deadline,
      ...(later && { told }),
    })),
    guidance: said(data.guidance),
    enterpriseOpinion: later ? said(data.enterpriseOpinion) : null,
    inspectors: data.inspectors,
    refusedSign: data.refusedSign,
    signer,
    name: data.enterprise.name,
    photos: data.photos.length,
    previous: data.previous.length,
    ...(data.opening && { opening: data.opening }),
    ...(later && { consent: data.consent, assist: data.assist, openingTalk: said(data.openingTalk) }),
  };
  return createHash('sha256').update(JSON.stringify(signed)).digest('hex');
}

/** The record of a visit that says something else than what was signed: without the signature, and saying so. */
const unsigned = (data: InspectionRecordData): InspectionRecordData => ({
  ...data,
  refusedSign: null,
  signer: { name: null, post: null, date: null, signature: null },
  guidance: ['签字以后内容有变更，本件不是签字件。', data.guidance].filter(Boolean).join('\n'),
});

/**
 * The record in Word. Of a signed visit always the file that was signed; of an open one written anew, and so, without the
 * signature, where a signed one is not kept and no longer says what was signed. @throws NOT_FOUND
 */
export async function recordFile(ctx: Context, id: string): Promise<{ bytes: Uint8Array; fileName: string }> {
  const { read } = ctx.store;
  // What is signed has this hash; a signature that was taken back and given anew may have another.
  const signed =
    (
      await read.sqlOne<{ hash: string | null }>(
        "SELECT signed_content_hash AS hash FROM visit WHERE id = ? AND state IN ('signed', 'locked')",
        [id],
      )
    )?.hash ?? null;
  const archived = signed === null ? null : await newestDocumentOf(ctx, id);
  const kept = archived
    ? await read.sqlOne<{ hash: string | null }>(
        `SELECT ${inJson('figures_json', 'signedContentHash')} AS hash FROM generated_document WHERE id = ?`,
        [archived],
      )
    : null;
  if (archived && kept?.hash === signed) return await archivedBytes(ctx, archived);
  const { data: current, photos } = await recordData(ctx, id);
  const changed = signed !== null && ![signedHash(current), hashOfAll(current)].includes(signed);
  const data = changed ? unsigned(current) : current;
  const bytes = await inWorker('writeInspectionRecord', { data, options: {}, photos });
  const title = data.name?.replace('环保管家', '') ?? '';
  const fileName = safeFileName(`${title}_${data.enterprise.name}_${data.date ?? ''}.docx`);
  if (signed === null || changed) return { bytes, fileName };
  return await archiveDocument(ctx, {
    kind: 'inspection_record',
    title: `${title} ${data.no ?? ''}`,
    subjectId: id,
    asOfDate: data.date,
    figures: { ...data, signedContentHash: signed },
    bytes,
    fileName,
  });
}
