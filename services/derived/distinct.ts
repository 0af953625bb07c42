// What may be there once only, whichever way it is written: form, sheet, bin or undo.
import { trainingAttendance } from '../../domain/training/entities.ts';
import type { Touched, Writer } from '../../db/index.ts';
import { refused } from '../errors.ts';
import { portionsOf } from './portions.ts';

/** Nobody signs twice at one training: the same name of the same enterprise is one person. @throws REFUSED */
export async function guardAttendance(tx: Writer, touched: Touched): Promise<void> {
  for await (const part of portionsOf(tx, touched.get(trainingAttendance.name) ?? [])) {
    const twice = await tx.read.sqlOne<{ name: string; unit: string | null }>(
      `SELECT x.person_name AS name, (SELECT e.name FROM enterprise e WHERE e.id = x.enterprise_id) AS unit FROM training_attendance x
       JOIN training_attendance y ON y.training_id = x.training_id AND y.enterprise_id IS x.enterprise_id AND y.person_name = x.person_name AND y.id <> x.id
       WHERE x.deleted_at IS NULL AND y.deleted_at IS NULL AND x.id IN (SELECT value FROM json_each(?)) LIMIT 1`, [JSON.stringify(part)]);
    if (twice) throw refused(`${twice.unit ?? ''}${twice.name} 已在这场培训的签到表里，不用再记。若是同名的另一个人，请在姓名后注明，如“${twice.name}（车间）”`);
  }
}
