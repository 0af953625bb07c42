// Inspection rounds.
export { ROUND_WRITERS } from './writers.ts';
export { previewScope, scopeIds, type ScopeRequest } from './scope.ts';
export { listTargets, roundBoard } from './read.ts';
export {
  addTargets,
  assignTargets,
  createRound,
  insertTargets,
  removeRound,
  settleTarget,
  unsettleTarget,
  updateRound,
} from './write.ts';
export { ROUND_EFFECTS } from './workflow.ts';
