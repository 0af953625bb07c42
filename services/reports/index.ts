// Periodic reports: preview, checks before issuing, Word, archive.
import type { ReportCheck, ReportPreview, reportRequest } from '../../contract/reports.ts';
import type { z } from 'zod';
import {
  contradictions,
  FINDING_LIST_COLUMNS,
  findingListValue,
  statesText,
  printedSections,
  REPORT_SECTIONS,
  reportText,
  sectionTitle,
  unsaidFigures,
  type ReportFigures,
} from '../../domain/reports/index.ts';
import { orderingWords } from '../../domain/values/ordering-words.ts';
import { archiveDocument, archivedBytes, listArchive } from '../archive/index.ts';
import type { Context } from '../context.ts';
import { refused } from '../errors.ts';
import type { Sheet } from '../documents/index.ts';
import { inWorker } from '../workers/index.ts';
import { inNarrowed } from '../statistics/index.ts';
import { reportFigures } from './figures.ts';
import { filterText, reportScopes } from './scopes.ts';
import { staffDaySheet } from './staff-days.ts';
import { photosOf, textsOf } from './texts.ts';

export { archivedBytes, listArchive };
export { caseCandidates, saveCases, saveText } from './texts.ts';

export type Request = z.output<typeof reportRequest>;

/** Why nothing can be said of a period as of a day before it, or null. */
const tooEarly = (request: Request): string | null =>
  request.asOf < request.from
    ? `截至日 ${request.asOf} 早于期间的第一天 ${request.from}，还没有可报告的。请改截至日或期间`
    : null;

/** What to look at before issuing. Only a contradiction between figures is an error. */
async function checksOf(ctx: Context, request: Request, figures: ReportFigures): Promise<ReportCheck[]> {
  const read = ctx.store.slow;
  const { period } = await reportScopes(ctx, request);
  const meant = inNarrowed(period, 'f.enterprise_id', 'f.found_date');
  const drafts = await read.sqlOne<{ n: number }>(
    `SELECT count(*) AS n FROM finding f WHERE f.deleted_at IS NULL AND f.status = 'draft' AND f.owner <> 'authority' AND f.found_date BETWEEN ? AND ? AND ${meant.sql}`,
    [request.from, request.to, ...meant.parameters],
  );
  const heads = await read.sql<{ id: string; no: string }>(
    `SELECT f.id, f.no FROM finding f JOIN finding_step s ON s.finding_id = f.id AND s.deleted_at IS NULL WHERE f.deleted_at IS NULL AND ${meant.sql}
       AND NOT EXISTS (SELECT 1 FROM finding_step_prev p WHERE p.prev_id = s.id AND p.deleted_at IS NULL) GROUP BY f.id HAVING count(*) > 1 LIMIT 5`,
    meant.parameters,
  );
  const withoutPhoto = await read.sqlOne<{ n: number }>(
    `SELECT count(*) AS n FROM finding f WHERE f.deleted_at IS NULL AND f.status NOT IN ('draft', 'voided') AND f.owner <> 'authority' AND f.photo_exemption IS NULL AND f.found_date BETWEEN ? AND ? AND ${meant.sql}
       AND NOT EXISTS (SELECT 1 FROM attachment a WHERE a.owner_id = f.id AND a.deleted_at IS NULL)`,
    [request.from, request.to, ...meant.parameters],
  );
  const { causes = [], advice = [], cases = [], plan } = figures;
  const typed = [...causes, ...advice, ...plan, ...cases.flatMap(({ title, text }) => [title, text])];
  const words = orderingWords(typed.join('。'));
  const check = (
    severity: ReportCheck['severity'],
    sentence: string,
    link: ReportCheck['link'] = null,
  ): ReportCheck => ({ severity, sentence, link });
  const found = figures.findings.length;
  const early = tooEarly(request);
  return [
    ...(early ? [check('error', early)] : []),
    ...contradictions(figures).map((s) => check('error', s)),
    ...heads.map((h) =>
      check('warn', `${h.no} 的流转两边不同，还没有决定，会影响未销号和逾期`, { entity: 'finding', id: h.id }),
    ),
    ...((drafts?.n ?? 0) > 0 ? [check('warn', `期间内还有 ${drafts?.n ?? 0} 项草稿问题，没有计入`)] : []),
    ...((withoutPhoto?.n ?? 0) > 0 ? [check('warn', `${withoutPhoto?.n ?? 0} 项问题没有照片，也没有写明原因`)] : []),
    ...(request.asOf < request.to
      ? [
          check(
            'warn',
            `期间未满，标题写明“截至${Number(request.asOf.slice(5, 7))}月${Number(request.asOf.slice(8))}日”`,
          ),
        ]
      : []),
    ...(!figures.clientName
      ? [check('warn', '还没有设置委托方，抬头和标题会缺少单位名称。请在设置里填写服务项目')]
      : []),
    ...(words.length > 0 ? [check('warn', `“${words.join('”“')}”是主管部门用语，建议改为建议、提示、督促`)] : []),
    check('ok', found > 0 ? `期间内 ${found} 项问题均已计入` : '期间内没有发现问题，正文写“本期未发现问题”'),
  ];
}

/** Figures and checks before printing. */
export async function previewReport(ctx: Context, request: Request): Promise<ReportPreview> {
  const figures = await reportFigures(ctx, request);
  const printed = printedSections(figures, request.sections ?? undefined);
  const scopes = await reportScopes(ctx, request);
  return {
    figures,
    checks: await checksOf(ctx, request, figures),
    scope: scopes.period,
    yearScope: scopes.year,
    texts: await textsOf(ctx, request),
    sections: REPORT_SECTIONS.map((s) => ({
      id: s.id,
      title: sectionTitle(s, figures.kind),
      included: printed.includes(s),
      empty: !s.has(figures),
      lacking: s.has(figures) ? null : s.lacking,
    })),
    leftOut: unsaidFigures(figures, request.sections ? { sections: request.sections } : {}),
  };
}

/**
 * Freezes the figures, writes the Word file in a worker, archives both.
 * @throws REFUSED when figures contradict each other, or as of a day that is to come or before the period
 */
export async function issueReport(ctx: Context, request: Request, signal?: AbortSignal) {
  const early = tooEarly(request);
  if (early) throw refused(early);
  const figures = await reportFigures(ctx, request);
  const wrong = contradictions(figures);
  if (wrong.length > 0) throw refused(wrong.join('；'));
  const options = {
    fonts: request.fontScheme,
    contacts: request.contacts,
    ...(request.sections && { sections: request.sections }),
  };
  const photos = await photosOf(ctx, figures.cases ?? []);
  const bytes = await inWorker('writeReport', { figures, options, photos }, signal);
  const within = [figures.period.label, await filterText(ctx, request.filter)].filter(Boolean).join('；');
  return await archiveDocument(ctx, {
    kind: request.kind,
    // Reports on other enterprises are no versions of one another.
    title: `${figures.title}（${within.slice(0, 120)}）`,
    periodFrom: request.from,
    periodTo: request.to,
    asOfDate: request.asOf,
    figures,
    bytes,
    fileName: `${figures.title}_${figures.period.label}.docx`,
  });
}

/**
 * The lists of a report in Excel, as of its day, masked as it is: the findings that it prints, and the days that its
 * person-days count.
 */
export async function reportSheets(ctx: Context, request: Request): Promise<{ sheets: Sheet[]; fileName: string }> {
  const early = tooEarly(request);
  if (early) throw refused(early);
  const { findings, period, asOf, title, staffDays = [] } = await reportFigures(ctx, request);
  const sheet: Sheet = {
    name: '问题清单',
    title: `${title}　问题清单（${period.label}）`,
    note: `${period.from} 至 ${period.to} 发现，状态截至 ${asOf}　共 ${findings.length} 项`,
    columns: FINDING_LIST_COLUMNS.map(({ heading, kind, width }) => ({ heading, kind, width })),
    rows: findings.map((row, at) =>
      FINDING_LIST_COLUMNS.map(({ key }) => findingListValue(row, key, at, request.contacts)),
    ),
    totals: FINDING_LIST_COLUMNS.map(({ key }) =>
      key === 'position' ? `合计${findings.length}项` : key === 'status' ? statesText(findings) : null,
    ),
  };
  const sheets = [sheet, ...(staffDays.length > 0 ? [staffDaySheet(staffDays, period)] : [])];
  return { sheets, fileName: `问题清单_${period.label}_截至${asOf}.xlsx` };
}

export { reportText };
