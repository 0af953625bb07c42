// Lists of every kind of record.
import { listOf } from '../../domain/lists.ts';
import * as lists from '../../services/lists/index.ts';
import { inWorker } from '../../services/workers/index.ts';
import type { HostContext, Implementer } from './implementer.ts';

export function listProcedures(os: Implementer['lists'], { desk, downloads }: HostContext) {
  return {
    list: os.list.handler(({ input }) => lists.listPage(desk.context, input)),
    ids: os.ids.handler(({ input }) => lists.listIds(desk.context, input)),
    names: os.names.handler(({ input }) => lists.filterNames(desk.context, input.kind, input.filter)),
    export: os.export.handler(async ({ input }) => {
      const sheet = await lists.listSheet(desk.context, input);
      const name = `${listOf(input.kind).title}_${desk.today()}.xlsx`;
      return downloads.offer(name, await inWorker('writeSheets', { sheets: [sheet] }));
    }),
    views: os.views.handler(({ input }) => lists.savedViews(desk.context, input.kind)),
    saveView: os.saveView.handler(({ input }) => lists.saveView(desk.context, input)),
    removeView: os.removeView.handler(({ input }) => lists.removeView(desk.context, input.id)),
  };
}
