// Recurring duties of enterprises: the rules, what is due by them, and what was done.
import { dutyDone } from './done.ts';
import { openDuty } from './open-duty.ts';
import { dutyRule } from './rules.ts';

export { dutyDone, dutyRule, openDuty };

export const DUTY_ENTITIES = [dutyRule, dutyDone, openDuty] as const;
