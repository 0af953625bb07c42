// The hand-off in the window: what is offered for which conflict, what the list shows, how texts and fingerprints compare.
import { describe, expect, test } from 'vitest';
import type { ConflictItem, ConflictSide } from '../../contract/handoff.ts';
import { choicesOf, columnsOf, otherTitle, storyOf } from '../../renderer/features/handoff/conflict-choices.ts';
import {
  conflictGroups,
  nextOpen,
  outcomeText,
  type ConflictLine,
} from '../../renderer/features/handoff/conflict-groups.ts';
import { areaNodes, tickOf, toggleArea } from '../../renderer/features/handoff/area-tree.ts';
import { compareTyped, fingerprintGroups } from '../../renderer/features/handoff/fingerprint.ts';
import { lineDiff } from '../../renderer/features/handoff/line-diff.ts';
import { oneToOne, rowLines } from '../../renderer/features/handoff/preview-lines.ts';

const side = (over: Partial<ConflictSide>): ConflictSide => ({
  dot: 'A:1',
  value: '2026-11-12',
  text: '2026-11-12',
  shown: false,
  own: false,
  office: '徐汇总部',
  device: '总部电脑',
  person: '沈佳',
  at: '2026-11-05T01:32:00Z',
  source: '填写',
  reason: null,
  ...over,
});
const own = side({ dot: 'H:7', own: true, office: '华漕驻点', person: '周敏' });
const theirs = side({ dot: 'X:3', value: '2026-11-20', text: '2026-11-20', shown: true });
const item = (over: Partial<ConflictItem>): ConflictItem => ({
  id: 'c1',
  class: 'value',
  level: 'must',
  waiting: false,
  entity: 'finding',
  entityLabel: '问题',
  rowId: 'r1',
  title: '集气罩破损',
  enterpriseId: 'e1',
  enterpriseName: '诸光电器',
  villageName: '诸翟村',
  field: 'deadline',
  fieldLabel: '整改时限',
  base: '2026-11-05',
  sides: [theirs, own],
  merged: null,
  assignee: null,
  comment: null,
  ...over,
});
const decisions = (over: Partial<ConflictItem>) =>
  choicesOf(item(over), '华漕驻点').map((choice) => [choice.key, choice.label, choice.decision]);

describe('columns', () => {
  test('key 1 is always ours, however the sides arrive', () => {
    expect(decisions({})).toEqual([
      ['1', '本驻点', { dot: 'H:7' }],
      ['2', '徐汇总部', { dot: 'X:3' }],
      ['3', '改写', null],
    ]);
    expect(decisions({ sides: [own, theirs] })).toEqual(decisions({}));
  });
  test('a colleague of this office at another computer stands in our column', () => {
    const colleague = side({ dot: 'K:1', office: '华漕驻点', person: '陆一鸣' });
    expect(columnsOf(item({ sides: [theirs, colleague] }), '华漕驻点')).toMatchObject({
      ours: { dot: 'K:1' },
      theirs: { dot: 'X:3' },
    });
  });
  test('two people of one office are told apart by name, not both called by the office', () => {
    const colleague = side({ dot: 'K:1', office: '华漕驻点', person: '陆一鸣' });
    expect(decisions({ sides: [colleague, own] }).map(([, label]) => label)).toEqual(['周敏', '陆一鸣', '改写']);
  });
  test('a third side is not lost', () => {
    expect(
      columnsOf(item({ sides: [theirs, own, side({ dot: 'Y:1', office: '闵行' })] }), '华漕驻点').more.map(
        (one) => one.dot,
      ),
    ).toEqual(['Y:1']);
  });
  test('the other column bears a name only when all come from one office', () => {
    expect(otherTitle([item({})], '华漕驻点')).toBe('徐汇总部');
    expect(otherTitle([item({}), item({ sides: [own, side({ office: '闵行' })] })], '华漕驻点')).toBe('对方');
  });
});

describe('choices by class', () => {
  test('keeping a deleted row writes emptiness, not the value of the deletion', () => {
    const gone = side({ dot: 'X:9', value: '2026-11-15T00:00:00Z', text: '删除' });
    expect(decisions({ class: 'delete-vs-edit', field: 'deletedAt', sides: [gone] })).toEqual([
      ['1', '保留', { dot: null, value: null }],
      ['2', '删除', { dot: 'X:9' }],
    ]);
  });
  test("a closed loop goes on from a branch; a state of one's own cannot be typed", () => {
    expect(decisions({ class: 'closed-loop' }).map(([key]) => key)).toEqual(['1', '2']);
  });
  test('merged lines are offered where they need no choice', () => {
    expect(decisions({ class: 'text', merged: '甲\n乙' })).toContainEqual([
      '4',
      '合并',
      { dot: null, value: '甲\n乙' },
    ]);
    expect(decisions({ class: 'text' }).map(([key]) => key)).toEqual(['1', '2', '3']);
  });
  test('what waits for data offers nothing', () => {
    expect(decisions({ class: 'waiting', waiting: true })).toEqual([]);
  });
  test('only what must be decided is said to hold papers back', () => {
    expect(storyOf(item({})).meanwhile).toContain('报告暂不能出');
    expect(storyOf(item({ level: 'may' })).meanwhile).not.toContain('报告');
  });
});

describe('the list', () => {
  const may = item({ id: 'c2', level: 'may', enterpriseName: '申亚塑胶' });
  const waiting = item({ id: 'c3', waiting: true, class: 'waiting' });
  const decided = { item: item({ id: 'c4' }), actionId: 'a1', dot: 'H:7', said: '本驻点', undone: false };

  test('groups in their order, with what is decided left in sight', () => {
    const groups = conflictGroups([waiting, may, item({})], [decided], true);
    expect(groups.map((group) => [group.id, group.open, group.lines.length])).toEqual([
      ['must', 1, 2],
      ['may', 1, 1],
      ['waiting', 1, 1],
    ]);
    expect(conflictGroups([may], [decided], false).map((group) => group.id)).toEqual(['may']);
  });
  test('an item whose decision was undone is open, and there once', () => {
    const groups = conflictGroups([item({ id: 'c4' })], [decided], true);
    expect(groups[0]?.lines).toHaveLength(1);
    expect(groups[0]?.lines[0]?.decided).toBeNull();
  });
  test('U finds what must be decided first, goes around the end, and stops when nothing is left', () => {
    const lines: ConflictLine[] = [
      { item: item({ id: 'a' }), decided: null },
      { item: item({ id: 'c4' }), decided },
      { item: may, decided: null },
      { item: waiting, decided: null },
    ];
    expect(nextOpen(lines, 2)).toBe(0);
    expect(nextOpen(lines.slice(1), 0)).toBe(1);
    // Deciding the last one that must be decided: the cursor goes on to those that may, not to itself.
    expect(nextOpen(lines, 0)).toBe(2);
    expect(nextOpen(lines.slice(0, 2), 0)).toBeNull();
    expect(nextOpen([{ item: waiting, decided: null }], 0)).toBeNull();
    expect(nextOpen([], 0)).toBeNull();
  });
  test('the outcome of an import names what is left to do', () => {
    expect(outcomeText({ must: 3, may: 12, waiting: 0 })).toBe('3 项要决定，12 项已按规则处理，建议看一眼');
    expect(outcomeText({ must: 0, may: 0, waiting: 0 })).toBe('两边没有冲突');
  });
});

describe('comparing', () => {
  test('lines that both have are kept, in reading order', () => {
    expect(lineDiff('甲\n乙\n丙', '甲\n丁\n丙\n戊').map((line) => `${line.kind}:${line.text}`)).toEqual([
      'same:甲',
      'gone:乙',
      'new:丁',
      'same:丙',
      'new:戊',
    ]);
    expect(lineDiff('', '甲')).toEqual([{ kind: 'new', text: '甲' }]);
    expect(lineDiff('甲', '甲')).toEqual([{ kind: 'same', text: '甲' }]);
  });
  test('two very long texts are shown whole instead of stopping the window', () => {
    const long = Array.from({ length: 1200 }, (_, index) => `行 ${index}`).join('\n');
    expect(lineDiff(long, '短').filter((line) => line.kind === 'gone')).toHaveLength(1200);
  });
  test('a fingerprint compares however its digits are typed, and a wrong digit shows at once', () => {
    const fingerprint = '01234 56789 01234 56789 01234 56789 01234 56789';
    expect(fingerprintGroups(fingerprint)).toHaveLength(8);
    expect(compareTyped(fingerprint, '０１２３４-56789')).toBe('partial');
    expect(compareTyped(fingerprint, '01235')).toBe('wrong');
    expect(compareTyped(fingerprint, fingerprint.replaceAll(' ', ''))).toBe('same');
    expect(compareTyped(fingerprint, ' ')).toBe('empty');
  });
});

describe('what goes out, what comes in', () => {
  const nodes = areaNodes([
    { id: 'v1', name: '诸翟村', parentId: 't' },
    { id: 't', name: '华漕镇', parentId: null },
    { id: 'v2', name: '建东村', parentId: 't' },
    { id: 'x', name: '圈', parentId: 'y' },
    { id: 'y', name: '圈', parentId: 'x' },
  ]);

  test('areas in a circle are still there to tick, once each', () => {
    expect(nodes.map((node) => node.id).sort()).toEqual(['t', 'v1', 'v2', 'x', 'y']);
    expect(nodes.slice(0, 3).map((node) => [node.id, node.depth])).toEqual([
      ['t', 0],
      ['v1', 1],
      ['v2', 1],
    ]);
  });
  test('a town takes its villages along; without one of them it is no longer sent as a whole', () => {
    const town = nodes[0]!;
    const all = toggleArea(nodes, new Set(), 't');
    expect([...all].sort()).toEqual(['t', 'v1', 'v2']);
    const some = toggleArea(nodes, all, 'v2');
    expect([...some]).toEqual(['v1']);
    expect(tickOf(town, some)).toBe('some');
    expect([...toggleArea(nodes, some, 'v2')].sort()).toEqual(['t', 'v1', 'v2']);
  });
  test('changed rows show their fields, new ones only when they are opened', () => {
    const fields = [{ label: '时限', before: '', after: '2026-11-20' }];
    const rows = [
      { entity: 'finding', label: '问题', id: 'a', title: '甲', kind: 'created' as const, fields },
      { entity: 'finding', label: '问题', id: 'b', title: '乙', kind: 'changed' as const, fields },
    ];
    expect(rowLines(rows, new Set()).map((line) => line.key)).toEqual(['a', 'b', 'b 0']);
    expect(rowLines(rows, new Set(['a', 'b'])).map((line) => line.key)).toEqual(['a', 'a 0', 'b']);
  });
});

test('sites that share a code are not ticked with the clear pairs: merging all of them would make one enterprise of two', () => {
  const pair = (id: string, otherId: string) => ({ id, otherId });
  const clear = [pair('a', 'A'), pair('b', 'B')];
  expect(oneToOne([...clear, pair('c1', 'C1'), pair('c1', 'C2'), pair('c2', 'C1'), pair('c2', 'C2')])).toEqual(clear);
});
