// The checks checked: breaches planted in a small house must be found by arrows and lint, and a clean house must pass.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ESLint } from 'eslint';
import { afterAll, expect, test } from 'vitest';
import { packageBin, ROOT } from '../../scripts/lib/run.ts';

const HOUSE = ['domain', 'contract', 'services', 'db', 'host', 'renderer', 'electron'];

/** A house in which every arrow that exists is used once, and none is broken. */
const CLEAN: Record<string, string> = {
  'domain/values/day.ts': `import { z } from 'zod';\nexport const day = z.string();\nexport type Day = string;\n`,
  'domain/rounds/rules.ts': `import { day } from '../values/day.ts';\nexport const rules = day;\n`,
  'contract/rounds.ts':
    `import { oc } from '@orpc/contract';\n` +
    `import { rules } from '../domain/rounds/rules.ts';\n` +
    `export const rounds = oc.input(rules);\n`,
  'db/store.ts':
    `import { DataSource } from 'typeorm';\n` +
    `import { day } from '../domain/values/day.ts';\n` +
    `export const store = [DataSource, day];\n`,
  'services/rounds/plan.ts': `import { store } from '../../db/store.ts';\nexport const plan = store;\n`,
  'services/rounds/index.ts': `export { plan } from './plan.ts';\n`,
  'services/findings/index.ts':
    `import { plan } from '../rounds/index.ts';\n` +
    `import type { rounds } from '../../contract/rounds.ts';\n` +
    `export const findings: [unknown, typeof rounds | undefined] = [plan, undefined];\n`,
  'host/desktop.ts':
    `import { createServer } from 'node:http';\n` +
    `import { findings } from '../services/findings/index.ts';\n` +
    `export const desktop = [createServer, findings];\n`,
  'renderer/features/rounds/board.ts': `export const board = 1;\n`,
  'renderer/features/rounds/index.ts': `export { board } from './board.ts';\n`,
  'renderer/desk/client.ts': `export const client = 1;\n`,
  'renderer/components/list.ts': `import { client } from '../desk/client.ts';\nexport const list = client;\n`,
  'renderer/charts/chart.ts': `import { client } from '../desk/client.ts';\nexport const chart = client;\n`,
  'renderer/app/router.ts': `import { board } from '../features/rounds/index.ts';\nexport const router = board;\n`,
  'renderer/features/findings/FindingPage.vue':
    `<script setup lang="ts">\n` +
    `import { ref } from 'vue';\n` +
    `import { board } from '../rounds/index.ts';\n` +
    `import { rounds } from '../../../contract/rounds.ts';\n` +
    `const shown = ref([board, rounds]);\n` +
    `</script>\n` +
    `<template>{{ shown }}</template>\n`,
  'electron/main.ts':
    `import { app } from 'electron';\n` +
    `import type { desktop } from '../host/desktop.ts';\n` +
    `export const started: [typeof desktop | undefined, unknown] = [undefined, app];\n`,
};

/** One file per rule, each breaking exactly the arrow that the rule is named for. */
const BREACHES: [rule: string, file: string, text: string][] = [
  [
    'layer-domain',
    'domain/rounds/bad-layer.ts',
    `import { store } from '../../db/store.ts';\nexport const bad = store;\n`,
  ],
  [
    'layer-contract',
    'contract/bad-layer.ts',
    `import type { plan } from '../services/rounds/index.ts';\nexport type Bad = typeof plan;\n`,
  ],
  ['layer-db', 'db/bad-layer.ts', `import { rounds } from '../contract/rounds.ts';\nexport const bad = rounds;\n`],
  [
    'layer-services',
    'services/rounds/bad-layer.ts',
    `import { desktop } from '../../host/desktop.ts';\nexport const bad = desktop;\n`,
  ],
  [
    'layer-host',
    'host/bad-layer.ts',
    `import { board } from '../renderer/features/rounds/index.ts';\nexport const bad = board;\n`,
  ],
  [
    'layer-renderer',
    'renderer/features/rounds/BadLayer.vue',
    `<script setup lang="ts">\nimport { plan } from '../../../services/rounds/index.ts';\n</script>\n<template>{{ plan }}</template>\n`,
  ],
  ['layer-electron', 'electron/bad-layer.ts', `import { store } from '../db/store.ts';\nexport const bad = store;\n`],
  [
    'electron-starts-host',
    'electron/bad-host.ts',
    `import { other } from '../host/other.ts';\nexport const bad = other;\n`,
  ],
  ['electron-only-in-shell', 'host/bad-electron.ts', `import { app } from 'electron';\nexport const bad = app;\n`],
  ['shell-is-thin', 'electron/bad-package.ts', `import { z } from 'zod';\nexport const bad = z;\n`],
  [
    'store-only-in-db',
    'services/rounds/bad-store.ts',
    `import Database from 'better-sqlite3';\nexport const bad = Database;\n`,
  ],
  ['domain-is-pure', 'domain/rounds/bad-package.ts', `import { v7 } from 'uuid';\nexport const bad = v7;\n`],
  ['contract-is-light', 'contract/bad-package.ts', `import { os } from '@orpc/server';\nexport const bad = os;\n`],
  [
    'no-node-in-window',
    'domain/rounds/bad-node.ts',
    `import { readFileSync } from 'node:fs';\nexport const bad = readFileSync;\n`,
  ],
  ['no-node-in-window', 'renderer/bad-node.ts', `import { join } from 'path';\nexport const bad = join;\n`],
  ['no-server-in-window', 'renderer/bad-server.ts', `import sharp from 'sharp';\nexport const bad = sharp;\n`],
  [
    'services-are-host-free',
    'services/rounds/bad-http.ts',
    `import { request } from 'node:http';\nexport const bad = request;\n`,
  ],
  [
    'siblings-services',
    'services/findings/bad-sibling.ts',
    `import { plan } from '../rounds/plan.ts';\nexport const bad = plan;\n`,
  ],
  [
    'siblings-renderer-features',
    'renderer/features/findings/BadSibling.vue',
    `<script setup lang="ts">\nimport { board } from '../rounds/board.ts';\n</script>\n<template>{{ board }}</template>\n`,
  ],
  [
    'window-desk',
    'renderer/desk/bad-floor.ts',
    `import { board } from '../features/rounds/index.ts';\nexport const bad = board;\n`,
  ],
  [
    'window-components',
    'renderer/components/BadFloor.vue',
    `<script setup lang="ts">\nimport { board } from '../features/rounds/index.ts';\n</script>\n<template>{{ board }}</template>\n`,
  ],
  [
    'window-charts',
    'renderer/charts/bad-floor.ts',
    `import { list } from '../components/list.ts';\nexport const bad = list;\n`,
  ],
  [
    'window-features',
    'renderer/features/rounds/bad-floor.ts',
    `import { router } from '../../app/router.ts';\nexport const bad = router;\n`,
  ],
  ['no-cycles', 'domain/rounds/bad-cycle.ts', `import { two } from './bad-cycle-two.ts';\nexport const one = two;\n`],
  ['resolvable', 'services/rounds/bad-missing.ts', `import { gone } from './gone.ts';\nexport const bad = gone;\n`],
  ['shipped-with-the-product', 'services/rounds/bad-dev.ts', `import JSZip from 'jszip';\nexport const bad = JSZip;\n`],
];
const HELPERS: Record<string, string> = {
  'host/other.ts': `export const other = 1;\n`,
  'domain/rounds/bad-cycle-two.ts': `import { one } from './bad-cycle.ts';\nexport const two: unknown = one;\n`,
};

interface Violation {
  from: string;
  rule: { name: string; severity: string };
  /** Of a cycle, which is reported once and from either end: its members. */
  cycle?: { name: string }[];
}

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

function cruise(files: Record<string, string>): { status: number | null; violations: Violation[] } {
  const house = mkdtempSync(join(tmpdir(), 'steward-arrows-'));
  folders.push(house);
  for (const name of ['.dependency-cruiser.cjs', 'tsconfig.json', 'tsconfig.base.json', 'package.json']) {
    cpSync(join(ROOT, name), join(house, name));
  }
  symlinkSync(join(ROOT, 'node_modules'), join(house, 'node_modules'), 'junction');
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(house, name)), { recursive: true });
    writeFileSync(join(house, name), text);
  }
  const cruiser = packageBin('dependency-cruiser', 'depcruise');
  const run = spawnSync(
    process.execPath,
    [cruiser, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...HOUSE],
    { cwd: house, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  // The json reporter always exits with 0; the err reporter, which `npm run arrows` uses, with the number of errors.
  const gate = spawnSync(process.execPath, [cruiser, '--config', '.dependency-cruiser.cjs', ...HOUSE], { cwd: house });
  if (run.status !== 0) throw new Error(`dependency-cruiser could not run: ${run.stderr}`);
  const result = JSON.parse(run.stdout) as { summary: { violations: Violation[] } };
  return { status: gate.status, violations: result.summary.violations };
}

test('a house that keeps the arrows passes: the rules forbid nothing that the architecture allows', () => {
  const { status, violations } = cruise(CLEAN);
  expect(violations).toEqual([]);
  expect(status).toBe(0);
});

test('each planted breach fails the check, as an error of its own rule', () => {
  const planted = Object.fromEntries(BREACHES.map(([, file, text]) => [file, text]));
  const { status, violations } = cruise({ ...CLEAN, ...HELPERS, ...planted });
  for (const [rule, file] of BREACHES) {
    const found = violations.filter(({ from, cycle }) => from === file || cycle?.some(({ name }) => name === file));
    expect(
      found.map((violation) => violation.rule.name),
      `breach in ${file}`,
    ).toContain(rule);
    expect(found.every((violation) => violation.rule.severity === 'error')).toBe(true);
  }
  const innocent = violations.filter((violation) => violation.from in CLEAN);
  expect(innocent).toEqual([]);
  expect(status).not.toBe(0);
});

test('every rule has its breach above: a rule that can never fire would go unnoticed', () => {
  const { forbidden } = createRequire(import.meta.url)(join(ROOT, '.dependency-cruiser.cjs')) as {
    forbidden: { name: string }[];
  };
  expect([...new Set(BREACHES.map(([rule]) => rule))].sort()).toEqual(forbidden.map(({ name }) => name).sort());
});

async function lint(file: string, text: string): Promise<(string | null)[]> {
  const [result] = await new ESLint({ cwd: ROOT }).lintText(text, { filePath: join(ROOT, file) });
  return result?.messages.map(({ ruleId }) => ruleId) ?? [];
}

test('lint refuses what types cannot: REPLACE in SQL, any, console in pure layers, HTML from records', async () => {
  expect(await lint('db/x.ts', 'export const a = `INSERT  OR\n REPLACE INTO t VALUES (1)`;\n')).toEqual([
    'no-restricted-syntax',
  ]);
  expect(await lint('services/x.ts', "export const a = 'replace into t values (1)';\n")).toEqual([
    'no-restricted-syntax',
  ]);
  expect(
    await lint(
      'db/x.ts',
      "export const a = 'INSERT INTO t VALUES (1) ON CONFLICT DO UPDATE SET a = replace(a, 1, 2)';\n",
    ),
  ).toEqual([]);
  expect(await lint('host/x.ts', 'export const a = (b: any) => b as string;\n')).toEqual([
    '@typescript-eslint/no-explicit-any',
  ]);
  expect(await lint('domain/x.ts', "console.log('x');\n")).toEqual(['no-console']);
  expect(await lint('host/x.ts', "console.log('x');\n")).toEqual([]);
  const page = '<script setup lang="ts">\nconst a = 1;\n</script>\n<template><p v-html="a" /></template>\n';
  expect(await lint('renderer/components/TextBlock.vue', page)).toEqual(['vue/no-v-html']);
});
