// Hand-off between offices.
export { conflictCounts, decideConflicts, listConflicts, noteConflict } from './conflicts.ts';
export { applyPackage, discardPreview, previewLines, previewPackage, undoImport, viewPackage } from './incoming.ts';
export { mergeEnterprises } from './merge.ts';
export { mergeSides } from './merge-sides.ts';
export { exportPackage, writeReceipt, type HandoffControl } from './outgoing.ts';
export { confirmPartner, makeCard, revokeDevice, revokePartner, viewCard } from './partners.ts';
export { handoffState } from './state.ts';
export { clearLeftHandoffs } from './temporary.ts';
