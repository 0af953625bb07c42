// The router: every procedure of the contract, answered by a service. The list is exhaustive by type.
import { backupProcedures } from './backup.ts';
import { historyProcedures, jobProcedures, searchProcedures, todayProcedures, workspaceProcedures } from './desk.ts';
import { documentProcedures } from './documents.ts';
import { dutyProcedures } from './duties.ts';
import { enterpriseProcedures } from './enterprises.ts';
import { findingProcedures } from './findings.ts';
import { handoffProcedures } from './handoff.ts';
import { listProcedures } from './lists.ts';
import { makeImplementer, type HostContext } from './implementer.ts';
import { roundProcedures, visitProcedures } from './inspection.ts';
import { attachmentProcedures, knowledgeProcedures, recordProcedures, workflowProcedures } from './records.ts';
import { editProcedures, qualityProcedures } from './quality.ts';
import { registerProcedures } from './registers.ts';
import { scanProcedures } from './scans.ts';
import { reportProcedures, statisticsProcedures, trainingProcedures } from './reporting.ts';

export { unreadCall, type HostContext } from './implementer.ts';

/** Builds the router over the desk. */
export function makeRouter(host: HostContext) {
  const os = makeImplementer();
  return os.router({
    workspace: workspaceProcedures(os.workspace, host),
    backup: backupProcedures(os.backup, host),
    handoff: handoffProcedures(os.handoff, host),
    jobs: jobProcedures(os.jobs, host),
    records: recordProcedures(os.records, host),
    lists: listProcedures(os.lists, host),
    workflow: workflowProcedures(os.workflow, host),
    enterprises: enterpriseProcedures(os.enterprises, host),
    duties: dutyProcedures(os.duties, host),
    edits: editProcedures(os.edits, host),
    quality: qualityProcedures(os.quality, host),
    registers: registerProcedures(os.registers, host),
    rounds: roundProcedures(os.rounds, host),
    visits: visitProcedures(os.visits, host),
    findings: findingProcedures(os.findings, host),
    training: trainingProcedures(os.training, host),
    attachments: attachmentProcedures(os.attachments, host),
    scans: scanProcedures(os.scans, host),
    documents: documentProcedures(os.documents, host),
    knowledge: knowledgeProcedures(os.knowledge, host),
    statistics: statisticsProcedures(os.statistics, host),
    reports: reportProcedures(os.reports, host),
    today: todayProcedures(os.today, host),
    search: searchProcedures(os.search, host),
    history: historyProcedures(os.history, host),
  });
}
