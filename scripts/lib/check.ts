// The checks that need no running: format, length of lines, lists of kinds, SQL of one engine, types, lint, arrows.
import { checkEngineSql } from './engine-sql.ts';
import { checkKindLists } from './kind-lists.ts';
import { checkLongLines } from './long-lines.ts';
import { runBin } from './run.ts';

const CRUISED = ['domain', 'contract', 'services', 'db', 'host', 'renderer', 'electron'];

const CHECKS: [name: string, start: () => Promise<number>][] = [
  ['format', () => runBin('prettier', 'prettier', ['--check', '--cache', '--log-level', 'warn', '.'])],
  ['lines', checkLongLines],
  ['kinds', checkKindLists],
  ['sql', checkEngineSql],
  ['types', () => runBin('typescript', 'tsc', ['-p', 'tsconfig.json'])],
  ['types of the window', () => runBin('vue-tsc', 'vue-tsc', ['-p', 'tsconfig.renderer.json'])],
  [
    'lint',
    () => runBin('eslint', 'eslint', ['.', '--max-warnings', '0', '--cache', '--cache-location', '.cache/eslint']),
  ],
  ['arrows', () => runBin('dependency-cruiser', 'depcruise', ['--config', '.dependency-cruiser.cjs', ...CRUISED])],
];

/** Runs every check whose name begins with `asked`, one after the other, and names those that failed. */
export async function failedChecks(asked = ''): Promise<string[]> {
  const failed: string[] = [];
  for (const [name, start] of CHECKS.filter((check) => check[0].startsWith(asked))) {
    console.log(`- ${name}`);
    if ((await start()) !== 0) failed.push(name);
  }
  return failed;
}
