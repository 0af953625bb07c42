// What the record of a visit says in words: consent, officers, key quantities, who was told; blanks where a pen is needed.
import { labelOf } from '../../domain/dictionary/vocabulary.ts';
import { FACILITY_STATES, VISIT_CONSENTS } from '../../domain/visits/vocabulary.ts';
import { visitOfficer } from '../../domain/visits/entities.ts';
import { dayText } from '../../domain/values/day-text.ts';
import type { VisitFinding, VisitPage } from '../../contract/visits.ts';
import type { Context } from '../context.ts';
import type { InspectionRecordData } from '../documents/index.ts';

/** What a signed record says where nothing was noted. */
export const NOT_NOTED = '未记录';
const ASK = '□同意　□服务协议已约定　□谢绝　　同意人：　　　　　职务：　　　　　时间：';

/** Whether the record may still be written on by hand. */
export const isOpen = (page: VisitPage): boolean => ['draft', 'recorded'].includes(String(page.values.state));

/** A text, or room for the pen while the record is open. */
export const orBlank = (page: VisitPage, text: string | null): string => text ?? (isOpen(page) ? '' : NOT_NOTED);

const textOf = (page: VisitPage, field: string): string | null =>
  (page.values[field] as string | null | undefined) || null;

/** Whether, by whom and when the enterprise agreed; boxes to tick where nobody has asked yet. */
export function consentWords(page: VisitPage): string {
  const consent = String(page.values.consent ?? 'not_recorded');
  if (consent === 'not_recorded') return isOpen(page) ? ASK : labelOf(VISIT_CONSENTS, consent);
  const who = [textOf(page, 'consentBy'), textOf(page, 'consentPost'), textOf(page, 'consentAt')].filter(Boolean);
  const card = page.values.cardLeft === true ? '，已留到访说明卡' : '';
  return `${labelOf(VISIT_CONSENTS, consent)}${who.length > 0 ? `（${who.join('，')}）` : ''}${card}`;
}

/** Whose inspection was assisted; null for a service. */
export async function assistOf(ctx: Context, page: VisitPage): Promise<InspectionRecordData['assist']> {
  if (page.values.nature !== 'assist') return null;
  const officers = await ctx.store.read.find(visitOfficer, { visitId: page.id }, { order: { id: 'ASC' } });
  const [code, approval] = [textOf(page, 'inspectionCode'), textOf(page, 'approvalNo')];
  return {
    units: [...new Set(officers.map((one) => one.unit))].join('、') || null,
    codes: [code && `检查码：${code}`, approval && `批准文号：${approval}`].filter(Boolean).join('，') || null,
    officers: officers.map(({ name, unit, certificateNo }) => ({ name, unit, certificateNo })),
  };
}

/** Production load, waste in store, facilities. */
export function quantitiesOf(page: VisitPage): InspectionRecordData['quantities'] {
  const { productionLoad, wasteStock, wasteOldestDate, facilityState } = page.values;
  const known: readonly (readonly [string, string | null])[] = [
    ['生产负荷', typeof productionLoad === 'number' ? `${productionLoad}%` : null],
    ['治理设施运行', facilityState ? labelOf(FACILITY_STATES, String(facilityState)) : null],
    ['危废贮存量', wasteStock ? `${String(wasteStock)}吨` : null],
    ['最早贮存日期', wasteOldestDate ? dayText(String(wasteOldestDate)) : null],
  ];
  return known.map(([label, value]) => ({ label, value: orBlank(page, value), blank: true }));
}

/** Who was told of a finding on site, when, and what they said. */
export const toldWords = ({ toldToName, toldAt, toldReply }: VisitFinding): string | null =>
  [[toldToName, toldAt].filter(Boolean).join('，'), toldReply].filter(Boolean).join('：') || null;
