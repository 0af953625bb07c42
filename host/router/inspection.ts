// Rounds and visits.
import * as rounds from '../../services/rounds/index.ts';
import * as visits from '../../services/visits/index.ts';
import type { HostContext, Implementer } from './implementer.ts';

export function roundProcedures(os: Implementer['rounds'], { desk }: HostContext) {
  return {
    list: os.list.handler(() => rounds.listRounds(desk.context)),
    board: os.board.handler(({ input }) => rounds.roundBoard(desk.context, input.id)),
    previewScope: os.previewScope.handler(({ input }) => rounds.previewScope(desk.context, input)),
    create: os.create.handler(({ input }) => rounds.createRound(desk.context, input)),
    targets: os.targets.handler(({ input }) => rounds.listTargets(desk.context, input)),
    addTargets: os.addTargets.handler(({ input }) => rounds.addTargets(desk.context, input.roundId, input.enterpriseIds)),
    assign: os.assign.handler(({ input }) => rounds.assignTargets(desk.context, input.targetIds, input)),
    skip: os.skip.handler(({ input }) => rounds.skipTargets(desk.context, input.targetIds, input.reason, input.note)),
    retry: os.retry.handler(({ input }) => rounds.retryTargets(desk.context, input.targetIds)),
    setState: os.setState.handler(({ input }) => rounds.setRoundState(desk.context, input.id, input.state)),
    remove: os.remove.handler(({ input }) => rounds.removeRound(desk.context, input.id)),
  };
}

export function visitProcedures(os: Implementer['visits'], { desk, downloads }: HostContext) {
  return {
    list: os.list.handler(({ input }) => visits.listVisits(desk.context, input)),
    get: os.get.handler(({ input }) => visits.getVisit(desk.context, input.id)),
    start: os.start.handler(({ input }) => visits.startVisit(desk.context, input)),
    update: os.update.handler(({ input }) => visits.updateVisit(desk.context, input.id, input.values)),
    setPurposes: os.setPurposes.handler(({ input }) => visits.setVisitMembers(desk.context, input.id, 'purposes', input.purposes)),
    setStaff: os.setStaff.handler(({ input }) => visits.setVisitMembers(desk.context, input.id, 'staff', input.staffIds)),
    setChecklists: os.setChecklists.handler(({ input }) => visits.setVisitMembers(desk.context, input.id, 'checklists', input.checklistIds)),
    answer: os.answer.handler(({ input }) => visits.answerItem(desk.context, input.visitId, input.itemId, input.result, input.remark)),
    answerRest: os.answerRest.handler(({ input }) => visits.answerRest(desk.context, input.visitId, input.aspectId, input.result)),
    finish: os.finish.handler(({ input }) => visits.finishVisit(desk.context, input.id, input.outcome)),
    unsign: os.unsign.handler(({ input }) => visits.unsignVisit(desk.context, input.id, input.reason)),
    sign: os.sign.handler(({ input }) => visits.signVisit(desk.context, input.id, { signerName: input.signerName, signerPost: input.signerPost, refused: input.refused, refusedReason: input.refusedReason })),
    recordFile: os.recordFile.handler(async ({ input }) => {
      const document = await visits.recordFile(desk.context, input.id);
      return downloads.offer(document.fileName, document.bytes);
    }),
    remove: os.remove.handler(({ input }) => visits.removeVisit(desk.context, input.id)),
  };
}
