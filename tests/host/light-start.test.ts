// What the back end loads when it starts: libraries of the worker threads stay out of its process (decision 0007).
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');
/** Word, Excel, pictures. The mapper is loaded with the first workspace. */
const OF_THREADS = ['docx', '@e965/xlsx', 'sharp', 'exifr', 'jszip', 'typeorm'];

/** Names the libraries that a file loads with all it imports. */
const LOADER = `
  import { registerHooks } from 'node:module';
  const names = new Set();
  registerHooks({
    resolve(specifier, context, next) {
      const found = next(specifier, context);
      const name = /\\/node_modules\\/((?:@[^/]+\\/)?[^/]+)/.exec(found.url)?.[1];
      if (name) names.add(name);
      return found;
    },
  });
  await import(process.argv[1]);
  process.stdout.write(JSON.stringify([...names]));
  process.exit(0);
`;

async function librariesOf(file: string): Promise<string[]> {
  const asked = ['--input-type=module', '-e', LOADER, join(ROOT, file)];
  const { stdout } = await promisify(execFile)(process.execPath, asked);
  return JSON.parse(stdout) as string[];
}

test('the process of the back end loads no library of the worker threads', async () => {
  const loaded = await librariesOf('host/backend.ts');
  expect(loaded).toContain('zod');
  expect(loaded.filter((name) => OF_THREADS.includes(name))).toEqual([]);
});

test('a worker thread does load them, so the look above sees them', async () => {
  expect(await librariesOf('services/workers/worker.ts')).toEqual(
    expect.arrayContaining(['docx', '@e965/xlsx', 'sharp']),
  );
});
