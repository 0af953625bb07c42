// Conditions of the finding list survive the way through the address, and hostile addresses don't break the list.
import { expect, test } from 'vitest';
import { chipsOf, VIEWS, viewOf } from '../../renderer/features/findings/conditions.ts';
import { filterOf, queryOf } from '../../renderer/features/findings/filter-query.ts';

const id = '01a20d7f-177b-766e-acda-985a34caac9c';

test('every ready view comes back from its own address', () => {
  for (const view of VIEWS) expect(viewOf(filterOf(queryOf(view.filter) as never))).toBe(view.id);
});

test('combined conditions come back as they were', () => {
  const filter = { overdue: true, categories: ['hazardous_waste', 'noise'], villageIds: [id], foundFrom: '2026-01-01', foundTo: '2026-11-18', dueWithinDays: 0, text: '标签' };
  expect(filterOf(queryOf(filter) as never)).toEqual(filter);
});

test('an address with nonsense shows the whole list instead of an error', () => {
  expect(filterOf({ villageIds: 'not-an-id', dueWithinDays: '-3' })).toEqual({});
  expect(filterOf({ dueWithinDays: 'x', anything: '1' })).toEqual({});
});

test('chips say in words what is filtered', () => {
  expect(chipsOf({ open: true, statuses: ['open', 'in_progress'], villageIds: [id] }, () => '建东村').map((chip) => `${chip.label}${chip.value}`)).toEqual(['未销号', '状态待整改、整改中', '村居建东村']);
});
