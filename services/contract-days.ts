// Whether a day lies within the contract that a visit or a notice is done under.
import { serviceProject } from '../domain/projects/entities.ts';
import type { FieldProblem } from '../contract/shared.ts';
import type { Reader } from '../db/index.ts';

/** A day before the contract begins or after it ends is possible, and said. */
export async function contractProblems(
  read: Reader,
  projectId: string | null,
  date: string,
  what = '检查日期',
): Promise<FieldProblem[]> {
  const project = projectId ? await read.get(serviceProject, projectId) : null;
  if (!project || (date >= project.startDate && date <= project.endDate)) return [];
  const which = date < project.startDate ? '合同还没有开始' : '合同已经到期';
  return [
    {
      code: 'OUTSIDE_CONTRACT',
      field: 'date',
      severity: 'warn',
      sentence: `${what} ${date} 不在“${project.name}”的合同期内（${project.startDate} 至 ${project.endDate}），${which}。请核对日期；已续签的请在设置里改合同期或选新的项目`,
    },
  ];
}
