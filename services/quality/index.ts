// Data quality: what checks find, how much of it, and taking what they propose.
export { qualityCounts } from './counts.ts';
export { qualityRows } from './found.ts';
export { previewProposals, takeProposals, type Taking } from './take.ts';
