// Findings and the closed loop.
import * as findings from '../../services/findings/index.ts';
import { inWorker } from '../../services/workers/index.ts';
import type { HostContext, Implementer } from './implementer.ts';

export function findingProcedures(os: Implementer['findings'], { desk, downloads }: HostContext) {
  return {
    list: os.list.handler(({ input }) => findings.listFindings(desk.context, input)),
    ids: os.ids.handler(({ input }) => findings.listFindingIds(desk.context, input)),
    get: os.get.handler(({ input }) => findings.getFinding(desk.context, input.id)),
    create: os.create.handler(({ input }) => findings.createFinding(desk.context, input.values, input.lawIds)),
    update: os.update.handler(({ input }) => findings.updateFinding(desk.context, input.id, input.values, input.lawIds)),
    removeDraft: os.removeDraft.handler(({ input }) => findings.removeDraft(desk.context, input.id)),
    act: os.act.handler(({ input: { ids, ...request } }) => findings.actOnFindings(desk.context, ids, request)),
    followUp: os.followUp.handler(({ input: { ids, ...given } }) => findings.addFollowUp(desk.context, ids, given)),
    verify: os.verify.handler(({ input: { id, ...given } }) => findings.verifyFinding(desk.context, id, given)),
    issueNotice: os.issueNotice.handler(async ({ input }) => {
      const { noticeId, actionId, document } = await findings.issueNotice(desk.context, input);
      return { id: noticeId, actionId, problems: [], file: downloads.offer(document.fileName, document.bytes) };
    }),
    noticeFile: os.noticeFile.handler(async ({ input }) => {
      const document = await findings.noticeFile(desk.context, input.noticeId);
      return downloads.offer(document.fileName, document.bytes);
    }),
    acknowledgeNotice: os.acknowledgeNotice.handler(({ input: { noticeId, ...given } }) => findings.acknowledgeNotice(desk.context, noticeId, given)),
    exportList: os.exportList.handler(async ({ input }) => {
      const sheet = await findings.exportFindingList(desk.context, input.filter);
      return downloads.offer(`问题清单_${desk.today()}.xlsx`, await inWorker('writeSheets', { sheets: [sheet] }));
    }),
  };
}
