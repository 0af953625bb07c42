// npm run bench [-- NAME…]: measures and prints one JSON object a line: name, value, unit, baseline, ratio, target.
import { measureImport } from './import.ts';
import { measureLargeStore } from './large-store.ts';
import type { Measurement } from './lib/measure.ts';
import { measurePipe } from './pipe.ts';
import { measureStart } from './start.ts';

const BENCHMARKS: Readonly<Record<string, () => AsyncGenerator<Measurement>>> = {
  import: measureImport, store: measureLargeStore, pipe: measurePipe, start: measureStart,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in BENCHMARKS));
if (unknown.length > 0) {
  process.stderr.write(`No benchmark named ${unknown.join(', ')}. There are: ${Object.keys(BENCHMARKS).join(', ')}.\n`);
  process.exit(2);
}
for (const [name, measure] of Object.entries(BENCHMARKS)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  try {
    for await (const m of measure()) process.stdout.write(`${JSON.stringify(m)}\n`);
  } catch (error) {
    process.stderr.write(`${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = 1;
  }
}
