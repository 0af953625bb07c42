// Writes the table of docs/adding-a-kind.md that says what each kind of the enterprise file costs: the lines of its definition,
// and the files and lines beside it that name it. `npm run kind-costs` after a kind was added.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { costsOfFile, costTable, withTable } from './lib/kind-costs.ts';
import { ROOT } from './lib/run.ts';

const page = join(ROOT, 'docs', 'adding-a-kind.md');
const costs = costsOfFile();
writeFileSync(page, withTable(readFileSync(page, 'utf8'), costTable(costs)));
console.log(`${costs.length} kinds`);
