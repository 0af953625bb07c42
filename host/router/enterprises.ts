// The enterprise file.
import * as enterprises from '../../services/enterprises/index.ts';
import { inWorker } from '../../services/workers/index.ts';
import type { HostContext, Implementer } from './implementer.ts';

export function enterpriseProcedures(os: Implementer['enterprises'], { desk, downloads }: HostContext) {
  return {
    list: os.list.handler(({ input }) => enterprises.listEnterprises(desk.context, input)),
    ids: os.ids.handler(({ input }) => enterprises.listEnterpriseIds(desk.context, input)),
    get: os.get.handler(({ input }) => enterprises.getEnterprise(desk.context, input.id)),
    check: os.check.handler(({ input }) => enterprises.checkEnterprise(desk.context, input.id, input.values)),
    create: os.create.handler(({ input }) => enterprises.createEnterprise(desk.context, input.values)),
    update: os.update.handler(({ input }) => enterprises.updateEnterprise(desk.context, input.id, input.values)),
    updateMany: os.updateMany.handler(({ input }) => enterprises.updateEnterprises(desk.context, input.ids, input.values)),
    remove: os.remove.handler(({ input }) => enterprises.binEnterprises(desk.context, input.ids, true)),
    restore: os.restore.handler(({ input }) => enterprises.binEnterprises(desk.context, input.ids, false)),
    timeline: os.timeline.handler(({ input }) => enterprises.timelineOf(desk.context, input.id, input.page)),
    verifySection: os.verifySection.handler(({ input }) => enterprises.verifySection(desk.context, input.id, input.section, input.source)),
    dossier: os.dossier.handler(async ({ input }) => {
      const document = await enterprises.dossierFile(desk.context, input.id, input.contacts);
      return downloads.offer(document.fileName, document.bytes);
    }),
    exportList: os.exportList.handler(async ({ input }) => {
      const sheet = await enterprises.exportEnterpriseList(desk.context, input.filter, input.columns);
      return downloads.offer(`企业名单_${desk.today()}.xlsx`, await inWorker('writeSheets', { sheets: [sheet] }));
    }),
  };
}
