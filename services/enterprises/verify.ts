// Verifying a section of the enterprise file.
import { sectionCheck } from '../../domain/enterprises/entities.ts';
import type { Done } from '../../contract/shared.ts';
import { act, type Context } from '../context.ts';

/** Records that a section of the file was verified today; `changed`: something in it was put right. */
export async function verifySection(
  ctx: Context,
  id: string,
  section: string,
  source: string,
  changed = false,
): Promise<Done> {
  const { actionId } = await act(
    ctx,
    '核实档案',
    'form',
    async (tx) =>
      await tx.insert(sectionCheck, {
        enterpriseId: id,
        section: section as 'basic',
        date: ctx.today(),
        changed,
        source: source || `${ctx.operator().name}核实`,
        checkedAt: tx.now,
      }),
  );
  return { actionId };
}
