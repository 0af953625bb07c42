// `radar --measure` on the command line: its last line, its table, and a sentence for a file that is none.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startNode, type Child } from '../support/child.ts';

let root: string;
const children: Child[] = [];
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'steward-cli-radar-'));
});
afterEach(async () => {
  for (const c of children.splice(0)) await c.kill();
  rmSync(root, { recursive: true, force: true });
});

async function measure(file: string, ...args: string[]): Promise<{ code: number | null; lines: string[] }> {
  const child = startNode(join('host', 'cli.ts'), ['radar', '--measure', file, ...args], { STEWARD_CONFIG: root });
  children.push(child);
  const code = await child.exit();
  return { code, lines: [...child.lines] };
}

const fixture = (name: string): string => readFileSync(join('tests', 'fixtures', 'radar', `${name}.jsonl`), 'utf8');

test('[BY-03] 300 labelled pairs are measured by a command: precision at least 0.90, recall at least 0.85', async () => {
  const file = join(root, 'pairs.jsonl');
  writeFileSync(file, fixture('seen') + fixture('measured'));
  const { lines } = await measure(file, '--json');
  const last = JSON.parse(lines.at(-1) ?? '') as { precision: number; recall: number; pairs: number };
  expect(Object.keys(last)).toEqual(['precision', 'recall', 'pairs']);
  expect(last.pairs).toBe(300);
  expect(last.precision).toBeGreaterThanOrEqual(0.9);
  expect(last.recall).toBeGreaterThanOrEqual(0.85);
});

test('without --json it is a table that names the pairs it saw otherwise, with the reasons', async () => {
  const { lines } = await measure(join('tests', 'fixtures', 'radar', 'seen.jsonl'));
  expect(lines[0]).toMatch(/^共 150 对\t准确率 [\d.]+%\t查全率 [\d.]+%\t判断不同 \d+ 对$/);
  expect(lines.some((line) => /^第 \d+ 行（S\d+）\t[误漏]报\t[\d.]+\t.+；/.test(line))).toBe(true);
});

test('a bad line gets one sentence with its number, a missing file its own', async () => {
  const file = join(root, 'bad.jsonl');
  writeFileSync(file, `${fixture('seen').split('\n')[0] ?? ''}\n{"a":{}}\n`);
  const bad = await measure(file, '--json');
  expect(bad.code).toBe(1);
  expect(JSON.parse(bad.lines.at(-1) ?? '')).toMatchObject({
    ok: false,
    sentence: expect.stringContaining('第 2 行') as string,
  });
  const missing = await measure(join(root, 'nowhere.jsonl'), '--json');
  expect(missing.lines.at(-1)).toContain('找不到文件');
});
