// What the demonstration town has to put right: a few files with the slips that lists of clients bring, and two lists that say otherwise.
import { importOptions } from '../../contract/registers.ts';
import { area, UNASSIGNED_AREA } from '../../domain/areas/entities.ts';
import { contact, enterprise, sectionCheck } from '../../domain/enterprises/entities.ts';
import { permit } from '../../domain/formalities/entities.ts';
import { treatmentFacility } from '../../domain/production/entities.ts';
import { process as step } from '../../domain/production/entities.ts';
import { wasteStream } from '../../domain/waste/entities.ts';
import { addDays, addYears } from '../../domain/values/day.ts';
import type { Patch, RowOf } from '../../domain/dictionary/entity.ts';
import type { Writer } from '../../db/index.ts';
import type { Context } from '../context.ts';
import { importFiles } from '../registers/index.ts';
import type { DemoEnterprise } from './enterprises.ts';

type Row = RowOf<typeof enterprise>;
type Slip = (row: Row, today: string) => Patch<typeof enterprise>;

const PLACE = { longitude: '121.2418', latitude: '31.1907', coordinateSystem: 'wgs84' } as const;
/** Another last character: the check digit fits one only. */
const otherEnd = (code: string): string => code.slice(0, -1) + (code.endsWith('1') ? '2' : '1');

/** A pair that is one, one with guesses, one that lies nowhere, and two that lists speak of. */
const SCENES = 6;

/** One enterprise has each. */
const SLIPS: readonly Slip[] = [
  ({ creditCode }) => ({ creditCode: null, creditCodeQuarantine: String(creditCode).replace('0', 'O') }),
  ({ creditCode }) => ({ creditCode: null, creditCodeQuarantine: String(creditCode).slice(0, 12) }),
  ({ creditCode }) => ({ creditCode: otherEnd(String(creditCode)) }),
  () => ({ creditCode: null, creditCodeMissingReason: null }),
  () => ({ industryCode: null, industryName: '金属制品业' }),
  () => ({ industryCode: '9910', industryName: '机动车、电子产品和日用产品修理业' }),
  () => ({ ...PLACE, longitude: PLACE.latitude, latitude: PLACE.longitude }),
  () => ({ ...PLACE, longitude: '112.2418' }),
  () => ({ longitude: PLACE.longitude, latitude: null, coordinateSystem: 'unknown' }),
  () => ({ ...PLACE, coordinateSystem: 'unknown' }),
  () => ({ objectKind: 'other' }),
  () => ({ villageId: null, parkId: null }),
  (_, today) => ({ foundedDate: today, startedDate: addYears(today, -3) }),
];

/** Those with a code and a permit, past those that other scenes are about. */
async function chosen(tx: Writer, enterprises: readonly DemoEnterprise[]): Promise<Row[]> {
  const rows: Row[] = [];
  for (const { id } of enterprises
    .filter((one) => one.kind === 'industrial' && one.status === 'operating')
    .slice(120)) {
    const row = await tx.read.get(enterprise, id);
    const paper = row?.creditCode && (await tx.read.first(permit, { enterpriseId: id }));
    if (row && paper && paper.number && paper.validTo && row.villageId) rows.push(row);
    if (rows.length >= SLIPS.length + SCENES) break;
  }
  return rows;
}

/** Hints of the trade that nobody has seen yet, and a permit that ends before it begins. */
async function writeGuesses(tx: Writer, { id: enterpriseId }: Row, today: string): Promise<void> {
  await tx.insert(step, { enterpriseId, name: '机加工', unseen: true });
  await tx.insert(wasteStream, { enterpriseId, kind: 'hazardous', name: '废切削液', code: '900-006-09', unseen: true });
  await tx.insert(treatmentFacility, { enterpriseId, name: '油雾净化器', medium: 'air', unseen: true });
  const paper = await tx.read.first(permit, { enterpriseId });
  if (paper) await tx.update(permit, paper.id, { validFrom: addYears(String(paper.validTo), 5) });
  const person = await tx.read.first(contact, { enterpriseId });
  if (person) await tx.update(contact, person.id, { verifiedDate: addDays(today, -400) });
  for (const check of await tx.read.find(sectionCheck, { enterpriseId }))
    await tx.update(sectionCheck, check.id, { date: addDays(today, -400) });
}

/** Makes the slips; gives back two enterprises that the lists speak of, and one of two sites of one code. */
export async function writeDoubts(
  tx: Writer,
  enterprises: readonly DemoEnterprise[],
  today: string,
): Promise<readonly Row[]> {
  const rows = await chosen(tx, enterprises);
  for (const [n, slip] of SLIPS.entries()) {
    const row = rows[n];
    if (row) await tx.update(enterprise, row.id, slip(row, today));
  }
  const [twin, one, guessed, nowhere, ...told] = rows.slice(SLIPS.length);
  if (twin && one)
    await tx.update(enterprise, twin.id, {
      name: one.name.replace('有限公司', '公司'),
      creditCode: one.creditCode,
      siteNo: one.siteNo,
    });
  if (guessed) await writeGuesses(tx, guessed, today);
  if (nowhere) {
    const town = await tx.insert(area, { level: 'town', name: UNASSIGNED_AREA });
    await tx.update(enterprise, nowhere.id, { townId: town.id, villageId: null, parkId: null });
  }
  return one ? [...told, one] : told;
}

const csv = (rows: readonly (readonly string[])[]): Uint8Array =>
  Buffer.from(`\uFEFF${rows.map((row) => row.join(',')).join('\r\n')}\r\n`);

/**
 * Brings lists of the client: one says another end of a permit, one does not say of which site its outlet is, one another name, and
 * names one whose kind is guessed.
 */
export async function bringDoubts(ctx: Context, rows: readonly Row[]): Promise<void> {
  const [first, second = first, ofTwo] = rows;
  if (!first || !second) return;
  const paper = await ctx.store.read.first(permit, { enterpriseId: first.id });
  const code = '统一社会信用代码';
  const ledger = [
    ['单位名称', code, '排污许可证编号', '有效期至'],
    [first.name, String(first.creditCode), String(paper?.number), addYears(String(paper?.validTo), -1)],
  ];
  const register = [
    ['单位名称', '排污许可证编号'],
    [second.name.replace('有限公司', '科技有限公司'), `${second.creditCode}001P`],
    ['青溪镇顺达汽车修理厂', ''],
  ];
  const outlets = [
    ['单位名称', code, '排放口编号', '排放口名称', '排放口类型'],
    [ofTwo?.name ?? '', String(ofTwo?.creditCode ?? ''), 'DA009', '备用排气筒', '废气'],
  ];
  const quiet = { progress: () => undefined, check: () => undefined, signal: new AbortController().signal };
  const options = importOptions.parse({});
  const files = [
    ['排污许可台账.csv', ledger, 'ledger'],
    ['排放口台账.csv', outlets, 'ledger'],
    ['企业名册.csv', register, 'register'],
  ] as const;
  for (const [name, table, as] of files)
    await importFiles(ctx, [{ name, bytes: csv(table) }], { options, as, dryRun: false }, quiet);
}
