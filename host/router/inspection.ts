// Rounds and visits.
import * as rounds from '../../services/rounds/index.ts';
import * as visits from '../../services/visits/index.ts';
import type { HostContext, Implementer } from './implementer.ts';

export function roundProcedures(os: Implementer['rounds'], { desk }: HostContext) {
  return {
    board: os.board.handler(({ input }) => rounds.roundBoard(desk.context, input.id)),
    previewScope: os.previewScope.handler(({ input }) => rounds.previewScope(desk.context, input)),
    create: os.create.handler(({ input }) => rounds.createRound(desk.context, input)),
    update: os.update.handler(({ input: { id, ...given } }) => rounds.updateRound(desk.context, id, given)),
    targets: os.targets.handler(({ input }) => rounds.listTargets(desk.context, input)),
    addTargets: os.addTargets.handler(({ input }) =>
      rounds.addTargets(desk.context, input.roundId, input.enterpriseIds),
    ),
    assign: os.assign.handler(({ input }) => rounds.assignTargets(desk.context, input.targetIds, input)),
    remove: os.remove.handler(({ input }) => rounds.removeRound(desk.context, input.id)),
  };
}

export function visitProcedures(os: Implementer['visits'], { desk, downloads }: HostContext) {
  return {
    get: os.get.handler(({ input }) => visits.getVisit(desk.context, input.id)),
    fileCheck: os.fileCheck.handler(({ input }) => visits.fileCheck(desk.context, input.id)),
    start: os.start.handler(({ input }) => visits.startVisit(desk.context, input)),
    update: os.update.handler(({ input }) => visits.updateVisit(desk.context, input.id, input.values, input.seen)),
    setRound: os.setRound.handler(({ input }) => visits.setRound(desk.context, input.id, input.targetId)),
    setPurposes: os.setPurposes.handler(({ input }) =>
      visits.setVisitMembers(desk.context, input.id, 'purposes', input.purposes, input.seen),
    ),
    setOpeningPoints: os.setOpeningPoints.handler(({ input }) =>
      visits.setVisitMembers(desk.context, input.id, 'openingPoints', input.points, input.seen),
    ),
    setStaff: os.setStaff.handler(({ input }) =>
      visits.setVisitMembers(desk.context, input.id, 'staff', input.staffIds, input.seen),
    ),
    setChecklists: os.setChecklists.handler(({ input }) =>
      visits.setVisitMembers(desk.context, input.id, 'checklists', input.checklistIds, input.seen),
    ),
    answer: os.answer.handler(({ input }) =>
      visits.answerItem(desk.context, input.visitId, input.itemId, input.result, input.remark, input.seen),
    ),
    answerRest: os.answerRest.handler(({ input }) =>
      visits.answerRest(desk.context, input.visitId, input.aspectId, input.result),
    ),
    recordFile: os.recordFile.handler(async ({ input }) => {
      const document = await visits.recordFile(desk.context, input.id);
      return downloads.offer(document.fileName, document.bytes);
    }),
    remove: os.remove.handler(({ input }) => visits.removeVisit(desk.context, input.id)),
  };
}
