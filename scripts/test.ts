// npm test: every check and every test, from a clean checkout; further arguments go to vitest (-- --project unit).
import { buildBackEnd, buildWindow } from './lib/build.ts';
import { failedChecks } from './lib/check.ts';
import { requireCurrentNode, runBin } from './lib/run.ts';
import { ensureBrowser, ensureChineseFont } from './lib/test-machine.ts';

requireCurrentNode();

const failed = await failedChecks();

console.log('- build');
// The end-to-end tests and the packaging test work on what is built.
if ((await buildBackEnd()) !== 0 || (await buildWindow()) !== 0) {
  console.error(`Failed: ${[...failed, 'build'].join(', ')}. The tests were not run, since they need the build.`);
  process.exit(1);
}

const browser = await ensureBrowser();
await ensureChineseFont();
console.log(`- tests (browser: ${browser})`);
const env = { ...process.env, STEWARD_BROWSER: browser };
if ((await runBin('vitest', 'vitest', ['run', ...process.argv.slice(2)], { env })) !== 0) failed.push('tests');

console.log(failed.length === 0 ? 'Everything passed.' : `Failed: ${failed.join(', ')}.`);
process.exitCode = failed.length === 0 ? 0 : 1;
