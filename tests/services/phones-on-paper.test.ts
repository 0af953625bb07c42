// Phones in any width or spelling: stored in one form, and none of them in full in a masked 一企一档.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { contact } from '../../domain/enterprises/people.ts';
import { dossierFile } from '../../services/enterprises/index.ts';
import { createRecord } from '../../services/records/index.ts';
import { closeWorkers } from '../../services/workers/index.ts';
import { openDocx, textOf } from '../support/docx.ts';
import { openDesk, type TestDesk } from '../support/register-import.ts';
import { makeEnterprises } from '../support/town.ts';

let t: TestDesk;
beforeEach(async () => {
  t = await openDesk();
});
afterEach(async () => {
  await t.close();
  await closeWorkers();
});

const TYPED: readonly (readonly [field: 'mobile' | 'landline', typed: string, stored: string])[] = [
  ['mobile', '１３８００００８００１', '13800008001'],
  ['mobile', '138 0000 8002', '13800008002'],
  ['mobile', '+86-138-0000-8003', '13800008003'],
  ['mobile', '138　0000　8004', '13800008004'],
  ['mobile', '138.0000.8005', '13800008005'],
  ['mobile', '138—0000—8006', '13800008006'],
  ['mobile', '0086 13800008007', '13800008007'],
  ['mobile', '(138)00008008', '13800008008'],
  ['landline', '021 5000 1234', '021-50001234'],
  ['landline', '０２１－５０００１２３５', '021-50001235'],
];

test('ten phones as people type them: one form in the file, none in full on the masked paper', async () => {
  const made = await makeEnterprises(t.ctx, { 上海海明科技有限公司: { objectKind: 'industrial' } });
  const enterpriseId = made['上海海明科技有限公司'] ?? '';
  for (const [at, [field, typed]] of TYPED.entries())
    await createRecord(t.ctx, 'contact', { enterpriseId, name: `张${at}`, [field]: typed });
  const rows = await t.ctx.store.read.find(contact, { enterpriseId }, { order: { name: 'ASC' } as never });
  expect(rows.map((row) => row.mobile ?? row.landline)).toEqual(TYPED.map(([, , stored]) => stored));
  const shown = textOf((await openDocx((await dossierFile(t.ctx, enterpriseId, 'shown')).bytes)).body);
  const masked = textOf((await openDocx((await dossierFile(t.ctx, enterpriseId, 'masked')).bytes)).body);
  expect(TYPED.filter(([, , stored]) => !shown.includes(stored))).toEqual([]);
  expect(TYPED.filter(([, typed, stored]) => masked.includes(stored) || masked.includes(typed))).toEqual([]);
  expect(masked).toContain('138****8001');
});
