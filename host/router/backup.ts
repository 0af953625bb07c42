// Backups: what the page of the backups and the restore wizard ask.
import { join } from 'node:path';
import * as backup from '../../services/backup/index.ts';
import type { HostContext, Implementer } from './implementer.ts';

export function backupProcedures(os: Implementer['backup'], { desk, jobs }: HostContext) {
  return {
    state: os.state.handler(() => backup.backupState(desk.context)),
    list: os.list.handler(({ input }) =>
      input.folder === null ? backup.listBackups(desk.context) : backup.listBackupsAt(input.folder),
    ),
    create: os.create.handler(({ input }) =>
      jobs.start(
        '备份',
        async (control) =>
          await backup.createBackup(desk.context, { ...input, appVersion: desk.options.version }, control),
      ),
    ),
    verify: os.verify.handler(({ input }) =>
      jobs.start(
        '核对备份',
        async (control) =>
          await backup.verifyBackup(
            { ...input, near: desk.isOpen ? join(desk.context.store.folder, 'backups') : null },
            control,
          ),
      ),
    ),
    restore: os.restore.handler(({ input }) =>
      jobs.start('恢复', async (control) => {
        // The open workspace may be the damaged one that is to be replaced.
        if (
          input.replaceDamaged &&
          desk.isOpen &&
          desk.context.store.readOnlyReason &&
          desk.context.store.folder === input.folder
        )
          await desk.close();
        return await backup.restoreBackup(input, control);
      }),
    ),
    setSecondFolder: os.setSecondFolder.handler(async ({ input }) => {
      await backup.setSecondFolder(desk.context, input.folder);
      return await backup.backupState(desk.context);
    }),
    checkDatabase: os.checkDatabase.handler(() =>
      jobs.start('检查数据库', async (control) => await backup.checkIntegrity(desk.context, true, control)),
    ),
  };
}
