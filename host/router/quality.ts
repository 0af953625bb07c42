// Data quality and changes of many rows.
import * as edits from '../../services/edits/index.ts';
import * as quality from '../../services/quality/index.ts';
import type { HostContext, Implementer } from './implementer.ts';

export function editProcedures(os: Implementer['edits'], { desk, jobs }: HostContext) {
  return {
    preview: os.preview.handler(({ input }) =>
      jobs.start('预览批量修改', async (control) => await edits.previewEdit(desk.context, input, control)),
    ),
    apply: os.apply.handler(({ input }) =>
      jobs.start('批量修改', async (control) => await edits.applyEdit(desk.context, input, control)),
    ),
  };
}

export function qualityProcedures(os: Implementer['quality'], { desk, jobs }: HostContext) {
  return {
    counts: os.counts.handler(() => quality.qualityCounts(desk.context)),
    rows: os.rows.handler(({ input }) => quality.qualityRows(desk.context, input)),
    preview: os.preview.handler(({ input }) =>
      jobs.start('核对建议', async (control) => await quality.previewProposals(desk.context, input, control)),
    ),
    take: os.take.handler(({ input }) =>
      jobs.start('采用建议', async (control) => await quality.takeProposals(desk.context, input, control)),
    ),
  };
}
