// Duties whose day another rule of Today tells already: they stand in the list of duties, and once on Today.
import { lookup } from '../values/lookup.ts';
import type { Occurrence } from './schedule.ts';

/** The rule of Today that tells it, by the code of the duty. */
export const TOLD_BY: Readonly<Record<string, string>> = lookup({
  'du-permit-renew': 'permitEnding',
  'du-registration-renew': 'permitEnding',
  'du-drain-licence': 'licenceEnding',
  'du-radiation-licence': 'licenceEnding',
  'du-plan-review': 'planReview',
  'du-hw-contract': 'wasteStreamContract',
  'du-gsw-contract': 'wasteStreamContract',
  'du-hw-storage-year': 'storedLong',
  'du-carbon': 'consumableDue',
  'du-filter': 'consumableDue',
  'du-self-monitoring': 'measurementDue',
  'du-report-annual': 'executionReportDue',
  'du-report-quarter': 'executionReportDue',
  'du-report-month': 'executionReportDue',
});

/** Whether Today tells of an occurrence without the duty: a report that nobody entered has no row that could. */
export const isToldElsewhere = (code: string, next: Occurrence | null): boolean =>
  code in TOLD_BY && !(code.startsWith('du-report-') && next?.subject === null);
