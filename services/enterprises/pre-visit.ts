// 拜访前资料: what the file says before a visit, what it lacks, and what is usual in the trade.
import { enterprise } from '../../domain/enterprises/entities.ts';
import { ACCEPTANCES, LEDGERS, preVisitPaper } from '../../domain/enterprises/pre-visit-paper.ts';
import { labelOf } from '../../domain/dictionary/vocabulary.ts';
import { dayText } from '../../domain/reports/words.ts';
import { safeFileName } from '../../domain/values/file-name.ts';
import { VISIT_OUTCOMES } from '../../domain/visits/entities.ts';
import type { Context } from '../context.ts';
import { completenessOf } from '../derived/index.ts';
import { notFound } from '../errors.ts';
import { applicabilityIn, tradesOf, type Trade } from '../knowledge/index.ts';
import { readPaper } from '../papers/index.ts';
import { paperText } from '../paper-words/index.ts';
import { inWorker } from '../workers/index.ts';

/** What the file lacks, a sentence for each of its sections. */
async function gapsOf(ctx: Context, id: string): Promise<string[]> {
  const level = await completenessOf(ctx.store.read, id);
  const missing = [...(level?.missing ?? []), ...(level?.advised.missing ?? [])];
  return [...Map.groupBy(missing, ({ sectionLabel }) => sectionLabel)].map(
    ([section, fields]) => `${section}：${[...new Set(fields.map(({ label }) => label))].join('、')}`,
  );
}

/** What is usual in a trade: where it pollutes, and what was often found. */
function hintsOf(trade: Trade): string[] {
  const nodes = trade.processes.map((step) => `${step.process}（${step.pollutionNode}）`).join('、');
  const found = trade.typicalFindings ?? [];
  return [
    `${trade.name}常见产污环节：${nodes}`,
    ...(found.length > 0 ? [`${trade.name}常见情况：${found.join('、')}`] : []),
  ];
}

async function lastVisitOf(ctx: Context, id: string): Promise<string> {
  const last = await ctx.store.read.sqlOne<{ date: string; outcome: string }>(
    `SELECT date, outcome FROM visit WHERE enterprise_id = ? AND deleted_at IS NULL AND outcome IS NOT NULL
     ORDER BY date DESC, id DESC LIMIT 1`,
    [id],
  );
  return last ? `${dayText(last.date)}，${labelOf(VISIT_OUTCOMES, last.outcome)}` : '';
}

/** What is said of the papers and ledgers that are not on file, by what the file says of the enterprise. */
async function missingOf(ctx: Context, id: string): Promise<Record<keyof typeof LEDGERS | 'noAcceptance', string>> {
  const judge = await applicabilityIn(ctx.store.read, ctx.resources, id);
  const said = ({ needs, unless, yes, no, unknown }: (typeof LEDGERS)[keyof typeof LEDGERS]): string => {
    if (unless && judge({ all: [unless] }).applies) return no;
    const { applies } = judge({ all: [needs] });
    return applies === null ? unknown : applies ? yes : no;
  };
  const { asked, needless, yes, no } = ACCEPTANCES;
  const isNeedless = judge({ all: [needless] }).applies === true && judge({ all: [asked] }).applies !== true;
  return {
    noTransfers: said(LEDGERS.noTransfers),
    noReports: said(LEDGERS.noReports),
    noAcceptance: isNeedless ? no : yes,
  };
}

/** The dossier for the bag before a visit, in Word. @throws NOT_FOUND */
export async function preVisitFile(
  ctx: Context,
  id: string,
  contacts: 'masked' | 'shown',
): Promise<{ bytes: Uint8Array; fileName: string }> {
  const row = await ctx.store.read.get(enterprise, id);
  if (!row) throw notFound(enterprise.label);
  const read = await readPaper(ctx, preVisitPaper, id);
  const data = {
    ...read.data,
    ...(await missingOf(ctx, id)),
    gaps: await gapsOf(ctx, id),
    hints: tradesOf(ctx.resources, row).flatMap(hintsOf),
    lastVisit: await lastVisitOf(ctx, id),
  };
  const input = { paperId: preVisitPaper.id, data, options: { contacts }, photos: read.photos };
  const fileName = `${safeFileName(paperText(preVisitPaper, data, preVisitPaper.file))}_${ctx.today()}.docx`;
  return { bytes: await inWorker('writePaper', input), fileName };
}
