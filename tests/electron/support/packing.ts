// Packing for real without the network: the parts of electron-builder that tests reach for, and a stand-in Electron.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
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

const { getCurrentFuseWire } = fromBuilderLib('@electron/fuses') as {
  getCurrentFuseWire(program: string): Promise<Record<string, unknown>>;
};
const { SENTINEL } = fromBuilderLib('@electron/fuses/dist/constants.js') as { SENTINEL: string };

const { validateConfiguration } = fromBuilderLib('./util/config/config.js') as {
  validateConfiguration(config: object, debugLogger: { isEnabled: boolean }): Promise<void>;
};

/** electron-builder's own check against its schema; rejects with its explanation. */
export const checkAgainstSchema = (config: object): Promise<void> =>
  validateConfiguration(config, { isEnabled: false });

/** Names of all the fuses that this version of electron-builder knows. */
export function knownFuses(): string[] {
  const schema = fromBuilderLib('../scheme.json') as { definitions: { FuseOptionsV1: { properties: object } } };
  return Object.keys(schema.definitions.FuseOptionsV1.properties);
}

export interface BuilderConfig {
  files: string[];
  directories: Record<string, string>;
  electronFuses: Record<string, boolean>;
  [name: string]: unknown;
}

export const readBuilderConfig = (): BuilderConfig =>
  yaml.load(readFileSync(join(ROOT, 'electron-builder.yml'), 'utf8')) as BuilderConfig;

/** Order of the fuses on the wire inside the program (Electron's own numbering, format 1). */
const FUSE_WIRE = [
  'runAsNode',
  'enableCookieEncryption',
  'enableNodeOptionsEnvironmentVariable',
  'enableNodeCliInspectArguments',
  'enableEmbeddedAsarIntegrityValidation',
  'onlyLoadAppFromAsar',
  'loadBrowserProcessSpecificV8Snapshot',
  'grantFileProtocolExtraPrivileges',
];
const ON = '1'.charCodeAt(0);

/** A file with nothing of a program but the wire of fuses, all in the state opposite to the one that is wanted. */
function programWithFuses(wanted: Record<string, boolean>): Buffer {
  const wire = FUSE_WIRE.map((name) => (wanted[name] ? '0' : '1')).join('');
  return Buffer.concat([
    Buffer.alloc(64),
    Buffer.from(SENTINEL),
    Buffer.from([1, wire.length]),
    Buffer.from(wire),
    Buffer.alloc(64),
  ]);
}

/** How the fuses stand in a packed program. */
export async function readFuses(program: string): Promise<Record<string, boolean>> {
  const wire = await getCurrentFuseWire(program);
  return Object.fromEntries(FUSE_WIRE.map((name, place) => [name, wire[place] === ON]));
}

/** A folder shaped like an unpacked Electron for Linux, without the program itself: enough to be packed around. */
export function standInElectron(folder: string): string {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'node_modules', 'electron', 'package.json'), 'utf8')) as {
    version: string;
  };
  mkdirSync(join(folder, 'resources'), { recursive: true });
  mkdirSync(join(folder, 'locales'));
  for (const locale of ['de', 'en-US', 'fr', 'zh-CN', 'zh-TW'])
    writeFileSync(join(folder, 'locales', `${locale}.pak`), '');
  for (const file of ['LICENSE', 'LICENSES.chromium.html']) writeFileSync(join(folder, file), '');
  writeFileSync(join(folder, 'version'), version);
  writeFileSync(join(folder, 'electron'), programWithFuses(readBuilderConfig().electronFuses), { mode: 0o755 });
  return folder;
}

/** Packs the project as configured, around another Electron and into another folder; resolves with exit code and output. */
export function pack(electronDist: string, output: string): Promise<{ code: number | null; printed: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [
        packageBin('electron-builder'),
        '--dir',
        '--linux',
        `--${process.arch}`,
        '--publish',
        'never',
        `-c.electronDist=${electronDist}`,
        `-c.directories.output=${output}`,
      ],
      { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, CSC_IDENTITY_AUTO_DISCOVERY: 'false' } },
    );
    let printed = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    child.once('error', reject);
    child.once('exit', (code) => resolve({ code, printed }));
  });
}
