// Hand-off: cards and partners, packages out and in, conflicts.
import * as handoff from '../../services/handoff/index.ts';
import { officeKeyFile, takeOfficeKey } from '../../services/identity/index.ts';
import type { HostContext, Implementer } from './implementer.ts';

export function handoffProcedures(os: Implementer['handoff'], { desk, jobs }: HostContext) {
  const { version } = desk.options;
  return {
    state: os.state.handler(() => handoff.handoffState(desk.context)),
    card: os.card.handler(() => handoff.makeCard(desk.context)),
    readCard: os.readCard.handler(({ input }) => handoff.viewCard(desk.context, input.text)),
    confirmPartner: os.confirmPartner.handler(async ({ input }) => {
      await handoff.confirmPartner(desk.context, input.text, input.fingerprint);
      return await handoff.handoffState(desk.context);
    }),
    officeKey: os.officeKey.handler(({ input }) =>
      officeKeyFile(desk.context.store, desk.context.keys, input.passphrase),
    ),
    takeOfficeKey: os.takeOfficeKey.handler(async ({ input }) => {
      await takeOfficeKey(desk.context.store, desk.context.keys, input.text, input.passphrase);
      return await handoff.handoffState(desk.context);
    }),
    revokeDevice: os.revokeDevice.handler(async ({ input }) => {
      await handoff.revokeDevice(desk.context, input.tag);
      return await handoff.handoffState(desk.context);
    }),
    revokePartner: os.revokePartner.handler(async ({ input }) => {
      await handoff.revokePartner(desk.context, input.office);
      return await handoff.handoffState(desk.context);
    }),
    export: os.export.handler(({ input }) =>
      jobs.start('制作交换包', async (control) => await handoff.exportPackage(desk.context, input, version, control)),
    ),
    inspect: os.inspect.handler(({ input }) => handoff.viewPackage(desk.context, input.path, input.code)),
    preview: os.preview.handler(({ input }) =>
      jobs.start('预览交换包', async (control) => await handoff.previewPackage(desk.context, input, control)),
    ),
    previewRows: os.previewRows.handler(({ input }) =>
      handoff.previewLines(desk.context, input.previewId, input.offset, input.limit),
    ),
    apply: os.apply.handler(({ input }) =>
      jobs.start('接收交换包', async (control) => await handoff.applyPackage(desk.context, input, control)),
    ),
    discard: os.discard.handler(async ({ input }) => {
      await handoff.discardPreview(input.previewId);
      return { ok: true };
    }),
    undo: os.undo.handler(({ input }) => handoff.undoImport(desk.context, input.importId)),
    receipt: os.receipt.handler(({ input }) =>
      jobs.start(
        '制作回执',
        async (control) => await handoff.writeReceipt(desk.context, input.importId, input.target, version, control),
      ),
    ),
    conflicts: os.conflicts.handler(({ input }) => handoff.listConflicts(desk.context, input)),
    decide: os.decide.handler(({ input }) => handoff.decideConflicts(desk.context, input.decisions)),
    note: os.note.handler(async ({ input }) => {
      await handoff.noteConflict(desk.context, input);
      return { ok: true };
    }),
    mergeSides: os.mergeSides.handler(({ input }) => handoff.mergeSides(desk.context, input)),
    merge: os.merge.handler(({ input }) => handoff.mergeEnterprises(desk.context, input)),
  };
}
