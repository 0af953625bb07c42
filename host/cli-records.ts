// Commands for every kind of record: what there is, lists by any field, one row, and writing with the guards of the window.
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { fieldsOf, type EntityDefinition } from '../domain/dictionary/entity.ts';
import type { Values } from '../contract/shared.ts';
import { FilterTextError } from '../domain/dictionary/filter-text.ts';
import type { Filter } from '../domain/dictionary/filter.ts';
import { asksOf } from '../domain/dictionary/workflow.ts';
import { valueText } from '../domain/dictionary/value-text.ts';
import { ENTITIES } from '../domain/entities.ts';
import { listOf, parseFilter, pathEnd, shownColumn } from '../domain/lists.ts';
import { refused } from '../services/errors.ts';
import { listIds, listPage, listSheet } from '../services/lists/index.ts';
import { getRecord } from '../services/records/index.ts';
import { inWorker } from '../services/workers/index.ts';
import { act } from '../services/workflow/index.ts';
import { addRow, kindNamed, removeRow, restoreRow, setRow } from '../services/writing/index.ts';
import type { Desk } from '../services/workspace/index.ts';
import type { CliTools } from './cli-backup.ts';

interface Options {
  workspace: string;
  json?: boolean;
}

type Cell = string | number | boolean | null;

const FORMATS = ['table', 'json', 'csv', 'xlsx'] as const;

/** A text as a cell of CSV: what a spreadsheet would take for a formula is marked as text. */
const csvText = (cell: Cell): string =>
  typeof cell === 'string' && /^[=+\-@]/.test(cell) ? `'${cell}` : String(cell ?? '');

/** A row as CSV (RFC 4180). */
const csvLine = (cells: readonly Cell[]): string =>
  cells
    .map(csvText)
    .map((text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text))
    .join(',');

/** Columns a terminal needs for a text: Chinese characters take two. */
const widthOf = (text: string): number => [...text].reduce((n, c) => n + (/[\u2e80-\uffe6]/.test(c) ? 2 : 1), 0);

/** Rows as a table of text, columns one under the other. */
function tableLines(head: readonly string[], rows: readonly (readonly Cell[])[]): string[] {
  const cells = [head, ...rows.map((row) => row.map((cell) => String(cell ?? '').replaceAll('\n', ' ')))];
  const widths = head.map((_, n) => Math.max(...cells.map((row) => widthOf(String(row[n] ?? '')))));
  const pad = (text: string, n: number): string => text + ' '.repeat(Math.max(0, (widths[n] ?? 0) - widthOf(text)));
  return cells.map((row) =>
    row
      .map((cell, n) => pad(String(cell), n))
      .join('  ')
      .trimEnd(),
  );
}

/** Values given as JSON. @throws REFUSED with an example for what is no object */
export function valuesGiven(text: string | undefined): Record<string, unknown> {
  try {
    const values: unknown = JSON.parse(text ?? '{}');
    if (typeof values === 'object' && values !== null && !Array.isArray(values))
      return values as Record<string, unknown>;
  } catch {
    // Said below.
  }
  throw refused(`--values 要写成 JSON 对象，如 '{"name":"上海某某有限公司"}'`);
}

/** Events of a kind's state machine: from which states to which, and what each asks for. */
function eventsOf(entity: EntityDefinition): Record<string, unknown>[] {
  const { workflow } = entity;
  if (!workflow) return [];
  return Object.entries(workflow.events).map(([id, event]) => ({
    id,
    label: event.label,
    from: event.from,
    to: event.to,
    asks: [...asksOf(workflow, event).map((ask) => ask.field), ...(event.reason === undefined ? [] : ['reason'])],
  }));
}

/** What can be said of a kind: its fields, the words of its choices. */
function describe(entity: EntityDefinition): Record<string, unknown> {
  const fields = fieldsOf(entity).map(({ name, meta }) => ({
    name,
    label: meta.label,
    kind: meta.kind,
    required: meta.required === 'F',
    derived: meta.derived === true,
    ...(meta.unit && { unit: meta.unit }),
    ...(meta.target && { target: meta.target }),
  }));
  const vocabularies = Object.fromEntries(
    fieldsOf(entity).flatMap(({ name, meta }) => (meta.vocabulary ? [[name, meta.vocabulary.labels]] : [])),
  );
  return { name: entity.name, label: entity.label, fields, vocabularies, events: eventsOf(entity) };
}

interface ListOptions extends Options {
  filter?: string[];
  columns?: string;
  sort?: string;
  limit?: string;
  format?: string;
  out?: string;
}

/** A condition as text. @throws REFUSED with what does not fit */
export function filterGiven(kind: string, text: string): Filter {
  try {
    return parseFilter(kind, text);
  } catch (error) {
    throw error instanceof FilterTextError ? refused(error.message) : error;
  }
}

/** What a list command asks for. @throws REFUSED for a filter, column, format or number that is none */
function asked(kind: string, o: ListOptions) {
  const filter = (o.filter ?? []).flatMap((text) => filterGiven(kind, text));
  const columns =
    o.columns
      ?.split(/[,，]/)
      .map((key) => key.trim())
      .filter(Boolean) ?? null;
  if (columns?.length === 0) throw refused('--columns 要写出至少一列，如 name,address');
  for (const key of columns ?? [])
    if (!shownColumn(kind, key))
      throw refused(`${kindNamed(kind).label}没有“${key}”这一列。列名可以是字段名或 字段.字段`);
  const field = o.sort?.replace(/^-/, '');
  if (field && !pathEnd(kind, field)) throw refused(`${kindNamed(kind).label}不能按“${field}”排序`);
  const limit = Number(o.limit ?? Infinity);
  if (o.limit !== undefined && (!Number.isInteger(limit) || limit < 1)) throw refused('--limit 要写成 1 以上的整数');
  const format = o.format ?? (o.json ? 'json' : 'table');
  if (!(FORMATS as readonly string[]).includes(format)) throw refused(`--format 可以是 ${FORMATS.join('、')}`);
  return {
    filter,
    columns,
    format,
    limit,
    sort: field ? { field, descending: o.sort?.startsWith('-') === true } : null,
  };
}

/** Rows are fetched in pages of this many. */
const PAGE = 500;

async function listCommand(d: Desk, kind: string, o: ListOptions, tools: CliTools<Options>): Promise<void> {
  kindNamed(kind);
  const { filter, columns, format, limit, sort } = asked(kind, o);
  const chosen = { kind, filter, sort };
  if (format === 'json') {
    const rows = [];
    let total = 0;
    for (let offset = 0; offset < limit; offset += PAGE) {
      const page = await listPage(d.context, {
        ...chosen,
        columns,
        page: { offset, limit: Math.min(PAGE, limit - offset) },
      });
      rows.push(...page.rows);
      ({ total } = page);
      if (rows.length >= total) break;
    }
    tools.print({ ...o, json: true }, { ok: true, kind, total, rows }, []);
    return;
  }
  const sheet = await listSheet(d.context, { ...chosen, columns, personal: 'shown', most: limit });
  const head = sheet.columns.map((column) => column.heading);
  const rows = sheet.rows as readonly (readonly Cell[])[];
  if (format === 'xlsx') {
    const out = resolve(o.out ?? `${listOf(kind).title}.xlsx`);
    await writeFile(out, await inWorker('writeSheets', { sheets: [sheet] }));
    tools.print(o, { ok: true, kind, file: out, rows: rows.length }, [`已写入：${out}`]);
    return;
  }
  const lines = format === 'csv' ? [csvLine(head), ...rows.map(csvLine)] : tableLines(head, rows);
  if (!o.out) {
    tools.print(o, { ok: true, kind, head, rows }, lines);
    return;
  }
  // Excel reads a CSV as UTF-8 only by its first bytes.
  await writeFile(resolve(o.out), `\ufeff${lines.join('\r\n')}\r\n`);
  tools.print(o, { ok: true, kind, file: resolve(o.out), rows: rows.length }, [`已写入：${resolve(o.out)}`]);
}

interface ActOptions extends Options {
  filter?: string[];
  each?: boolean;
  values?: string;
}

/** Rows that an event is meant for: those named, or all that fit. @throws REFUSED where it is not clear which */
async function meantRows(d: Desk, kind: string, given: readonly string[], o: ActOptions): Promise<string[]> {
  if (!o.filter) return given.flatMap((ids) => ids.split(/[,，]/).filter(Boolean));
  if (given.length > 0) throw refused('给了 --filter 就不再给记录的编号：act 种类 事项 --filter 条件');
  const ids = await listIds(d.context, { kind, filter: asked(kind, o).filter, sort: null });
  if (ids.length === 0) throw refused('没有符合条件的记录');
  return ids;
}

async function actCommand(
  d: Desk,
  kind: string,
  first: string,
  second: string | undefined,
  o: ActOptions,
  { print }: CliTools<Options>,
): Promise<void> {
  const entity = kindNamed(kind);
  const event = second ?? first;
  const ids = await meantRows(d, kind, second === undefined ? [] : [first], o);
  if (ids.length === 0) throw refused('请给出记录的编号：act 种类 编号,编号… 事项，或用 --filter 选出');
  const how = { each: o.each ?? false };
  const { actionId, made, left } = await act(d.context, kind, ids, event, valuesGiven(o.values) as Values, how);
  const done = ids.length - left.length;
  print(o, { ok: true, kind, id: ids[0], ids, event, actionId, made, left }, [
    `${entity.label}：${event} 已记下${ids.length > 1 ? `，${done} 条` : ''}`,
    ...left.map(({ name, sentence }) => `没有办：${name}：${sentence}`),
  ]);
}

/** Adds `kinds`, `list`, `show`, `add`, `set`, `act`, `remove` and `restore`. */
export function addRecordCommands(program: Command, tools: CliTools<Options>): void {
  const { print, run, withWorkspace } = tools;
  const workspace = ['--workspace <dir>', 'folder of the workspace'] as const;
  const json = ['--json', 'print one JSON object as the last line'] as const;
  const values = ['--values <json>', 'field values, e.g. {"name":"…"}'] as const;
  const on = (name: string, description: string): Command =>
    program
      .command(name)
      .description(description)
      .requiredOption(...workspace)
      .option(...json);

  program
    .command('kinds')
    .description('every kind of record with its fields')
    .option(...json)
    .action(
      run(async (o: Options) => {
        const lines = ENTITIES.map(
          (e) =>
            `${e.name}\t${e.label}\t${fieldsOf(e)
              .map((f) => f.name)
              .join(' ')}`,
        );
        await Promise.resolve(print(o, { ok: true, kinds: ENTITIES.map(describe) }, lines));
      }),
    );

  on('list <kind>', 'rows of a kind: --filter objectKind=car_repair --filter "permit.validTo<today+90"')
    .option('--filter <expression...>', 'conditions; all must hold')
    .option('--columns <names>', 'columns, comma between them: fields or paths')
    .option('--sort <field>', 'a column; - before it for the largest first')
    .option('--limit <n>', 'at most so many rows (all)')
    .option('--format <format>', FORMATS.join(', '))
    .option('--out <file>', 'write csv or xlsx there')
    .action(
      run(async (kind: string, o: ListOptions) => {
        await withWorkspace(o, async (d) => await listCommand(d, kind, o, tools));
      }),
    );

  on('show <kind> <id>', 'one row with all its fields').action(
    run(async (kind: string, id: string, o: Options) => {
      await withWorkspace(o, async (d) => {
        const entity = kindNamed(kind);
        const row = await getRecord(d.context, entity.name as 'area', id);
        const lines = fieldsOf(entity).map(
          ({ name, meta }) => `${meta.label}\t${valueText(meta, row.values[name], { name: () => row.names[name] })}`,
        );
        print(o, { ok: true, kind, ...row }, row.deletedAt ? [...lines, '在回收站里'] : lines);
      });
    }),
  );

  on('add <kind>', 'make a row')
    .requiredOption(...values)
    .action(
      run(async (kind: string, o: Options & { values: string }) => {
        await withWorkspace(o, async (d) => {
          const made = await addRow(d.context, kind, valuesGiven(o.values));
          print(o, { ok: true, kind, ...made }, [`已新增${kindNamed(kind).label}：${made.id ?? '没有新的一行'}`]);
        });
      }),
    );

  on('set <kind> <id>', 'change fields of a row')
    .requiredOption(...values)
    .action(
      run(async (kind: string, id: string, o: Options & { values: string }) => {
        await withWorkspace(o, async (d) => {
          const { actionId } = await setRow(d.context, kind, id, valuesGiven(o.values));
          print(o, { ok: true, kind, id, actionId }, [`已修改${kindNamed(kind).label}`]);
        });
      }),
    );

  on('act <kind> <ids> [event]', 'one event of a state machine: act KIND ID,ID… EVENT, or act KIND EVENT --filter …')
    .option('--filter <expression...>', 'all rows that fit, in place of ids')
    .option('--each', 'rows that refuse are left out and named, the others go on')
    .option(...values)
    .action(
      run(async (kind: string, ids: string, event: string | undefined, o: ActOptions) => {
        await withWorkspace(o, async (d) => await actCommand(d, kind, ids, event, o, tools));
      }),
    );

  on('remove <kind> <id>', 'put a row into the bin').action(
    run(async (kind: string, id: string, o: Options) => {
      await withWorkspace(o, async (d) => {
        const { actionId } = await removeRow(d.context, kind, id);
        print(o, { ok: true, kind, id, actionId }, [`${kindNamed(kind).label}已放入回收站`]);
      });
    }),
  );

  on('restore <kind> <id>', 'take a row out of the bin').action(
    run(async (kind: string, id: string, o: Options) => {
      await withWorkspace(o, async (d) => {
        const { actionId } = await restoreRow(d.context, kind, id);
        print(o, { ok: true, kind, id, actionId }, [`已恢复${kindNamed(kind).label}`]);
      });
    }),
  );
}
