// What the first-start form asks, and what is wrong with an answer.
import type { STAFF_ROLES } from '../../../domain/identity/entities.ts';
import type { IdOf } from '../../../domain/dictionary/vocabulary.ts';

export type Role = IdOf<typeof STAFF_ROLES>;

/** Answers of the form. */
export interface StartForm {
  organisation: string;
  office: string;
  code: string;
  operator: string;
  role: Role;
  folder: string;
}

export type StartField = Exclude<keyof StartForm, 'role'>;

/** Labels of the form, in its order. */
export const START_LABELS: Readonly<Record<StartField, string>> = {
  organisation: '服务单位',
  office: '本驻点',
  code: '驻点代号',
  operator: '使用人',
  folder: '资料放在',
};

/**
 * An example of a finding number made with this code in this year; behind the code stand three characters of the
 * device, not yet known here.
 */
export function numberExample(code: string, today: string): string {
  return `${/^[A-Z]{2,6}$/.test(code) ? code : 'HC'}7K2-${today.slice(2, 4)}-00001`;
}

/** What each field wants, and the sentence without it. */
const WANTED: Readonly<Record<StartField, readonly [isGood: (value: string) => boolean, sentence: string]>> = {
  organisation: [(value) => value.length >= 2, '请写服务单位的全称，它会印在通知单和报告上'],
  office: [(value) => value !== '', '请写驻点名称，如“华漕驻点”'],
  code: [(value) => /^[A-Z]{2,6}$/.test(value), '请用 2–6 个大写字母，如 HC。它会出现在问题编号里：'],
  operator: [(value) => value !== '', '请写使用人的姓名，操作记录里会用到'],
  folder: [(value) => value !== '', '请写资料放在哪个文件夹'],
};

/** The sentence for a field, or null when it is all right. */
export function startProblem(form: StartForm, field: StartField, today: string): string | null {
  const value = form[field].trim();
  const [isGood, sentence] = WANTED[field];
  if (isGood(value)) return null;
  return field === 'code' ? `${sentence}${numberExample(value, today)}` : sentence;
}

/** Fields that still have to be changed, in the order of the form. */
export function startProblems(form: StartForm, today: string): StartField[] {
  return (Object.keys(START_LABELS) as StartField[]).filter((field) => startProblem(form, field, today) !== null);
}
