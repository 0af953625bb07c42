// Days of instants: an office in China begins at half past seven, when it is still yesterday in Greenwich.
import { afterEach, expect, test } from 'vitest';
import { localDay, localStamp, localTime } from '../../domain/values/clock.ts';

const zone = process.env.TZ;
afterEach(() => {
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
});

test.each([
  ['Asia/Shanghai', '2026-11-27', '07:30', '20261127-0730'],
  ['UTC', '2026-11-26', '23:30', '20261126-2330'],
  ['America/New_York', '2026-11-26', '18:30', '20261126-1830'],
])('in %s an instant belongs to the day that the calendar on the wall shows', (name, day, time, stamp) => {
  process.env.TZ = name;
  const instant = '2026-11-26T23:30:00.000Z';
  expect([localDay(instant), localTime(instant), localStamp(instant)]).toEqual([day, time, stamp]);
  expect(localDay(Date.parse(instant))).toBe(day);
});
