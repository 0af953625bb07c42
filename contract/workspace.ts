// The workspace: first start, office and operator, settings.
import { type as typed } from '@orpc/contract';
import { z } from 'zod';
import type { BackupNotice, BackupRecord } from '../domain/backup/index.ts';
import { STAFF_ROLES } from '../domain/identity/entities.ts';
import { base, id, values, type Done, type Saved, type Started } from './shared.ts';

/** What the shell of the window shows at all times. */
export interface WorkspaceStatus {
  state: 'none' | 'open' | 'failed';
  /** Why it could not be opened, with what to do. */
  failure: { code: string; sentence: string } | null;
  folder: string;
  /** Where a new workspace would go. */
  suggestedFolder: string;
  demo: boolean;
  readOnly: string | null;
  version: string;
  office: { id: string; name: string; code: string; organisation: string } | null;
  operator: { id: string; name: string; role: string } | null;
  project: ProjectBrief | null;
  deviceTag: string;
  /** Next number a finding would get, as an example. */
  numberExample: string;
  /** The last attempt to back up. */
  backup: BackupRecord | null;
  /** Lines that need somebody: overdue, failed, a bad place, a damaged database. */
  backupNotices: BackupNotice[];
  freeBytes: number | null;
  /** Letters, digits and signs do something by themselves in the window of this computer; off, they take Alt. */
  singleKeys: boolean;
  today: string;
}

export interface ProjectBrief {
  id: string;
  name: string;
  clientName: string | null;
  startDate: string;
  endDate: string;
  rectificationTarget: string | null;
  /** Its word for a visit: 巡查, 走访. */
  act: string;
}

/** Numbers beside the entries of the navigation. */
export interface RailCounts {
  today: number;
  openFindings: number;
  enterprises: number;
}

const officeCode = z.string().regex(/^[A-Z]{2,6}$/);

/** What a first start asks. */
const newWorkspace = z.object({
  folder: z.string().max(500).optional(),
  organisation: z.string().min(2).max(100),
  office: z.string().min(1).max(60),
  code: officeCode,
  operator: z.string().min(1).max(50),
  role: z.enum(STAFF_ROLES.ids).default('leader'),
});

export const workspace = {
  status: base.output(typed<WorkspaceStatus>()),
  railCounts: base.output(typed<RailCounts>()),
  /** How much was written so far: answered once it is another than `seen`, at the latest after some twenty seconds. */
  changes: base
    .input(z.object({ written: z.int(), noted: z.int() }))
    .output(typed<{ written: number; noted: number }>()),
  /** Makes a workspace and opens it. */
  create: base.input(newWorkspace).output(typed<WorkspaceStatus>()),
  /** The same as a job, which says how far it is and can be cancelled. */
  begin: base.input(newWorkspace).output(typed<Started>()),
  /** With a passphrase where the keys of this computer need one. */
  open: base
    .input(z.object({ folder: z.string().max(500), passphrase: z.string().min(1).max(200).nullable().default(null) }))
    .output(typed<WorkspaceStatus>()),
  /** Builds (once) and opens the demonstration town beside the real workspace. Result of the job: `{ folder }`. */
  openDemo: base.output(typed<Started>()),
  /** Goes back from the demonstration to where one came from. */
  leaveDemo: base.output(typed<WorkspaceStatus>()),
  setOperator: base.input(z.object({ staffId: id })).output(typed<WorkspaceStatus>()),
  setProject: base.input(z.object({ projectId: id })).output(typed<WorkspaceStatus>()),
  /** What was chosen for the window on this computer. */
  setPreferences: base.input(z.object({ singleKeys: z.boolean() })).output(typed<WorkspaceStatus>()),
  updateOffice: base
    .input(
      z.object({
        name: z.string().min(1).max(60),
        code: officeCode,
        organisation: z.string().min(2).max(100).optional(),
      }),
    )
    .output(typed<Done>()),
  /** Project with its areas and object kinds; `null` makes a new one. */
  saveProject: base
    .input(
      z.object({
        id: id.nullable(),
        values,
        clientName: z.string().max(100).nullable(),
        objectKinds: z.array(z.string()),
        areaIds: z.array(id),
        /** As it was shown before it was changed. */
        seen: z.object({ values, objectKinds: z.array(z.string()), areaIds: z.array(id) }).optional(),
      }),
    )
    .output(typed<Saved>()),
  getProject: base.input(z.object({ id })).output(
    typed<{
      values: Record<string, unknown>;
      clientName: string | null;
      objectKinds: string[];
      areaIds: string[];
      names: Record<string, string>;
    }>(),
  ),
};
