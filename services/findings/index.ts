// Findings and the closed loop.
export { factsOf, findingClause, findingRows, getFinding, listFindingIds, listFindings, missingToIssue, timing, type FindingConditions } from './read.ts';
export { actOnFindings, addFollowUp, appendStep, applyEvent, createFinding, defaultDeadline, insertFinding, removeDraft, updateFinding, verifyFinding } from './write.ts';
export { acknowledgeNotice, issueNotice, noticeFile, type WrittenDocument } from './notice.ts';
export { exportFindingList } from './export.ts';
export { findingSheet } from './sheet.ts';
