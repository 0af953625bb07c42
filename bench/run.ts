// npm run bench [-- NAME… [COUNT]]: measures and prints one JSON object a line: name, value, unit, baseline, ratio, target.
// COUNT: of how many, for those that say so many of something (dossiers).
import { measureDocuments } from './documents.ts';
import { measureAllDossiers, measureFewDossiers } from './dossiers.ts';
import { measureFiles } from './files.ts';
import { measureLargeHandoff, measureUsualHandoff } from './handoff.ts';
import { measureImport } from './import.ts';
import { measureLargeImport } from './import-large.ts';
import { measureLargeStore } from './large-store.ts';
import type { Measurement } from './lib/measure.ts';
import { measureLedgers } from './ledgers.ts';
import { measureLists } from './lists.ts';
import { measurePipe } from './pipe.ts';
import { measureStart } from './start.ts';
import { measureStatistics } from './statistics.ts';

const BENCHMARKS: Readonly<Record<string, (count?: number) => AsyncGenerator<Measurement>>> = {
  import: measureImport,
  store: measureLargeStore,
  ledgers: measureLedgers,
  lists: measureLists,
  files: measureFiles,
  pipe: measurePipe,
  start: measureStart,
  statistics: measureStatistics,
  documents: measureDocuments,
  dossiers: measureFewDossiers,
  handoff: measureUsualHandoff,
};
/** Those that take a quarter of an hour and more: only when named. */
const LONG: typeof BENCHMARKS = {
  'handoff-large': measureLargeHandoff,
  'dossiers-all': measureAllDossiers,
  'import-large': measureLargeImport,
};

const given = process.argv.slice(2);
const [count] = given.filter((word) => /^[1-9]\d*$/.test(word)).map(Number);
const asked = given.filter((word) => !/^[1-9]\d*$/.test(word));
const all = { ...BENCHMARKS, ...LONG };
const unknown = asked.filter((name) => !(name in all));
if (unknown.length > 0) {
  process.stderr.write(`No benchmark named ${unknown.join(', ')}. There are: ${Object.keys(all).join(', ')}.\n`);
  process.exit(2);
}
for (const [name, measure] of Object.entries(all)) {
  if (asked.length > 0 ? !asked.includes(name) : name in LONG) continue;
  try {
    for await (const m of measure(count)) process.stdout.write(`${JSON.stringify(m)}\n`);
  } catch (error) {
    process.stderr.write(`${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = 1;
  }
}
