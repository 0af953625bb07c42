// What is wrong or doubtful about an enterprise row although it may be stored (domain reference 2.2, 2.3).
import type { Check } from '../dictionary/entity.ts';
import { daysInOrder } from '../dictionary/period.ts';
import { checkCreditCode, creditCodeSentence } from '../values/credit-code.ts';

interface EnterpriseFacts {
  name: string;
  creditCode: string | null;
  creditCodeMissingReason: string | null;
  creditCodeConfirmedFrom: string | null;
  creditCodeConfirmedBy: string | null;
  creditCodeConfirmedDate: string | null;
  townId: string | null;
  villageId: string | null;
  parkId: string | null;
  longitude: string | null;
  latitude: string | null;
  coordinateSystem: string | null;
  foundedDate: string | null;
  startedDate: string | null;
  siteArea: string | null;
  floorArea: string | null;
  id?: string;
  hostEnterpriseId: string | null;
  expandedFromId: string | null;
}

/** An area is more than nothing, and no larger than ten thousand square kilometres. */
const areaCheck = (field: 'siteArea' | 'floorArea'): Check<EnterpriseFacts> => ({
  code: 'AREA_POSITIVE',
  field,
  severity: { form: 'error', import: 'warn' },
  run: (r) => {
    const area = r[field];
    if (area === null || area === undefined || area === '') return null;
    if (Number(area) <= 0) return '面积应大于 0；不清楚请留空';
    return Number(area) >= 1e10 ? '面积大得不可能，请核对数字和单位' : null;
  },
});

export const enterpriseChecks: readonly Check<EnterpriseFacts>[] = [
  {
    code: 'NAME_LENGTH',
    field: 'name',
    severity: { form: 'error', import: 'warn' },
    run: (r) => (r.name && r.name.trim().length < 2 ? '单位名称至少 2 个字，请写执照上的全称' : null),
  },
  {
    code: 'CREDIT_CODE',
    field: 'creditCode',
    severity: { form: 'error', import: 'warn', handoff: 'warn' },
    run: (r) => {
      if (!r.creditCode) return null;
      const result = checkCreditCode(r.creditCode);
      if (result.ok || (result.reason === 'check' && r.creditCodeConfirmedFrom)) return null;
      return creditCodeSentence(result);
    },
  },
  {
    code: 'CREDIT_CODE_CONFIRMED',
    field: 'creditCode',
    severity: { form: 'warn' },
    run: (r) => {
      if (!r.creditCode || !r.creditCodeConfirmedFrom || checkCreditCode(r.creditCode).ok) return null;
      const who = [r.creditCodeConfirmedBy, r.creditCodeConfirmedDate].filter(Boolean).join(' ');
      return `代码不合校验规则，已由${who ? ` ${who} ` : '人'}按“${r.creditCodeConfirmedFrom}”确认`;
    },
  },
  {
    code: 'COORDINATES_PAIR',
    field: 'longitude',
    severity: { form: 'warn', import: 'warn' },
    run: (r) => ((r.longitude === null) !== (r.latitude === null) ? '经度和纬度要一起填写' : null),
  },
  {
    code: 'COORDINATE_SYSTEM',
    field: 'coordinateSystem',
    severity: { form: 'error', import: 'warn' },
    run: (r) => (r.longitude && r.latitude && !r.coordinateSystem ? '有坐标时请选择坐标系，不清楚就选“不详”' : null),
  },
  daysInOrder({
    code: 'STARTED_BEFORE_FOUNDED',
    from: 'foundedDate',
    to: 'startedDate',
    sentence: '投产日期早于成立日期，请核对',
    severity: { form: 'warn', import: 'warn' },
  }),
  {
    code: 'HOST_ITSELF',
    field: 'hostEnterpriseId',
    severity: { form: 'error' },
    run: (r) => (r.id && r.hostEnterpriseId === r.id ? '所在企业不能是它自己，请另选或留空' : null),
  },
  {
    code: 'EXPANDED_FROM_ITSELF',
    field: 'expandedFromId',
    severity: { form: 'error' },
    run: (r) => (r.id && r.expandedFromId === r.id ? '扩建自的企业不能是它自己，请另选或留空' : null),
  },
  areaCheck('siteArea'),
  areaCheck('floorArea'),
];
