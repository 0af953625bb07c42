// The tray of files that are not filed yet.
import * as scans from '../../services/scans/index.ts';
import { refused } from '../../services/errors.ts';
import type { HostContext, Implementer } from './implementer.ts';

export function scanProcedures(os: Implementer['scans'], { desk, uploads, jobs }: HostContext) {
  return {
    list: os.list.handler(({ input }) => scans.listTray(desk.context, input.show, input.page)),
    counts: os.counts.handler(() => scans.trayCounts(desk.context)),
    add: os.add.handler(async ({ input }) => {
      const files: scans.NewFile[] = [];
      for (const { id, name } of input.uploads) {
        const bytes = await uploads.bytes(id);
        if (!bytes) throw refused(`“${name}”已不在，请重新选择文件`);
        files.push({ name, bytes });
      }
      return await scans.addScans(desk.context, files);
    }),
    update: os.update.handler(({ input }) => scans.updateScans(desk.context, input.ids, input.values)),
    targets: os.targets.handler(({ input }) => scans.scanTargets(desk.context, input.id)),
    file: os.file.handler(({ input }) => scans.fileScans(desk.context, input.ids)),
    canRead: os.canRead.handler(() => ({ canRead: scans.canRead() })),
    read: os.read.handler(({ input }) =>
      jobs.start('读取文字', async (control) => await scans.readScan(desk.context, input, control)),
    ),
    confirm: os.confirm.handler(({ input }) => scans.confirmScan(desk.context, input)),
    remove: os.remove.handler(({ input }) => scans.removeScans(desk.context, input.ids)),
  };
}
