// What the demonstration town has left to do of its inspections: the last of them wait for a signature, one was not ended.
import { visit } from '../../domain/visits/entities.ts';
import type { Writer } from '../../db/index.ts';

const UNSIGNED = { signerName: null, signerPost: null, signedDate: null } as const;
const TO_SIGN = 2;

/** Takes signatures of the newest inspections of a round away, and the end of one that found nothing. */
export async function leaveUnsigned(tx: Writer, roundId: string): Promise<void> {
  const newest = await tx.read.sql<{ id: string; findings: number }>(
    `SELECT v.id, (SELECT count(*) FROM finding f WHERE f.visit_id = v.id) AS findings FROM visit v
     WHERE v.round_id = ? AND v.deleted_at IS NULL AND v.state = 'signed' AND v.outcome = 'completed' ORDER BY v.date DESC, v.id LIMIT 40`,
    [roundId],
  );
  const running = newest.find((one) => one.findings === 0);
  for (const { id } of newest.filter((one) => one !== running).slice(0, TO_SIGN))
    await tx.update(visit, id, { ...UNSIGNED, state: 'recorded' });
  if (running) await tx.update(visit, running.id, { ...UNSIGNED, state: 'draft', outcome: null, timeTo: null });
}
