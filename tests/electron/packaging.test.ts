// The packed application: configuration, contents of app.asar, and its back end started from what was packed.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BackendSupervisor } from '../../electron/backend-supervisor.ts';
import { forwardToPipe } from '../../electron/pipe-forward.ts';
import { ensureBackEnd, ensureWindow } from '../../scripts/lib/build.ts';
import { licenceNotices } from '../../scripts/lib/licences.ts';
import { ROOT } from '../../scripts/lib/run.ts';
import { scannedPage } from '../support/scans.ts';
import { forkBackend, type NodeBackend } from './support/node-process.ts';
import {
  asar,
  checkAgainstSchema,
  knownFuses,
  pack,
  readBuilderConfig,
  readFuses,
  standInElectron,
} from './support/packing.ts';

test('the configuration holds to the schema of this electron-builder, which refuses a misspelt option', async () => {
  await expect(checkAgainstSchema(readBuilderConfig())).resolves.toBeUndefined();
  await expect(checkAgainstSchema({ ...readBuilderConfig(), asarUnpacked: ['**/*.node'] })).rejects.toThrow(
    /asarUnpacked/,
  );
});

test('every fuse that this electron-builder knows is decided: a new one must not be left to its default', () => {
  expect(Object.keys(readBuilderConfig().electronFuses).sort()).toEqual(knownFuses().sort());
});

test('the fuses that would let foreign code into the signed program are off', () => {
  expect(readBuilderConfig().electronFuses).toMatchObject({
    runAsNode: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    grantFileProtocolExtraPrivileges: false,
  });
});

test('nothing is compiled on packing: better-sqlite3 must stay the prebuilt one', () => {
  expect(readBuilderConfig()).toMatchObject({ npmRebuild: false, buildDependenciesFromSource: false, asar: true });
});

// Elsewhere the program must be a real one (its resources are edited while packing), and the release workflow packs it.
const canPack = process.platform === 'linux';
if (!canPack)
  console.log(
    'Skipped, packing around a stand-in Electron: done on Linux only; here the release workflow packs the real one.',
  );

describe.skipIf(!canPack)('packed around a stand-in Electron', () => {
  const folder = mkdtempSync(join(tmpdir(), 'steward-packing-'));
  const unpackedApp = join(folder, 'out', process.arch === 'x64' ? 'linux-unpacked' : `linux-${process.arch}-unpacked`);
  const archive = join(unpackedApp, 'resources', 'app.asar');
  const extracted = join(folder, 'extracted');
  let names: string[] = [];
  let log = '';

  beforeAll(async () => {
    expect(await ensureBackEnd(), 'the back end can be built').toBe(0);
    expect(await ensureWindow(), 'the window can be built').toBe(0);
    const { code, printed } = await pack(standInElectron(join(folder, 'electron')), join(folder, 'out'));
    log = printed;
    expect(code, printed).toBe(0);
    names = asar.listPackage(archive, { isPack: false }).map((name) => name.replaceAll('\\', '/'));
    asar.extractAll(archive, extracted);
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('electron-builder finds every dependency (one left out shows only on the machine of a customer)', () => {
    expect(log).not.toContain('cannot find path for dependency');
  });

  test('what the application needs is inside: both entries, the preload, the window, built-in content', () => {
    for (const name of [
      'dist/electron/main.js',
      'dist/electron/preload.cjs',
      'dist/host/desktop.js',
      'dist/renderer/index.html',
      'package.json',
    ]) {
      expect(names).toContain(`/${name}`);
    }
    const content = readdirSync(join(ROOT, 'resources', 'content'));
    expect(names).toEqual(expect.arrayContaining(content.map((name) => `/resources/content/${name}`)));
  });

  test('the licence texts of what is shipped are inside, those of the window and of libvips too', () => {
    expect(names).toEqual(
      expect.arrayContaining(['/resources/licences/LGPL-3.0.txt', '/resources/licences/GPL-3.0.txt']),
    );
    expect(readFileSync(join(extracted, 'dist', 'renderer', 'licences.txt'), 'utf8')).toBe(licenceNotices());
  });

  test('no sources, typings, maps or tests are inside, and no folder of the project that is not the product', () => {
    expect(names.filter((name) => /\.(ts|cts|mts|tsx|vue|map|md|tsbuildinfo)$/.test(name))).toEqual([]);
    expect(names.filter((name) => /\/(tests?|__tests__|specs?|benchmarks?|\.github)\//.test(name))).toEqual([]);
    const top = new Set(names.map((name) => name.split('/')[1]));
    expect([...top].sort()).toEqual(['dist', 'node_modules', 'package.json', 'resources']);
    const built = new Set(names.filter((name) => name.startsWith('/dist/')).map((name) => name.split('/')[2]));
    expect([...built].sort()).toEqual(['contract', 'db', 'domain', 'electron', 'host', 'renderer', 'services']);
  });

  test('only what runs is inside: no library of the window (it is bundled), no tool of the developer', () => {
    const packages = new Set(names.flatMap((name) => /^\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(name)?.[1] ?? []));
    for (const name of [
      'vue',
      'element-plus',
      'echarts',
      'electron',
      'typescript',
      'vite',
      'vitest',
      'playwright-core',
      `node-${process.platform}-${process.arch}`,
    ]) {
      expect(packages).not.toContain(name);
    }
  });

  test('native modules lie outside the archive as real files, since the system loads them', () => {
    const native = names.filter((name) => /\.(node|so(\.\d+)*|dylib|dll)$/.test(name));
    expect(native.length).toBeGreaterThanOrEqual(2);
    for (const name of native) {
      expect(asar.statFile(archive, name.slice(1)).unpacked, name).toBe(true);
      expect(existsSync(join(`${archive}.unpacked`, name)), name).toBe(true);
    }
    expect(native.filter((name) => name.includes('better-sqlite3'))).toEqual([
      `/node_modules/better-sqlite3/prebuilds/linux-${process.arch}.node`,
    ]);
    expect(native.some((name) => name.includes('sharp'))).toBe(true);
  });

  test('only the languages that are offered are shipped', () => {
    expect(readdirSync(join(unpackedApp, 'locales')).sort()).toEqual(['en-US.pak', 'zh-CN.pak']);
  });

  test('the fuses stand in the packed program as the configuration decides them', async () => {
    const { resetAdHocDarwinSignature: _notAFuse, ...decided } = readBuilderConfig().electronFuses;
    expect(await readFuses(join(unpackedApp, 'steward-desk'))).toEqual(decided);
  });

  // Plain Node cannot read app.asar, so it runs on the extracted archive; extracting takes native files from .unpacked.
  test('every library, the native ones and the worker threads work from what was packed, away from the checkout', async () => {
    const { dependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    const script = Object.keys(dependencies)
      // The main entry of pdf.js is for browsers, and not packed.
      .map((name) => (name === 'pdfjs-dist' ? `${name}/legacy/build/pdf.mjs` : name))
      .map((name) => `await import(${JSON.stringify(name)});`)
      .join('\n');
    writeFileSync(join(extracted, 'page.pdf'), await scannedPage('page.pdf', '排污许可证'));
    const use = `
      const { readFileSync } = await import('node:fs');
      const { default: Database } = await import('better-sqlite3');
      const { default: sharp } = await import('sharp');
      const one = new Database(':memory:').prepare('SELECT 1 AS one').get().one;
      const picture = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#fff' } }).jpeg().toBuffer();
      const { inWorker, closeWorkers } = await import('./dist/services/workers/index.js');
    const small = await inWorker('shrinkPhoto', { bytes: new Uint8Array(picture), edge: 4 });
    const page = { bytes: new Uint8Array(readFileSync('page.pdf')), mime: 'application/pdf', number: 1 };
    const shown = await inWorker('showPage', { ...page, edge: 300 });
    const read = await inWorker('readScan', { ...page, paper: null });
    await closeWorkers();
    console.log(JSON.stringify({ one, picture: picture.length > 0, worker: small.mime, page: shown.mime, by: read.by }));`;
    const run = spawnSync(process.execPath, ['--input-type=module', '-e', script + use], {
      cwd: extracted,
      encoding: 'utf8',
    });
    expect(run.stderr).toBe('');
    expect(JSON.parse(run.stdout)).toEqual({
      one: 1,
      picture: true,
      worker: expect.stringMatching(/^image\//) as unknown,
      // Pages are drawn and read by what was packed.
      page: 'image/webp',
      by: 'print',
    });
  });

  test('the packed back end starts under Node and answers over its pipe', async () => {
    let child: NodeBackend | undefined;
    const gaveUp: string[] = [];
    const supervisor = new BackendSupervisor({
      launch: () =>
        (child = forkBackend(join(extracted, 'dist', 'host', 'desktop.js'), {
          STEWARD_CONFIG: join(folder, 'settings'),
        })),
      start: { workspaceDir: null, windowDir: null },
      keys: null,
      log: () => undefined,
      onGiveUp: (reason) => gaveUp.push(reason),
    });
    try {
      supervisor.start();
      const endpoint = await supervisor.endpoint(60_000);
      expect(endpoint, `${gaveUp.join()} ${child?.output() ?? ''}`).not.toBeNull();
      if (!endpoint) return;
      const health = await forwardToPipe(new Request('app://desk/health'), endpoint);
      expect(health.status).toBe(200);
      const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
      expect(await health.json()).toMatchObject({ ok: true, version });
      const page = await forwardToPipe(new Request('app://desk/', { headers: { accept: 'text/html' } }), endpoint);
      expect(page.status).toBe(200);
      expect(await page.text()).toContain('<div id="app"');
      const stranger = await forwardToPipe(new Request('app://desk/'), { ...endpoint, secret: 'guessed' });
      expect(stranger.status).toBe(403);
    } finally {
      await supervisor.close();
    }
  });
});
