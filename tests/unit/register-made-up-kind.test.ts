// A kind that only this test knows: its definition alone makes it importable. It would catch a list of kinds kept by
// hand anywhere on the way.
import { expect, test, vi } from 'vitest';

vi.mock('../../domain/entities.ts', async (original) => {
  const real = await original<typeof import('../../domain/entities.ts')>();
  const { defineEntity } = await import('../../domain/dictionary/entity.ts');
  const { INNER } = await import('../../domain/dictionary/facets.ts');
  const fields = await import('../../domain/dictionary/field.ts');
  const { vocabulary } = await import('../../domain/dictionary/vocabulary.ts');
  const { defineWorkflow } = await import('../../domain/dictionary/workflow.ts');
  const states = vocabulary({ running: '在用', stopped: '停用' });
  const crane = defineEntity({
    name: 'madeUpCrane',
    label: '行车',
    shape: 'child',
    home: { follow: ['enterpriseId'] },
    parent: 'enterpriseId',
    title: 'plateNo',
    facets: { ...INNER, register: { order: 99, find: ['plateNo'] }, write: 'plain', travels: 'parent', since: 1 },
    workflow: defineWorkflow()({
      of: 'madeUpCrane',
      state: 'state',
      states,
      events: {
        start: { label: '启用', from: [], to: 'running', asks: [], allowedTo: ['leader'] },
        stop: { label: '停用', from: ['running'], to: 'stopped', asks: [], allowedTo: ['leader'] },
      },
    }),
    fields: {
      state: fields.choice(states, { label: '行车状态', required: 'F', initial: 'running', headings: ['行车状态'] }),
      enterpriseId: fields.reference('enterprise', { label: '企业', required: 'F' }),
      plateNo: fields.text({ label: '行车牌号', required: 'F', max: 20, headings: ['行车牌号'] }),
      drive: fields.choice(vocabulary({ electric: '电动', manual: '手动' }, { electric: '电葫芦' }), {
        label: '驱动方式',
        headings: ['行车驱动'],
      }),
      load: fields.decimal({ label: '额定起重量', unit: 't' }),
      checkedDate: fields.day({ label: '检验日期', headings: ['行车检验日期'] }),
    },
  });
  return { ...real, ENTITIES: [...real.ENTITIES, crane] };
});

const { planRow } = await import('../../domain/registers/row-plan.ts');
const { applyWrites, emptyState, rowsOf } = await import('../../domain/registers/enterprise-state.ts');
const { mapColumns } = await import('../../domain/registers/mapping.ts');
const { readRow } = await import('../../domain/registers/row-reader.ts');
const { makeIndustryIndex } = await import('../../domain/values/industry-code.ts');

const cell = (text: string) =>
  text === '' ? ({ text, raw: null, kind: 'empty' } as const) : ({ text, raw: text, kind: 'text' } as const);

const HEAD = ['单位名称', '行车牌号', '行车驱动', '额定起重量（kg）', '行车检验日期'];

function read(...texts: string[]) {
  const columns = mapColumns(
    [...HEAD, '行车状态']
      .slice(0, Math.max(HEAD.length, texts.length))
      .map((heading, index) => ({ index, heading, cells: () => [cell(texts[index] ?? '')] })),
    { chosen: new Map(), remembered: new Map(), profile: new Map() },
  );
  const content = readRow(texts.map(cell), {
    columns,
    date1904: false,
    industries: makeIndustryIndex({ sections: [] }),
    coordinateSystem: null,
    labelSystem: null,
  });
  return { columns, content };
}
const context = { blankOverwrites: false, names: new Map<string, string>(), today: '2026-11-18' };

test('a new child kind is mapped, read, planned and found again from its definition alone', () => {
  const { columns, content } = read('上海甲机械厂', '沪A-001', '电葫芦', '5000', '2024年5月6日');
  expect(columns.map((c) => c.target?.key)).toEqual([
    'enterprise.name',
    'madeUpCrane.plateNo',
    'madeUpCrane.drive',
    'madeUpCrane.load',
    'madeUpCrane.checkedDate',
  ]);
  const state = emptyState({ name: '上海甲机械厂' });
  for (const change of planRow(content, {}, state, context).changes) applyWrites(state, change.writes);
  expect(rowsOf(state, 'madeUpCrane').map((row) => row.values)).toEqual([
    { plateNo: '沪A-001', drive: 'electric', load: '5', checkedDate: '2024-05-06' },
  ]);
  const again = planRow(read('上海甲机械厂', '沪A-001', '手动', '5000', '').content, {}, state, context);
  expect(again.changes).toMatchObject([{ target: 'madeUpCrane.drive', before: '电动', after: '手动' }]);
});

test('a record of it that lacks its needed field leaves every cell in the remark, with a warning', () => {
  const state = emptyState({ name: '上海甲机械厂' });
  const { changes, warnings } = planRow(
    read('上海甲机械厂', '', '电动', '3000', '2024-05-06').content,
    {},
    state,
    context,
  );
  expect(changes.map((c) => [c.target, c.after])).toEqual([
    ['enterprise.remark', '行车驱动：电动；额定起重量（kg）：3000；行车检验日期：2024-05-06'],
  ]);
  expect(warnings.map((w) => w.code)).toEqual(['RECORD_INCOMPLETE']);
  expect(warnings[0]?.sentence).toContain('没有行车牌号');
});

test('the state of a kind with a workflow is no column of a register: its cell is kept as a column without a field', () => {
  const { columns, content } = read('上海甲机械厂', '沪A-001', '电动', '3000', '2024-05-06', '停用');
  expect(columns.at(-1)?.target).toBeNull();
  const state = emptyState({ name: '上海甲机械厂' });
  const { changes } = planRow(content, {}, state, context);
  for (const change of changes) applyWrites(state, change.writes);
  expect(rowsOf(state, 'madeUpCrane')[0]?.values).not.toHaveProperty('state');
  expect(content.unmapped).toEqual({ 行车状态: '停用' });
});
