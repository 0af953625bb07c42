// Monitoring of an enterprise: what is planned, what was measured.
import { monitoringPlan } from './plans.ts';
import { monitoringRecord } from './records.ts';

export { monitoringPlan, monitoringRecord };

export const MONITORING_ENTITIES = [monitoringPlan, monitoringRecord] as const;
