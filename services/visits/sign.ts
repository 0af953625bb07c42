// The signature of the enterprise under a visit, and taking it back (domain reference 3.1: recorded -> signed -> locked).
import { visit } from '../../domain/visits/entities.ts';
import type { Done } from '../../contract/shared.ts';
import { act, type Context } from '../context.ts';
import { notFound, refused } from '../errors.ts';
import { recordData, recordFile, signedHash } from './record.ts';

/**
 * The enterprise signs, or its refusal is recorded. What is signed is remembered by its hash, and the paper is archived at once:
 * whatever is corrected later, it stays what the enterprise saw. @throws REFUSED, NOT_FOUND
 */
export async function signVisit(ctx: Context, id: string, given: { signerName: string; signerPost: string; refused: boolean; refusedReason: string }): Promise<Done> {
  const v = await ctx.store.read.get(visit, id);
  if (!v || v.deletedAt) throw notFound('现场检查');
  if (v.state === 'draft') throw refused('请先结束检查，再请企业签字');
  if (v.state !== 'recorded') throw refused('这次检查已经签过字；要重签请先撤销签字');
  if (!given.refused && !given.signerName.trim()) throw refused('请填写签字人姓名');
  if (given.refused && !given.refusedReason.trim()) throw refused('请写明拒签原因');
  const signature = {
    signerName: given.signerName.trim() || null, signerPost: given.signerPost.trim() || null, signedDate: ctx.today(), refusedSign: given.refused, refusedSignReason: given.refusedReason.trim() || null,
  };
  const { data } = await recordData(ctx, id);
  const hash = signedHash({
    ...data, refusedSign: signature.refusedSign ? { reason: signature.refusedSignReason } : null,
    signer: { name: signature.signerName, post: signature.signerPost, date: signature.signedDate },
  });
  const { actionId } = await act(ctx, given.refused ? '登记拒签' : '企业签字', 'visit', async (tx) => await tx.update(visit, id, { state: 'signed', ...signature, signedContentHash: hash }));
  // The signature stands even where the paper can't be made now; it is made when it is asked for.
  await recordFile(ctx, id).catch(() => undefined);
  return { actionId };
}

/** Takes a signature back, so that the visit can be corrected and signed anew; papers that were archived stay. @throws REFUSED, NOT_FOUND */
export async function unsignVisit(ctx: Context, id: string, reason: string): Promise<Done> {
  const v = await ctx.store.read.get(visit, id);
  if (!v || v.deletedAt) throw notFound('现场检查');
  if (v.state !== 'signed') throw refused(v.state === 'locked' ? '这次检查已锁定，不能再改' : '这次检查还没有签字');
  const why = reason.trim();
  if (why === '') throw refused('请写明为何撤销签字');
  const { actionId } = await act(ctx, `撤销签字（${why}）`.slice(0, 120), 'visit', async (tx) => await tx.update(visit, id, {
    state: 'recorded', signerName: null, signerPost: null, signedDate: null, refusedSign: false, refusedSignReason: null, signedContentHash: null,
  }));
  return { actionId };
}
