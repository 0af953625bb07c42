// Freezes the command line of a release as an older reader: `node tests/support/freeze-reader.ts <commit> tests/fixtures/reader-<version>`.
// Run once per release; what it wrote is never changed. The README in the folder says which commit it was made of.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { rolldown } from 'rolldown';

const [commit, target] = [process.argv[2] as string, resolve(process.argv[3] as string)];
const root = resolve(import.meta.dirname, '..', '..');
const source = mkdtempSync(join(tmpdir(), 'steward-freeze-'));

/** Threads of the back end: each is found beside the file that starts it. Those of spreadsheets and documents are left out. */
const THREADS = ['services/workers/background.ts', 'db/checkpoint-thread.ts', 'db/query-thread.ts'];
/** What is bound to a machine, and what is only loaded where it is there. */
const OUTSIDE = ['better-sqlite3', 'sharp', '@napi-rs/nice'];

const archive = spawnSync('git', ['archive', commit], { cwd: root, maxBuffer: 1 << 30 });
spawnSync('tar', ['-x', '-C', source], { input: archive.stdout });
symlinkSync(join(root, 'node_modules'), join(source, 'node_modules'));
rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });

const has = (name: string): boolean => {
  try {
    import.meta.resolve(name);
    return true;
  } catch {
    return false;
  }
};
const bundle = await rolldown({
  cwd: source,
  input: Object.fromEntries(
    ['host/cli.ts', ...THREADS, 'node_modules/piscina/dist/worker.js'].map((file) => [
      file.includes('piscina') ? 'piscina-worker' : (file.split('/').at(-1) as string).replace('.ts', ''),
      join(source, file),
    ]),
  ),
  platform: 'node',
  external: (id) =>
    OUTSIDE.includes(id) || (!id.startsWith('.') && !id.startsWith('/') && !id.startsWith('node:') && !has(id)),
  plugins: [
    {
      // The pool starts the file beside its own.
      name: 'piscina-worker',
      transform(code, id) {
        if (!/piscina[\\/]dist[\\/]index\.js$/.test(id)) return null;
        return code.replace("(__dirname, 'worker.js')", "(globalThis.__frozenReader, 'piscina-worker.js')");
      },
    },
  ],
});
await bundle.write({
  dir: target,
  format: 'esm',
  minify: { mangle: { keepNames: true }, compress: { keepNames: { function: true, class: true } } },
  keepNames: true,
  comments: false,
  banner: 'globalThis.__frozenReader = import.meta.dirname;',
  entryFileNames: '[name].js',
  chunkFileNames: 'part-[name].js',
});
await bundle.close();
for (const folder of ['content', 'demo']) {
  const [from, to] = [join(source, 'resources', folder), join(target, 'resources', folder)];
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from))
    writeFileSync(join(to, name), JSON.stringify(JSON.parse(readFileSync(join(from, name), 'utf8'))));
}
const { version } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8')) as { version: string };
writeFileSync(
  join(target, 'package.json'),
  `${JSON.stringify({ name: 'steward-desk', version, type: 'module', private: true })}\n`,
);
const THREADS_LEFT_OUT =
  'Spreadsheets and documents (their threads) are left out; hand-off, demonstration town and workspaces are whole.';
writeFileSync(
  join(target, 'README.md'),
  `# Version ${version} as an older reader

The command line of commit ${commit}, bundled and never changed: tests give it packages of today (\`tests/host/older-reader.test.ts\`).
${THREADS_LEFT_OUT}
better-sqlite3 and sharp come from node_modules. Made with

    node tests/support/freeze-reader.ts ${process.argv[2]} ${process.argv[3]}

and run with \`node cli.js <command> --workspace <dir> …\`; \`STEWARD_CONFIG\` names the folder of its keys.
`,
);
rmSync(source, { recursive: true, force: true });
