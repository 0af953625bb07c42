// The whole contract: everything the window may ask of the back end.
import { attachments } from './attachments.ts';
import { backup } from './backup.ts';
import { documents } from './documents.ts';
import { duties } from './duties.ts';
import { edits } from './edits.ts';
import { enterprises } from './enterprises.ts';
import { findings } from './findings.ts';
import { handoff } from './handoff.ts';
import { history } from './history.ts';
import { jobs } from './jobs.ts';
import { knowledge } from './knowledge.ts';
import { lists } from './lists.ts';
import { quality } from './quality.ts';
import { records } from './records.ts';
import { registers } from './registers.ts';
import { reports } from './reports.ts';
import { rounds } from './rounds.ts';
import { scans } from './scans.ts';
import { search } from './search.ts';
import { statistics } from './statistics.ts';
import { today } from './today.ts';
import { training } from './training.ts';
import { visits } from './visits.ts';
import { workflow } from './workflow.ts';
import { workspace } from './workspace.ts';

export const contract = {
  workspace,
  backup,
  handoff,
  jobs,
  records,
  lists,
  workflow,
  enterprises,
  duties,
  edits,
  quality,
  registers,
  rounds,
  visits,
  findings,
  training,
  attachments,
  scans,
  documents,
  knowledge,
  statistics,
  reports,
  today,
  search,
  history,
};
export type Contract = typeof contract;
