// Two offices that know each other, and the records of a town for one of them: made through the write lane and the attachment store.
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { applicationRoot } from '../../host/backend.ts';
import { area } from '../../domain/areas/entities.ts';
import { attachment } from '../../domain/attachments/entities.ts';
import { contact, enterprise } from '../../domain/enterprises/entities.ts';
import { finding, findingLaw, findingStep, findingStepPrev } from '../../domain/findings/entities.ts';
import type { FindingState } from '../../domain/findings/machine.ts';
import type { FindingEventId } from '../../domain/findings/workflow.ts';
import { addDays } from '../../domain/values/day.ts';
import type { Writer } from '../../db/index.ts';
import { act, type Context } from '../../services/context.ts';
import { confirmPartner, makeCard, viewCard } from '../../services/handoff/index.ts';
import { Desk } from '../../services/workspace/index.ts';
import { creditCode, enterpriseName, personName, VILLAGES } from './made-up.ts';

/** How much one office has; `photoBytes` each. */
export interface Sizes {
  enterprises: number;
  findings: number;
  photos: number;
  photoBytes: number;
}

/** Which of the two offices: its folders lie below the root under this name. */
export type OfficeName = 'a' | 'b';

const TODAY = '2026-03-02';
const RESOURCES = join(applicationRoot(), 'resources');
const ROWS_PER_ACTION = 2_000;
const FILES_AT_ONCE = 8;
const STEPS: readonly (readonly [FindingEventId, FindingState, number])[] = [
  ['record', 'draft', 0],
  ['issue', 'open', 0],
  ['report', 'submitted', 9],
  ['verify_pass', 'closed', 12],
];

/** A desk of one of the offices; `copy` names another copy of its folders. */
export function deskOf(root: string, name: OfficeName, copy = name as string): Desk {
  return new Desk({
    resources: RESOURCES,
    version: 'bench',
    configFolder: join(root, `config-${copy}`),
    today: () => TODAY,
  });
}

/** Folder of the workspace of an office. */
export const folderOf = (root: string, copy: string): string => join(root, `office-${copy}`);

/** Folder in which packages are made. */
export const stickOf = (root: string): string => join(root, 'stick');

/** Makes two offices below `root` that have compared their fingerprints. Their desks stay open: the caller closes them. */
export async function makeOffices(root: string): Promise<Record<OfficeName, { desk: Desk; ctx: Context }>> {
  mkdirSync(stickOf(root), { recursive: true });
  const open = async (name: OfficeName, office: string, code: string) => {
    const desk = deskOf(root, name);
    return {
      desk,
      ctx: await desk.create({
        folder: folderOf(root, name),
        organisation: `${office}公司`,
        office,
        code,
        operator: '陈思远',
        role: 'leader',
      }),
    };
  };
  const [a, b] = [await open('a', '华漕驻点', 'HC'), await open('b', '徐汇总部', 'XH')];
  const [cardA, cardB] = [(await makeCard(a.ctx)).text, (await makeCard(b.ctx)).text];
  await confirmPartner(b.ctx, cardA, (await viewCard(b.ctx, cardA)).fingerprint);
  await confirmPartner(a.ctx, cardB, (await viewCard(a.ctx, cardB)).fingerprint);
  return { a, b };
}

/** Actions of so many rows each. */
async function inActions(
  ctx: Context,
  name: string,
  count: number,
  one: (tx: Writer, n: number) => Promise<void>,
): Promise<void> {
  for (let from = 0; from < count; from += ROWS_PER_ACTION) {
    await act(ctx, name, 'bench', async (tx) => {
      for (let n = from; n < Math.min(count, from + ROWS_PER_ACTION); n += 1) {
        await one(tx, n);
        await tx.breathe();
      }
    });
  }
}

async function addEnterprises(ctx: Context, count: number): Promise<string[]> {
  const ids: string[] = [];
  const { townId, villages } = (
    await act(ctx, '区域', 'bench', async (tx) => {
      const town = await tx.insert(area, { level: 'town', name: '华漕镇' });
      const made: string[] = [];
      for (const name of VILLAGES) made.push((await tx.insert(area, { level: 'village', name, parentId: town.id })).id);
      return { townId: town.id, villages: made };
    })
  ).value;
  await inActions(ctx, '企业', count, async (tx, n) => {
    const { id } = await tx.insert(enterprise, {
      name: enterpriseName(n),
      internalCode: await tx.nextNumber('enterprise', TODAY),
      siteNo: '001',
      townId,
      villageId: villages[n % villages.length] as string,
      creditCode: creditCode(n),
      objectKind: n % 3 === 0 ? 'catering' : 'industrial',
      operatingStatus: 'operating',
      address: `联友路${n % 900}号`,
      legalRep: personName(n),
    });
    await tx.insert(contact, {
      enterpriseId: id,
      name: personName(n + 1),
      mobile: `139${String(10_000_000 + n * 7).slice(-8)}`,
      isPrimary: true,
    });
    ids.push(id);
  });
  return ids;
}

async function addFindings(ctx: Context, enterprises: readonly string[], count: number): Promise<string[]> {
  const ids: string[] = [];
  const [law] = await ctx.store.read.sql<{ id: string }>('SELECT id FROM legal_basis ORDER BY id LIMIT 1');
  await inActions(ctx, '问题', count, async (tx, n) => {
    const day = addDays('2024-01-08', n % 700);
    const { id } = await tx.insert(finding, {
      no: await tx.nextNumber('finding', day),
      enterpriseId: enterprises[(n * 7) % enterprises.length] as string,
      foundDate: day,
      category: 'other',
      handlingClass: 'deadline',
      description: `危废暂存间未按要求张贴标识，第${n % 40}号桶未加盖，地面有渗漏痕迹`,
      measure: '补贴标识，加盖密闭，清理地面并做防渗处理',
      location: '危废暂存间',
      responsibleUnit: enterpriseName(n),
      responsiblePerson: personName(n),
      proposedDeadline: addDays(day, 15),
    });
    ids.push(id);
    if (law) await tx.insert(findingLaw, { findingId: id, legalBasisId: law.id } as never);
    let last: { id: string; to: FindingState } | null = null;
    for (const [event, to, after] of STEPS.slice(0, n % 5 < 3 ? 4 : 2)) {
      const step: { id: string } = await tx.insert(findingStep, {
        findingId: id,
        event,
        from: last?.to ?? null,
        to,
        date: addDays(day, after),
        at: tx.now,
        by: personName(n),
        ...(event === 'issue' && { deadline: addDays(day, 15) }),
      });
      if (last) await tx.insert(findingStepPrev, { stepId: step.id, prevId: last.id } as never);
      last = { id: step.id, to };
    }
  });
  return ids;
}

/** Photos of findings, of bytes that nothing can compress. */
export async function addPhotos(
  ctx: Context,
  findings: readonly string[],
  count: number,
  bytes: number,
): Promise<void> {
  const blobs: { sha256: string; size: number }[] = [];
  await Promise.all(
    Array.from({ length: FILES_AT_ONCE }, async (_, lane) => {
      for (let n = lane; n < count; n += FILES_AT_ONCE) blobs.push(await ctx.store.blobs.addBytes(randomBytes(bytes)));
    }),
  );
  await inActions(ctx, '照片', count, async (tx, n) => {
    await tx.insert(attachment, {
      ownerEntity: 'finding',
      ownerId: findings[n % findings.length] as string,
      kind: n % 2 === 0 ? 'photo_before' : 'photo_after',
      seq: 1 + Math.floor(n / findings.length),
      name: `IMG_${n}.jpg`,
      sha256: (blobs[n] as { sha256: string }).sha256,
      size: bytes,
      mime: 'image/jpeg',
      width: 1600,
      height: 1200,
      takenAt: '2025-05-06T10:20:00',
    });
  });
}

/** Fills an office; operations of its log after that. */
export async function fill(ctx: Context, sizes: Sizes): Promise<{ operations: number }> {
  const enterprises = await addEnterprises(ctx, sizes.enterprises);
  const findings = await addFindings(ctx, enterprises, sizes.findings);
  await addPhotos(ctx, findings, sizes.photos, sizes.photoBytes);
  return { operations: (await ctx.store.read.sqlOne<{ n: number }>('SELECT count(*) AS n FROM sync_op'))?.n ?? 0 };
}

/** A week's work: edits spread over enterprises and findings, and new photos. */
export async function workAWeek(ctx: Context, edits: number, photos: number, photoBytes: number): Promise<void> {
  const enterprises = await ctx.store.read.sql<{ id: string }>(
    'SELECT id FROM enterprise WHERE deleted_at IS NULL ORDER BY id LIMIT ?',
    [Math.ceil(edits / 2)],
  );
  const findings = await ctx.store.read.sql<{ id: string }>(
    'SELECT id FROM finding WHERE deleted_at IS NULL ORDER BY id DESC LIMIT ?',
    [Math.floor(edits / 2)],
  );
  await inActions(ctx, '修改企业', enterprises.length, async (tx, n) => {
    await tx.update(enterprise, enterprises[n]?.id as string, { address: `纪翟路${n}号` });
  });
  await inActions(ctx, '修改问题', findings.length, async (tx, n) => {
    await tx.update(finding, findings[n]?.id as string, { location: `车间${n % 9}北侧` });
  });
  await addPhotos(
    ctx,
    findings.map((f) => f.id),
    photos,
    photoBytes,
  );
}
