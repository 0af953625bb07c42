// The enterprise file.
import * as enterprises from '../../services/enterprises/index.ts';
import type { HostContext, Implementer } from './implementer.ts';

export function enterpriseProcedures(os: Implementer['enterprises'], { desk, downloads }: HostContext) {
  return {
    get: os.get.handler(({ input }) => enterprises.getEnterprise(desk.context, input.id)),
    check: os.check.handler(({ input }) => enterprises.checkEnterprise(desk.context, input.id, input.values)),
    create: os.create.handler(({ input }) => enterprises.createEnterprise(desk.context, input.values)),
    update: os.update.handler(({ input }) =>
      enterprises.updateEnterprise(desk.context, input.id, input.values, input.seen),
    ),
    amendMove: os.amendMove.handler(({ input }) => enterprises.amendMove(desk.context, input.id, input.since)),
    updateMany: os.updateMany.handler(({ input }) =>
      enterprises.updateEnterprises(desk.context, input.ids, input.values),
    ),
    remove: os.remove.handler(({ input }) => enterprises.binEnterprises(desk.context, input.ids, true)),
    restore: os.restore.handler(({ input }) => enterprises.binEnterprises(desk.context, input.ids, false)),
    timeline: os.timeline.handler(({ input }) => enterprises.timelineOf(desk.context, input.id, input.page)),
    verifySection: os.verifySection.handler(({ input }) =>
      enterprises.verifySection(desk.context, input.id, input.section, input.source, input.changed),
    ),
    dossier: os.dossier.handler(async ({ input }) => {
      const document = await enterprises.dossierFile(desk.context, input.id, input.contacts);
      return downloads.offer(document.fileName, document.bytes);
    }),
  };
}
