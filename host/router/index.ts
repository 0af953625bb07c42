// The router: every procedure of the contract, answered by a service. The list is exhaustive by type.
import { implement, ORPCError } from '@orpc/server';
import { contract } from '../../contract/index.ts';
import { StoreError } from '../../db/index.ts';
import { ServiceError } from '../../services/errors.ts';
import { storeSentence, type Desk } from '../../services/workspace/index.ts';
import type { Downloads } from '../downloads.ts';
import { sentenceFor } from '../error-sentences.ts';
import type { JobRunner } from '../jobs.ts';
import type { Uploads } from '../uploads.ts';
import { attachmentProcedures, knowledgeProcedures, recordProcedures } from './records.ts';
import { enterpriseProcedures } from './enterprises.ts';
import { findingProcedures } from './findings.ts';
import { roundProcedures, visitProcedures } from './inspection.ts';
import { registerProcedures } from './registers.ts';
import { reportProcedures, statisticsProcedures, trainingProcedures } from './reporting.ts';
import { historyProcedures, jobProcedures, searchProcedures, todayProcedures, workspaceProcedures } from './desk.ts';

/** What procedures work with: one per back end. */
export interface HostContext { desk: Desk; uploads: Uploads; downloads: Downloads; jobs: JobRunner; startFolder: string | null }

/** Declared errors of services and store as errors of the contract; everything else is logged with a number. */
function toContractError(error: unknown): unknown {
  if (error instanceof ORPCError) return error;
  if (error instanceof ServiceError) return new ORPCError(error.code, { defined: true, status: 409, message: error.message, data: error.data });
  if (error instanceof StoreError) {
    const code = error.code === 'UNDO_BLOCKED' ? 'UNDO_BLOCKED' : 'WORKSPACE';
    return new ORPCError(code, { defined: true, status: 409, message: error.message, data: { sentence: storeSentence(error), code: error.code } });
  }
  return new ORPCError('INTERNAL_SERVER_ERROR', { message: 'internal', data: { sentence: sentenceFor(error) } });
}

/** Builds the router over the desk. */
export function makeRouter(host: HostContext) {
  const os = implement(contract).use(async ({ next }) => {
    try {
      return await next();
    } catch (error) {
      throw toContractError(error);
    }
  });
  return os.router({
    workspace: workspaceProcedures(os.workspace, host),
    jobs: jobProcedures(os.jobs, host),
    records: recordProcedures(os.records, host),
    enterprises: enterpriseProcedures(os.enterprises, host),
    registers: registerProcedures(os.registers, host),
    rounds: roundProcedures(os.rounds, host),
    visits: visitProcedures(os.visits, host),
    findings: findingProcedures(os.findings, host),
    training: trainingProcedures(os.training, host),
    attachments: attachmentProcedures(os.attachments, host),
    knowledge: knowledgeProcedures(os.knowledge, host),
    statistics: statisticsProcedures(os.statistics, host),
    reports: reportProcedures(os.reports, host),
    today: todayProcedures(os.today, host),
    search: searchProcedures(os.search, host),
    history: historyProcedures(os.history, host),
  });
}

/** The implementer handed to each group of procedures. */
export type Implementer = ReturnType<typeof implement<typeof contract>>;
