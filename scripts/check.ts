// npm run check: types, lint and arrows in one command; with a word (-- types), only the checks whose name begins with it.
import { failedChecks } from './lib/check.ts';
import { requireCurrentNode } from './lib/run.ts';

requireCurrentNode();
const failed = await failedChecks(process.argv[2]);
console.log(failed.length === 0 ? 'All checks passed.' : `Failed: ${failed.join(', ')}.`);
process.exitCode = failed.length === 0 ? 0 : 1;
