// Duties and measurements of an enterprise.
import { dutyYear, monitoringYear } from '../../services/duties/index.ts';
import type { HostContext, Implementer } from './implementer.ts';

export function dutyProcedures(os: Implementer['duties'], { desk }: HostContext) {
  return {
    year: os.year.handler(({ input }) => dutyYear(desk.context, input.enterpriseId, input.year)),
    monitoring: os.monitoring.handler(({ input }) => monitoringYear(desk.context, input.enterpriseId, input.year)),
  };
}
