// Packing for real without the network: the parts of electron-builder that tests reach for, and a stand-in Electron.
import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { packageBin, ROOT } from '../../../scripts/lib/run.ts';

// From electron-builder's own point of view: its schema check, its YAML and its asar, in the versions that it uses.
const fromProject = createRequire(join(ROOT, 'package.json'));
const fromBuilder = createRequire(fromProject.resolve('electron-builder'));
const fromBuilderLib = createRequire(fromBuilder.resolve('app-builder-lib'));

export const yaml = fromBuilderLib('js-yaml') as { load(text: string): unknown };

export const asar = fromBuilderLib('@electron/asar') as {
  listPackage(archive: string, options: { isPack: boolean }): string[];
  statFile(archive: string, file: string): { unpacked?: boolean };
  extractAll(archive: string, folder: string): void;
};

const { validateConfiguration } = fromBuilderLib('./util/config/config.js') as {
  validateConfiguration(config: object, debugLogger: { isEnabled: boolean }): Promise<void>;
};

/** electron-builder's own check against its schema; rejects with its explanation. */
export const checkAgainstSchema = (config: object): Promise<void> => validateConfiguration(config, { isEnabled: false });

/** Names of all the fuses that this version of electron-builder knows. */
export function knownFuses(): string[] {
  const schema = fromBuilderLib('../scheme.json') as { definitions: { FuseOptionsV1: { properties: object } } };
  return Object.keys(schema.definitions.FuseOptionsV1.properties);
}

export interface BuilderConfig {
  files: string[];
  directories: Record<string, string>;
  electronFuses: Record<string, boolean> | null;
  [name: string]: unknown;
}

export const readBuilderConfig = (): BuilderConfig =>
  yaml.load(readFileSync(join(ROOT, 'electron-builder.yml'), 'utf8')) as BuilderConfig;

/** A folder shaped like an unpacked Electron for Linux, with an empty program in it: enough to be packed around. */
export function standInElectron(folder: string): string {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'node_modules', 'electron', 'package.json'), 'utf8')) as { version: string };
  mkdirSync(join(folder, 'resources'), { recursive: true });
  mkdirSync(join(folder, 'locales'));
  for (const locale of ['de', 'en-US', 'fr', 'zh-CN', 'zh-TW']) writeFileSync(join(folder, 'locales', `${locale}.pak`), '');
  for (const file of ['LICENSE', 'LICENSES.chromium.html', 'electron']) writeFileSync(join(folder, file), '');
  writeFileSync(join(folder, 'version'), version);
  chmodSync(join(folder, 'electron'), 0o755);
  return folder;
}

/** Runs electron-builder on the project with the given configuration; resolves with its exit code and what it printed. */
export function pack(configFile: string): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [packageBin('electron-builder'), '--dir', '--linux', '--x64', '--publish', 'never', '--config', configFile],
      { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, CSC_IDENTITY_AUTO_DISCOVERY: 'false' } },
    );
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.once('error', reject);
    child.once('exit', (code) => resolve({ code, output }));
  });
}
