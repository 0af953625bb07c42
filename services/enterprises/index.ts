// The enterprise file.

export { amendMove } from './areas.ts';
export { ENTERPRISE_WRITERS } from './writers.ts';
export { verifySection } from './verify.ts';
export { listRows } from './list.ts';
export { getEnterprise, twinsOf } from './page.ts';
export { dossierData, dossierFile } from './dossier.ts';
export { writeBatch } from './batch.ts';
export { takeTradeHints, tradeHints } from './trade-hints.ts';
export { preVisitFile } from './pre-visit.ts';
export { timelineOf } from './timeline.ts';
export {
  binEnterprises,
  changeEnterprise,
  checkEnterprise,
  createEnterprise,
  insertEnterprise,
  plannedEnterprise,
  takeBackStatus,
  updateEnterprise,
} from './write.ts';
