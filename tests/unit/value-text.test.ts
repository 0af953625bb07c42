// One text of a dictionary value for forms, history, conflicts, reviews and papers.
import { expect, test } from 'vitest';
import { entityNamed } from '../../domain/entities.ts';
import { metaOf } from '../../domain/dictionary/field.ts';
import { valueText } from '../../domain/dictionary/value-text.ts';
import { displayValue } from '../../domain/registers/display.ts';
import { shownValue } from '../../renderer/components/record-fields.ts';
import { localDay, localTime } from '../../domain/values/clock.ts';

const field = (entity: string, name: string) => metaOf(entityNamed(entity).fields[name]!);

test.each([
  ['serviceProject', 'contractAmount', 30_000_050, '300,000.50 元'],
  ['serviceProject', 'contractAmount', 30_000_000, '300,000 元'],
  ['serviceProject', 'countSourceRemoved', 1, '是'],
  ['serviceProject', 'countSourceRemoved', false, '否'],
  ['serviceProject', 'rectificationTarget', '95.5', '95.5%'],
  ['attachment', 'size', 1234567, '1,234,567 字节'],
  ['permit', 'managementClass', 'simplified', '简化管理'],
  ['permit', 'validTo', '2031-01-01', '2031-01-01'],
  ['permit', 'number', '91310112', '91310112'],
  ['permit', 'validTo', null, ''],
])('%s.%s %s reads %s', (entity, name, value, text) => {
  const meta = field(entity, name);
  expect(valueText(meta, value)).toBe(text);
  expect(displayValue(meta, value, new Map())).toBe(text);
  expect(shownValue(meta, value as string)).toBe(text || '－');
});

test('a reference is named, a vague day is as vague as it is known, a phone is masked only where asked', () => {
  expect(valueText(field('permit', 'enterpriseId'), 'x', { name: () => '上海甲有限公司' })).toBe('上海甲有限公司');
  expect(valueText(field('permit', 'enterpriseId'), 'x')).toBe('－');
  expect(valueText(field('eiaProject', 'approvalDate'), '2024-05-01', { precision: 'month' })).toBe('2024-05');
  expect(valueText(field('trainingAttendance', 'phone'), '13812346021')).toBe('13812346021');
  expect(valueText(field('trainingAttendance', 'phone'), '13812346021', { masked: true })).toBe('138****6021');
  const at = '2026-11-17T22:30:00.000Z';
  expect(valueText(field('sectionCheck', 'checkedAt'), at)).toBe(`${localDay(at)} ${localTime(at)}`);
});
