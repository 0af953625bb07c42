// Daily backups and checks of the database, whichever workspace is open: looked after at once and then every few minutes.
import { checkIntegrity, createBackup, isBackupDue, isThoroughDue } from '../services/backup/index.ts';
import type { Desk } from '../services/workspace/index.ts';
import type { JobRunner } from './jobs.ts';
import { log } from './log.ts';

const LOOK_EVERY_MS = 60_000;

/** Starts looking after the open workspace; returns what ends it. */
export function keepSafe(desk: Desk, jobs: JobRunner): () => void {
  /** The store that was checked; each opening makes a new one. */
  let checked: object | null = null;

  async function look(): Promise<void> {
    if (!desk.isOpen) return;
    const ctx = desk.context;
    if (checked !== ctx.store) {
      checked = ctx.store;
      const thorough = await isThoroughDue(ctx);
      jobs.start('检查数据库', async (control) => await checkIntegrity(ctx, thorough, control));
    }
    if (await isBackupDue(ctx)) {
      jobs.start(
        '每日备份',
        async (control) =>
          await createBackup(
            ctx,
            { folder: null, attachments: false, passphrase: null, automatic: true, appVersion: desk.options.version },
            control,
          ),
      );
    }
  }

  const lookNow = (): void => {
    look().catch((error: unknown) => {
      log('looking after the workspace failed', error);
    });
  };
  lookNow();
  const timer = setInterval(lookNow, LOOK_EVERY_MS);
  timer.unref();
  return () => {
    clearInterval(timer);
  };
}
