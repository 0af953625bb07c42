// Inspection rounds.
export { previewScope, scopeIds, type ScopeRequest } from './scope.ts';
export { IN_DENOMINATOR, listRounds, listTargets, roundBoard } from './read.ts';
export { addTargets, assignTargets, createRound, insertTargets, removeRound, retryTargets, setRoundState, skipTargets } from './write.ts';
