// What issuing should make somebody look twice at: one rule for the page of a visit, the page of a finding and many at once.
import { finding } from '../../domain/findings/entities.ts';
import { noticePhotos } from '../../domain/attachments/shown.ts';
import type { RowOf } from '../../domain/dictionary/entity.ts';
import { attachmentsOf } from '../attachments/index.ts';
import { contractProblems } from '../contract-days.ts';
import type { Context } from '../context.ts';
import { citationsOf } from '../knowledge/index.ts';

/** Sentences of one finding: laws not in force on the day of the conduct, photos whose files are not here. */
async function doubtsOf(ctx: Context, row: RowOf<typeof finding>, photos: number): Promise<string[]> {
  const link = { table: 'finding_law', owner: 'finding_id' } as const;
  const laws = (await citationsOf(ctx.store.read, link, [row.id], row.foundDate)).get(row.id) ?? [];
  return [
    ...laws.flatMap((law) => (law.warning ? [`问题 ${row.no}《${law.shortTitle}》${law.label}：${law.warning}`] : [])),
    ...(photos > 0 ? [`问题 ${row.no}有 ${photos} 张照片的原件不在这台电脑上，不会印出`] : []),
  ];
}

/** What is doubtful of findings that are to be issued today; nothing of those that are not drafts. */
export async function issueDoubts(ctx: Context, ids: readonly string[]): Promise<string[]> {
  const rows = (await Promise.all(ids.map(async (id) => await ctx.store.read.get(finding, id)))).filter(
    (row) => row?.status === 'draft',
  ) as RowOf<typeof finding>[];
  if (rows.length === 0) return [];
  const photos = await attachmentsOf(
    ctx,
    rows.map((row) => row.id),
  );
  const sentences: string[] = [];
  for (const row of rows) {
    const away = noticePhotos(photos.get(row.id) ?? [], 'before').filter((p) => !p.isHere && !p.onlyThumbnail);
    sentences.push(...(await doubtsOf(ctx, row, away.length)));
  }
  const outside = await contractProblems(ctx.store.read, ctx.projectId(), ctx.today(), '开具日期');
  return [...sentences, ...outside.map((one) => one.sentence)];
}
