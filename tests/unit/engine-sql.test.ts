// SQL that only one engine understands is found wherever it stands above the database; what every engine reads is none.
import { expect, test } from 'vitest';
import { engineSql, engineSqlIn } from '../../scripts/lib/engine-sql.ts';

const found = (text: string): string[] => engineSqlIn('services/today/rows.ts', text).map(({ what }) => what);

test('everything above the database says its SQL for any engine', () => {
  expect(engineSql()).toEqual([]);
});

test.each([
  ['a list in JSON', '`SELECT id FROM finding WHERE id IN (SELECT value FROM json_each(?))`', 'the function json_each'],
  ['a condition alone', "'instr(lower(e.name), ?) > 0'", 'the function instr'],
  [
    'a group in one text',
    "`SELECT (SELECT group_concat(s.name, '、') FROM staff s) AS names`",
    'the function group_concat',
  ],
  ['days between', '`julianday(f.deadline) - julianday(?)`', 'the function julianday'],
  [
    'the day here',
    "`SELECT 1 FROM attachment a GROUP BY a.kind, date(a.created_at, 'localtime')`",
    'the function date',
  ],
  ['a column by its place', '`SELECT c.status, count(*) AS n FROM finding c GROUP BY 1`', 'a column by its place'],
  ['a bare 1', '`SELECT c.id FROM finding c WHERE 1${more}`', 'a number for true or false'],
  ['the number of a row', "'SELECT c.id FROM checklist c ORDER BY c.rowid'", 'the number of a row (rowid)'],
  ['IS between values', "'SELECT max(no) AS no FROM round WHERE project_id IS ?'", 'IS between values'],
  [
    'an alias without quotes',
    '`SELECT e.name AS enterpriseName FROM enterprise e`',
    'the name enterpriseName without quotes',
  ],
  ['the log', '`SELECT o.actor FROM sync_op o WHERE o.row_id = ${id}`', 'the table sync_op of the log'],
  ['reaching into JSON', "`SELECT j.body ->> '$.n' AS n FROM plan j`", 'reaching into JSON'],
  ['a chosen index', '`SELECT id FROM enterprise INDEXED BY idx_enterprise_pinyin`', 'INDEXED BY'],
])('%s is found', (_, text, what) => {
  expect(found(`export const a = ${text};`)).toEqual([what]);
});

test.each([
  ['a helper of the dialect', "`SELECT id FROM finding WHERE ${inList('id')} AND ${contains('name')}`"],
  [
    'a quoted alias',
    '`SELECT e.name AS "enterpriseName", \'inScope\' AS kind FROM enterprise e WHERE e.deleted_at IS NULL`',
  ],
  [
    'what every engine reads',
    '`SELECT count(*) FILTER (WHERE x IS NOT TRUE) AS n FROM finding WHERE 1 = 1 GROUP BY status`',
  ],
  ['words of a sentence', "'the date (of today) and a rowid'"],
])('%s is no fault', (_, text) => {
  expect(found(`export const a = ${text};`)).toEqual([]);
});
