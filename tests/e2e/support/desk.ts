// One desk under test: a real back end in a process of its own, a real Chromium, and what went wrong in the page.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect } from 'vitest';
import type { Browser, BrowserContext, Page, Request } from 'playwright-core';
import { ROOT } from '../../../scripts/lib/run.ts';
import { launchBrowser } from '../../support/browser.ts';
import { barriers } from './axe.ts';
import { CUT_BUTTONS, SQUEEZED_COLUMNS, TOO_WIDE } from './window.ts';
import { WAIT_MS } from '../../support/limits.ts';

const CLI = join(ROOT, 'host', 'cli.ts');

/** Day of the tests: dates in documents and deadlines do not depend on when the tests run. */
export const TODAY = '2026-11-18';

export interface DeskOptions {
  /** Folder of the workspace; without it one inside the desk's own folder, not yet made. */
  workspace?: string;
}

/** A folder that belongs to one test file, with the environment of a machine nobody has used before. */
export function throwAwayMachine(): { folder: string; workspace: string; env: NodeJS.ProcessEnv; discard: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'steward-e2e-'));
  const home = join(folder, 'home');
  mkdirSync(home);
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    HOME: home,
    USERPROFILE: home,
    STEWARD_CONFIG: join(folder, 'settings'),
    TZ: 'Asia/Shanghai',
    STEWARD_TODAY: process.env.STEWARD_TODAY ?? TODAY,
  };
  return {
    folder,
    workspace: join(folder, 'workspace'),
    env,
    discard: () => {
      rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    },
  };
}

/** Runs one command of the command line; its JSON answer. */
export async function command(env: NodeJS.ProcessEnv, ...args: string[]): Promise<Record<string, unknown>> {
  const child = spawn(process.execPath, [CLI, ...args, '--json'], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  await once(child, 'close');
  const last = out.trim().split('\n').at(-1) ?? '';
  if (!last.startsWith('{')) throw new Error(`"${args.join(' ')}" gave no answer: ${err.slice(0, 1000)}`);
  return JSON.parse(last) as Record<string, unknown>;
}

/** Back end, browser and page of one test file. */
export class DeskUnderTest {
  readonly machine = throwAwayMachine();
  readonly workspace: string;
  /** What the page said it should not have said; empty at the end of every test. */
  readonly troubles: string[] = [];
  /** While the back end is meant to be away, failing requests are no trouble. */
  #mayFail = false;
  #backEnd: ChildProcess | null = null;
  #browser: Browser | null = null;
  #context: BrowserContext | null = null;
  #page: Page | null = null;
  #log = '';
  /** Requests of the page that have no answer yet. */
  readonly #underWay = new Set<Request>();

  constructor(options: DeskOptions = {}) {
    this.workspace = options.workspace ?? this.machine.workspace;
  }

  get page(): Page {
    if (!this.#page) throw new Error('The desk has no page yet; call open().');
    return this.#page;
  }

  /** Starts a back end and returns the address that it printed. */
  async startBackEnd(): Promise<string> {
    const child = spawn(process.execPath, [CLI, 'serve', '--workspace', this.workspace, '--json'], {
      cwd: ROOT,
      env: this.machine.env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#backEnd = child;
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#log += text;
    });
    for await (const line of createInterface({ input: child.stdout })) {
      if (line.startsWith('{')) return (JSON.parse(line) as { address: string }).address;
    }
    throw new Error(`The back end ended before it listened: ${this.#log.slice(-2000)}`);
  }

  /** What the back end wrote to its log. */
  get log(): string {
    return this.#log;
  }

  /** Starts everything and opens the window in the browser. */
  async open(): Promise<Page> {
    const address = await this.startBackEnd();
    this.#browser ??= await launchBrowser({ args: ['--disable-background-networking'] });
    this.#context ??= await this.#browser.newContext({
      viewport: { width: 1366, height: 768 },
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      acceptDownloads: true,
    });
    await this.#page?.close();
    const page = await this.#context.newPage();
    this.#page = page;
    page.setDefaultTimeout(WAIT_MS);
    this.#underWay.clear();
    // A watched job answers for as long as it runs, the question for other windows' writes until there are some: they say nothing
    // about whether the page stands.
    page.on('request', (request) => {
      if (!/\/(jobs\/watch|workspace\/changes)/.test(request.url())) this.#underWay.add(request);
    });
    const answered = (request: Request): void => {
      this.#underWay.delete(request);
    };
    page.on('requestfinished', answered);
    page.on('requestfailed', answered);
    // Asked for only when a chooser is waited for, interception may reach the page after the key that opens it, which then opens nothing.
    page.on('filechooser', () => undefined);
    page.on('console', (message) => {
      const gone = this.#mayFail && /Failed to load resource|ERR_CONNECTION|net::/.test(message.text());
      if (message.type() === 'error' && !gone)
        this.troubles.push(`console: ${message.text()} ${message.location().url}`);
    });
    page.on('pageerror', (error) => this.troubles.push(`page: ${error.stack ?? error.message}`));
    await page.goto(address);
    await page.locator('#app :is(h1, nav)').first().waitFor();
    return page;
  }

  /** Ends the back end as a power cut would. */
  async killBackEnd(): Promise<void> {
    this.#mayFail = true;
    const child = this.#backEnd;
    if (child && child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'close');
    }
    this.#backEnd = null;
  }

  /** Ends the back end as its user would, does something with the workspace that nobody has open then, and opens the window again. */
  async whileClosed<T>(work: () => Promise<T>): Promise<T> {
    this.#mayFail = true;
    await this.#page?.close();
    this.#page = null;
    const child = this.#backEnd;
    if (child && child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      await once(child, 'close');
    }
    this.#backEnd = null;
    try {
      return await work();
    } finally {
      await this.reopen();
    }
  }

  /** Starts the back end anew and opens the window again. */
  async reopen(): Promise<Page> {
    const page = await this.open();
    this.#mayFail = false;
    return page;
  }

  /** Does something that saves a file; the file's name and content. */
  async download(work: () => Promise<void>): Promise<{ name: string; bytes: Uint8Array }> {
    const [download] = await Promise.all([this.page.waitForEvent('download'), work()]);
    const file = join(this.machine.folder, `${Date.now()}-${download.suggestedFilename()}`);
    await download.saveAs(file);
    return { name: download.suggestedFilename(), bytes: new Uint8Array(readFileSync(file)) };
  }

  /** Puts a file on the machine, for a file chooser. */
  file(name: string, bytes: Uint8Array): string {
    const path = join(this.machine.folder, name);
    writeFileSync(path, bytes);
    return path;
  }

  /** Saves a picture of the screen when a folder for pictures was named. */
  async shot(name: string): Promise<void> {
    const folder = process.env.STEWARD_SHOTS;
    if (!folder || !this.#page || this.#page.isClosed()) return;
    mkdirSync(folder, { recursive: true });
    await this.page.screenshot({ path: join(folder, `${name}.png`) });
  }

  /** Waits until the page has everything it asked for. */
  async settled(): Promise<void> {
    let quiet = 0;
    await expect
      .poll(
        () => {
          quiet = this.#underWay.size === 0 ? quiet + 1 : 0;
          return quiet >= 3;
        },
        { interval: 40, message: 'the page still waits for answers' },
      )
      .toBe(true);
  }

  /**
   * Looks at the screen: nothing sticks out of the window, and nothing keeps anybody's hands or ears out (left out where the
   * same screen was asked in another size); a picture of it where one is wanted.
   */
  async look(name: string, { forAll = true } = {}): Promise<void> {
    await this.shot(name);
    expect({
      screen: name,
      tooWide: await this.page.evaluate(TOO_WIDE),
      cutButtons: await this.page.evaluate(CUT_BUTTONS),
      squeezed: await this.page.evaluate(SQUEEZED_COLUMNS),
      barriers: forAll ? await barriers(this.page) : [],
    }).toEqual({ screen: name, tooWide: [], cutButtons: [], squeezed: [], barriers: [] });
  }

  /** Takes note that the back end refused these procedures, as it should; the browser writes every such answer to its console. */
  expectRefusals(...procedures: string[]): void {
    for (const procedure of procedures) {
      const at = this.troubles.findIndex(
        (trouble) => trouble.includes('Failed to load resource') && trouble.endsWith(`/rpc/${procedure}`),
      );
      expect(at, `${procedure} was to be refused; the page says: ${this.troubles.join('; ')}`).toBeGreaterThanOrEqual(
        0,
      );
      this.troubles.splice(at, 1);
    }
  }

  /** Takes note that the back end may have refused these procedures, where the page asked before it knew better. */
  allowRefusals(...procedures: string[]): void {
    this.troubles.splice(
      0,
      this.troubles.length,
      ...this.troubles.filter(
        (trouble) =>
          !trouble.includes('Failed to load resource') || !procedures.some((one) => trouble.endsWith(`/rpc/${one}`)),
      ),
    );
  }

  /** Fails with everything that the page complained about since the last call. */
  expectNoTrouble(): void {
    expect(this.troubles.splice(0)).toEqual([]);
  }

  async close(): Promise<void> {
    await this.#context?.close();
    await this.#browser?.close();
    const child = this.#backEnd;
    if (child && child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      await once(child, 'close');
    }
    this.machine.discard();
  }
}
