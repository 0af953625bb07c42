// Trainings, figures, reports.
import * as statistics from '../../services/statistics/index.ts';
import * as reports from '../../services/reports/index.ts';
import * as training from '../../services/training/index.ts';
import { refused } from '../../services/errors.ts';
import { inWorker } from '../../services/workers/index.ts';
import type { HostContext, Implementer } from './implementer.ts';

export function trainingProcedures(os: Implementer['training'], { desk, uploads, downloads }: HostContext) {
  return {
    get: os.get.handler(({ input }) => training.getTraining(desk.context, input.id)),
    setAudience: os.setAudience.handler(({ input }) =>
      training.setAudience(desk.context, input.id, input.audience, input.seen),
    ),
    invite: os.invite.handler(({ input }) =>
      training.invite(desk.context, input.id, input.enterpriseIds, input.filter),
    ),
    uninvite: os.uninvite.handler(({ input }) => training.uninvite(desk.context, input.id, input.enterpriseIds)),
    enterprises: os.enterprises.handler(({ input }) =>
      training.trainingEnterprises(desk.context, input.id, input.show, input.text, input.page),
    ),
    importSignIn: os.importSignIn.handler(async ({ input }) => {
      const bytes = await uploads.bytes(input.uploadId);
      if (!bytes) throw refused('上传的文件已不在，请重新选择');
      return await training.importSignIn(desk.context, input.id, bytes, input.name);
    }),
    signInSheet: os.signInSheet.handler(async ({ input }) => {
      const document = await training.signInSheet(desk.context, input.id);
      return downloads.offer(document.fileName, document.bytes);
    }),
    summaryFile: os.summaryFile.handler(async ({ input }) => {
      const document = await training.trainingSummaryFile(desk.context, input.id);
      return downloads.offer(document.fileName, document.bytes);
    }),
  };
}

export function statisticsProcedures(os: Implementer['statistics'], { desk, downloads }: HostContext) {
  return {
    overview: os.overview.handler(({ input }) => statistics.overview(desk.context, input)),
    figuresBy: os.figuresBy.handler(({ input }) => statistics.figuresBy(desk.context, input)),
    behind: os.behind.handler(({ input: { page, ...drill } }) => statistics.behind(desk.context, drill, page)),
    exportOverview: os.exportOverview.handler(async ({ input }) => {
      const sheets = statistics.exportOverview(await statistics.overview(desk.context, input));
      return downloads.offer(`统计_${input.from}_${input.to}.xlsx`, await inWorker('writeSheets', { sheets }));
    }),
    exportBehind: os.exportBehind.handler(async ({ input }) => {
      const sheet = await statistics.exportBehind(desk.context, input);
      return downloads.offer(
        `${sheet.name}名单_${desk.today()}.xlsx`,
        await inWorker('writeSheets', { sheets: [sheet] }),
      );
    }),
  };
}

export function reportProcedures(os: Implementer['reports'], { desk, downloads, jobs }: HostContext) {
  const offer = (document: { bytes: Uint8Array; fileName: string }) =>
    downloads.offer(document.fileName, document.bytes);
  return {
    preview: os.preview.handler(({ input }) => reports.previewReport(desk.context, input)),
    issue: os.issue.handler(({ input }) =>
      jobs.start('出具报告', async (control) => {
        control.progress(0, 2, '统计数据');
        const document = await reports.issueReport(desk.context, input, control.signal);
        control.progress(2, 2, '已存档');
        const link = offer(document);
        const archived = (await reports.listArchive(desk.context, null, null)).find(
          (a) => a.id === document.documentId,
        );
        return { ...archived, ...link };
      }),
    ),
    file: os.file.handler(async ({ input }) => offer(await reports.archivedBytes(desk.context, input.id))),
    findings: os.findings.handler(async ({ input }) => {
      const { sheets, fileName } = await reports.reportSheets(desk.context, input);
      return downloads.offer(fileName, await inWorker('writeSheets', { sheets }));
    }),
    saveText: os.saveText.handler(async ({ input }) => {
      await reports.saveText(desk.context, input.report, input.patch);
      return { saved: true as const };
    }),
    saveCases: os.saveCases.handler(async ({ input }) => {
      await reports.saveCases(desk.context, input.report, input.cases);
      return { saved: true as const };
    }),
    caseCandidates: os.caseCandidates.handler(({ input }) =>
      reports.caseCandidates(desk.context, input.report, input.words),
    ),
  };
}
