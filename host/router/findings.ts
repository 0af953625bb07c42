// Findings and the closed loop.
import * as findings from '../../services/findings/index.ts';
import type { HostContext, Implementer } from './implementer.ts';

export function findingProcedures(os: Implementer['findings'], { desk, downloads }: HostContext) {
  return {
    get: os.get.handler(({ input }) => findings.getFinding(desk.context, input.id)),
    create: os.create.handler(({ input }) => findings.createFinding(desk.context, input.values, input.lawIds)),
    update: os.update.handler(({ input }) =>
      findings.updateFinding(desk.context, input.id, input.values, input.lawIds, input.seen, input.seenLawIds),
    ),
    decideRepeat: os.decideRepeat.handler(({ input }) => findings.decideRepeat(desk.context, input)),
    withdrawRepeat: os.withdrawRepeat.handler(({ input }) => findings.withdrawRepeat(desk.context, input.decisionId)),
    removeDraft: os.removeDraft.handler(({ input }) => findings.removeDraft(desk.context, input.id)),
    followUp: os.followUp.handler(({ input: { ids, ...given } }) => findings.addFollowUp(desk.context, ids, given)),
    assign: os.assign.handler(({ input }) => findings.assignFindings(desk.context, input.ids, input.responsiblePerson)),
    issueNotice: os.issueNotice.handler(async ({ input }) => {
      const { noticeId, actionId, document } = await findings.issueNotice(desk.context, input);
      return { id: noticeId, actionId, problems: [], file: downloads.offer(document.fileName, document.bytes) };
    }),
    story: os.story.handler(async ({ input }) => {
      const { fileName, bytes } = await findings.findingStory(desk.context, input.id);
      return downloads.offer(fileName, bytes);
    }),
    noticeFile: os.noticeFile.handler(async ({ input }) => {
      const document = await findings.noticeFile(desk.context, input.noticeId);
      return downloads.offer(document.fileName, document.bytes);
    }),
  };
}
