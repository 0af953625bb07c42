// The desk itself: workspace, jobs, Today, search, history.
import { existsSync } from 'node:fs';
import { buildDemo } from '../../services/demonstration/index.ts';
import * as history from '../../services/history/index.ts';
import { searchAll } from '../../services/search/index.ts';
import { railCounts, todayPage } from '../../services/today/index.ts';
import * as workspace from '../../services/workspace/index.ts';
import type { HostContext, Implementer } from './implementer.ts';

/** A question of a window waits no longer: connections that are forgotten somewhere come to an end. */
const CHANGES_WITHIN_MS = 20_000;

export function workspaceProcedures(os: Implementer['workspace'], { desk, jobs, startFolder }: HostContext) {
  /** A new workspace goes where the window was started for, unless somebody says otherwise. */
  const placed = <T extends { folder?: string | undefined }>(given: T) => ({
    ...given,
    folder: given.folder ?? startFolder ?? desk.suggestedFolder,
  });
  return {
    status: os.status.handler(async () => {
      const status = await desk.status();
      return status.state === 'none' && startFolder
        ? { ...status, folder: startFolder, suggestedFolder: startFolder }
        : status;
    }),
    changes: os.changes.handler(({ input, signal }) => desk.changes.after(input, CHANGES_WITHIN_MS, signal)),
    railCounts: os.railCounts.handler(() => railCounts(desk.context)),
    create: os.create.handler(async ({ input }) => {
      await desk.create(placed(input));
      return await desk.status();
    }),
    begin: os.begin.handler(({ input }) =>
      jobs.start('建立资料', async (control) => {
        await desk.create(placed(input), (done, what) => {
          control.check();
          control.progress(done, workspace.MAKING_STEPS, what);
        });
        return { folder: desk.context.store.folder };
      }),
    ),
    open: os.open.handler(async ({ input }) => {
      await desk.open(input.folder, true, input.passphrase);
      return await desk.status();
    }),
    openDemo: os.openDemo.handler(() =>
      jobs.start('打开演示镇', async (control) => {
        const folder = desk.demoFolder;
        if (!existsSync(folder)) await buildDemo(desk, folder, control);
        else await desk.enterDemo(folder);
        return { folder };
      }),
    ),
    leaveDemo: os.leaveDemo.handler(async () => {
      await desk.leaveDemo();
      return await desk.status();
    }),
    setOperator: os.setOperator.handler(async ({ input }) => {
      await desk.setOperator(input.staffId);
      return await desk.status();
    }),
    setProject: os.setProject.handler(async ({ input }) => {
      await desk.setProject(input.projectId);
      return await desk.status();
    }),
    setPreferences: os.setPreferences.handler(async ({ input }) => {
      await desk.setPreferences(input);
      return await desk.status();
    }),
    updateOffice: os.updateOffice.handler(({ input }) => workspace.updateOffice(desk.context, input)),
    saveProject: os.saveProject.handler(async ({ input }) => {
      const saved = await workspace.saveProject(desk.context, input);
      if (!desk.context.projectId()) await desk.setProject(saved.id);
      else await desk.deriveAnew();
      return saved;
    }),
    getProject: os.getProject.handler(({ input }) => workspace.getProject(desk.context, input.id)),
  };
}

export function jobProcedures(os: Implementer['jobs'], { jobs }: HostContext) {
  return {
    watch: os.watch.handler(({ input, signal }) => jobs.watch(input.jobId, signal)),
    cancel: os.cancel.handler(({ input }) => ({ cancelled: jobs.cancel(input.jobId) })),
  };
}

export function todayProcedures(os: Implementer['today'], { desk }: HostContext) {
  return { get: os.get.handler(({ input }) => todayPage(desk.context, input.mine, input.paper)) };
}

export function searchProcedures(os: Implementer['search'], { desk }: HostContext) {
  return { query: os.query.handler(({ input }) => searchAll(desk.context, input.text, input.limit)) };
}

export function historyProcedures(os: Implementer['history'], { desk }: HostContext) {
  return {
    of: os.of.handler(({ input }) =>
      history.historyOf(desk.context, input.id, input.withChildren, input.limit, input.entities),
    ),
    actions: os.actions.handler(({ input }) => history.listActions(desk.context, input.limit)),
    undo: os.undo.handler(({ input }) => history.undoAction(desk.context, input.actionId)),
  };
}
