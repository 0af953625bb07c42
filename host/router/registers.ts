// Register import.
import * as registers from '../../services/registers/index.ts';
import { refused } from '../../services/errors.ts';
import { inWorker } from '../../services/workers/index.ts';
import type { HostContext, Implementer } from './implementer.ts';

export function registerProcedures(os: Implementer['registers'], { desk, uploads, downloads, jobs }: HostContext) {
  const filesOf = async (given: readonly { id: string; name: string }[]): Promise<registers.SourceFile[]> => {
    const files: registers.SourceFile[] = [];
    for (const upload of given) {
      const bytes = await uploads.bytes(upload.id);
      if (!bytes) throw refused(`“${upload.name}”已不在，请重新选择文件`);
      files.push({ name: upload.name, bytes });
    }
    return files;
  };
  return {
    recognise: os.recognise.handler(async ({ input }) => {
      const files = await filesOf(input.uploads);
      return jobs.start(
        '核对台账',
        async (control) => await registers.previewFiles(desk.context, files, input.options, control),
      );
    }),
    relook: os.relook.handler(({ input }) =>
      jobs.start(
        '核对台账',
        async (control) => await registers.relookLedgers(desk.context, input.previewId, input.options, control),
      ),
    ),
    take: os.take.handler(({ input }) =>
      jobs.start(
        '导入台账',
        async (control) => await registers.takeFile(desk.context, input.previewId, input.file, control),
      ),
    ),
    preview: os.preview.handler(async ({ input }) => {
      const files = await filesOf(input.uploads);
      return jobs.start(
        '核对名册',
        async (control) => await registers.previewImport(desk.context, files, input.options, control),
      );
    }),
    repreview: os.repreview.handler(({ input }) =>
      jobs.start(
        '核对名册',
        async (control) => await registers.repreview(desk.context, input.previewId, input.options, control),
      ),
    ),
    rows: os.rows.handler(({ input }) => registers.previewRows(desk.context, input)),
    decide: os.decide.handler(({ input }) => registers.decide(desk.context, input)),
    mend: os.mend.handler(({ input }) => registers.mendRow(desk.context, input)),
    adopt: os.adopt.handler(({ input }) => registers.adoptProposals(desk.context, input)),
    apply: os.apply.handler(({ input }) =>
      jobs.start('导入名册', async (control) => await registers.applyImport(desk.context, input.previewId, control)),
    ),
    waiting: os.waiting.handler(({ input }) => registers.waitingValues(desk.context, input.enterpriseId)),
    settle: os.settle.handler(({ input }) => registers.settleValues(desk.context, input.ids, input.use)),
    waitingRows: os.waitingRows.handler(() => registers.waitingRows(desk.context)),
    answer: os.answer.handler(({ input }) => registers.answerRow(desk.context, input.id, input.enterpriseId)),
    profiles: os.profiles.handler(() => registers.listProfiles(desk.context)),
    profile: os.profile.handler(({ input }) => registers.shownProfile(desk.context, input.id)),
    profileChoices: os.profileChoices.handler(() => registers.profileChoices()),
    saveProfile: os.saveProfile.handler(({ input }) => registers.saveProfile(desk.context, input)),
    removeProfile: os.removeProfile.handler(({ input }) => registers.removeProfile(desk.context, input.id)),
    discard: os.discard.handler(({ input }) => registers.discardPreview(input.previewId)),
    runs: os.runs.handler(() => registers.listRuns(desk.context)),
    exportResult: os.exportResult.handler(async ({ input }) =>
      downloads.offer(
        `导入结果_${desk.today()}.xlsx`,
        await inWorker('writeSheets', { sheets: await registers.exportResult(desk.context, input.runId) }),
      ),
    ),
    exportPreview: os.exportPreview.handler(async ({ input }) =>
      downloads.offer(
        `导入核对_${desk.today()}.xlsx`,
        await inWorker('writeSheets', { sheets: registers.exportPreview(desk.context, input.previewId) }),
      ),
    ),
  };
}
