// The enterprise file.
import { sectionCheck } from '../../domain/enterprises/entities.ts';
import type { Done } from '../../contract/shared.ts';
import { act, type Context } from '../context.ts';

export { currentLabel, enterpriseClause, type EnterpriseConditions } from './filter.ts';
export { listEnterpriseIds, listEnterprises, listRows } from './list.ts';
export { getEnterprise } from './page.ts';
export { dossierData, dossierFile } from './dossier.ts';
export { timelineOf } from './timeline.ts';
export { binEnterprises, changeEnterprise, checkEnterprise, createEnterprise, insertEnterprise, updateEnterprise, updateEnterprises } from './write.ts';
export { exportEnterpriseList } from './export.ts';

/** Records that a section of the file was verified today. */
export async function verifySection(ctx: Context, id: string, section: string, source: string): Promise<Done> {
  const { actionId } = await act(ctx, '核实档案', 'form', async (tx) => await tx.insert(sectionCheck, {
    enterpriseId: id, section: section as 'basic', date: ctx.today(), source: source || `${ctx.operator().name}核实`, checkedAt: tx.now,
  }));
  return { actionId };
}
