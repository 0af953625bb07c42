// What a visit may say of where it was checked in.
import type { Check } from '../dictionary/entity.ts';

interface CheckedIn {
  checkinLongitude: string | null;
  checkinLatitude: string | null;
}

/** Where China lies, in whole degrees: enough to tell a swapped or mistyped pair. */
const [EAST, NORTH] = [
  { from: 73, to: 136 },
  { from: 3, to: 54 },
] as const;

const isWithin = (value: string | null, range: { from: number; to: number }): boolean =>
  value === null || (Number(value) >= range.from && Number(value) <= range.to);

export const visitChecks: readonly Check<CheckedIn>[] = [
  {
    code: 'CHECKIN_RANGE',
    field: 'checkinLongitude',
    severity: { form: 'error', import: 'warn', handoff: 'warn' },
    run: (r) =>
      isWithin(r.checkinLongitude, EAST) && isWithin(r.checkinLatitude, NORTH)
        ? null
        : '签到经纬度不在国内，请核对：经度如 121.31，纬度如 31.02，不要填反',
  },
  {
    code: 'CHECKIN_PAIR',
    field: 'checkinLatitude',
    severity: { form: 'warn' },
    run: (r) =>
      (r.checkinLongitude === null) === (r.checkinLatitude === null) ? null : '签到的经度和纬度要一起填才能定位',
  },
];
