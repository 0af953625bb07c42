// Days as `YYYY-MM-DD` text: everything about them in one import (arithmetic in calendar.ts, reading in day-parse.ts).
export * from './calendar.ts';
export { dayFromSerial, parseDay } from './day-parse.ts';
export type { DayNote, DayResult, ParseDayOptions } from './day-parse.ts';
