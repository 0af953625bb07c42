// What the first-start form lets through and what it says.
import { expect, test } from 'vitest';
import { startProblem, startProblems, type StartForm } from '../../renderer/features/first-start/start-form.ts';

const good: StartForm = {
  organisation: '上海清禾环境科技有限公司',
  office: '华漕驻点',
  code: 'HC',
  operator: '陈思远',
  role: 'leader',
  folder: '/data',
};

test('a complete form has nothing to be changed', () => expect(startProblems(good, '2026-11-18')).toEqual([]));

test.each(['华漕1', 'hc', 'H', 'ABCDEFG', 'H1', ''])(
  'the office code %s is refused with an example of the number it makes',
  (code) => {
    const sentence = startProblem({ ...good, code }, 'code', '2026-11-18');
    expect(sentence).toContain('2–6 个大写字母');
    expect(sentence).toMatch(/[A-Z]{2,6}7K2-26-00001/);
  },
);

test('what is missing is listed in the order of the form', () => {
  expect(startProblems({ ...good, operator: ' ', organisation: '', code: '1' }, '2026-11-18')).toEqual([
    'organisation',
    'code',
    'operator',
  ]);
});
