// npm run package: build, then installers for this platform; further arguments go to electron-builder.
// `--for-e2e` packs a folder only, with the one fuse that the test driver needs (it attaches to the inspector).
import { buildBackEnd, buildWindow } from './lib/build.ts';
import { requireCurrentNode, runBin } from './lib/run.ts';

requireCurrentNode();

const args = process.argv.slice(2);
const forE2e = args.includes('--for-e2e');
const passedOn = args.filter((arg) => arg !== '--for-e2e');
if (forE2e) {
  passedOn.push('--dir', '-c.electronFuses.enableNodeCliInspectArguments=true', '-c.directories.output=release/e2e');
}

if ((await buildBackEnd()) !== 0 || (await buildWindow()) !== 0) process.exit(1);
process.exit(await runBin('electron-builder', 'electron-builder', ['--publish', 'never', ...passedOn]));
