// The desk: which workspace is open, who works at it, what day it is. One per back end.
import { actWord } from '../../domain/projects/act.ts';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, statfs } from 'node:fs/promises';
import { homedir, hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { v7 } from 'uuid';
import { device, organisation, office, staff } from '../../domain/identity/entities.ts';
import { serviceProject } from '../../domain/projects/entities.ts';
import { localDay } from '../../domain/values/clock.ts';
import { isWorkspace, openStore, StoreError, writeFacts, writeFileAtomic, type Store } from '../../db/index.ts';
import type { WorkspaceStatus } from '../../contract/workspace.ts';
import { lastRecord, noticesOf } from '../backup/index.ts';
import type { Context, Operator } from '../context.ts';
import { DERIVATIONS, derivedIsFresh, refreshDerived } from '../derived/index.ts';
import { ServiceError } from '../errors.ts';
import {
  certifyDevice,
  ensureDevice,
  followHighWater,
  KeyStore,
  ownOffice,
  passphraseWrapper,
  type KeyWrapper,
} from '../identity/index.ts';
import { loadBuiltinContent } from '../knowledge/index.ts';
import { readSetting, setSetting, writeSetting } from '../settings.ts';
import { Changes } from './changes.ts';
import { wholeOrNothing } from './making.ts';
import { readPreferences, writePreferences, type Preferences } from './preferences.ts';
import { storeSentence } from './sentences.ts';

/** What a new workspace is told at first start. */
export interface NewWorkspace {
  folder: string;
  organisation: string;
  office: string;
  code: string;
  operator: string;
  role: string;
  demo?: boolean;
}

/** Told before each step of making a workspace; what it throws ends the making, and nothing stays. */
export type MakingStep = (done: number, what: string) => void;
export const MAKING_STEPS = 3;

/** Where things are on this computer. */
export interface DeskOptions {
  resources: string;
  version: string;
  /** Keys and the name of the last workspace live here, outside every workspace. */
  configFolder?: string;
  keyWrapper?: KeyWrapper | null;
  /** Keeps keys where there is no key store of the system. */
  passphrase?: string | null;
  /** Today's calendar day; the computer's clock unless a test says otherwise. */
  today?: () => string;
}

interface OpenWorkspace {
  context: Context;
  store: Store;
  operator: Operator;
  projectId: string | null;
  stopFollowing: () => void;
  releaseTag: () => void;
  /** Ends what an upgrade does in the background, and waits for its last portion. */
  stopRefreshing: () => Promise<void>;
}

/** Opens, makes and closes workspaces; everything else asks it for the context. */
export class Desk {
  readonly options: Required<Pick<DeskOptions, 'resources' | 'version'>> & DeskOptions;
  readonly configFolder: string;
  /** What was written in the open workspace, for windows that wait for it. */
  readonly changes = new Changes();
  #keys: KeyStore;
  #open: OpenWorkspace | null = null;
  #failure: { code: string; sentence: string; folder: string } | null = null;
  /** Where to go back to from the demonstration town. */
  #before: string | null = null;

  constructor(options: DeskOptions) {
    this.options = options;
    this.configFolder = options.configFolder ?? process.env.STEWARD_CONFIG ?? join(homedir(), '.steward-desk');
    this.#keys = this.#keysUnder(options.passphrase ?? null);
  }

  #keysUnder(passphrase: string | null): KeyStore {
    const wrapper = passphrase === null ? null : passphraseWrapper(passphrase);
    return new KeyStore(join(this.configFolder, 'keys'), this.options.keyWrapper ?? null, wrapper);
  }

  /** Today at the desk. */
  today(): string {
    return (this.options.today ?? localDay)();
  }

  /** Where a workspace goes when nobody says otherwise. */
  get suggestedFolder(): string {
    return join(homedir(), 'Documents', '环保管家', '工作区');
  }

  /** Where the demonstration town goes. */
  get demoFolder(): string {
    return join(homedir(), 'Documents', '环保管家', '演示镇');
  }

  /** The folder that was open last on this computer, or null. */
  lastFolder(): string | null {
    const file = join(this.configFolder, 'desk.json');
    if (!existsSync(file)) return null;
    try {
      return (JSON.parse(readFileSync(file, 'utf8')) as { folder?: string }).folder ?? null;
    } catch {
      return null;
    }
  }

  /** The open workspace. @throws ServiceError NO_WORKSPACE */
  get context(): Context {
    if (!this.#open) throw new ServiceError('NO_WORKSPACE', '还没有打开工作区，请先新建或打开');
    return this.#open.context;
  }

  get isOpen(): boolean {
    return this.#open !== null;
  }

  /**
   * Opens the workspace in `folder`; the one that was open is closed first. `passphrase`: what somebody typed for its keys.
   * @throws StoreError; ServiceError KEYS_NEED_PASSPHRASE, WRONG_PASSPHRASE
   */
  async open(folder: string, remember = true, passphrase: string | null = null): Promise<Context> {
    const target = resolve(folder);
    if (this.#open?.store.folder === target) return this.#open.context;
    await this.close();
    try {
      if (passphrase !== null) this.#keys = this.#keysUnder(passphrase);
      const store = await openStore(target, DERIVATIONS);
      try {
        await this.#take(store);
      } catch (error) {
        await store.close();
        throw error;
      }
      this.#failure = null;
      if (remember) await this.#remember(target);
      return this.context;
    } catch (error) {
      if (error instanceof StoreError)
        this.#failure = { code: error.code, sentence: storeSentence(error), folder: target };
      else if (error instanceof ServiceError && error.code === 'WORKSPACE')
        this.#failure = { code: String(error.data.code), sentence: error.data.sentence, folder: target };
      throw error;
    }
  }

  /**
   * Makes a workspace and opens it, whole or not at all.
   * @throws StoreError WORKSPACE_EXISTS, what `step` throws; nothing is changed then
   */
  async create(given: NewWorkspace, step: MakingStep = () => undefined): Promise<Context> {
    const folder = resolve(given.folder);
    return await wholeOrNothing(this, folder, async () => {
      step(0, '建立数据库');
      await writeFacts(folder, {
        format: 1,
        id: v7(),
        office: given.office,
        createdAt: new Date().toISOString(),
        demo: given.demo ?? false,
      });
      const store = await openStore(folder, DERIVATIONS);
      try {
        step(1, '登记驻点和密钥');
        await this.#furnish(store, given);
        await certifyDevice(store, this.#keys);
        step(2, '载入法规和检查表');
        await this.#take(store);
        step(MAKING_STEPS, '完成');
      } catch (error) {
        await store.close();
        throw error;
      }
      this.#failure = null;
      if (!given.demo) await this.#remember(folder);
      return this.context;
    });
  }

  /** Enters who works here, in one action: a database with an office in it is a finished one. */
  async #furnish(store: Store, given: NewWorkspace): Promise<void> {
    const key = await this.#keys.mint();
    await store.enrolDevice(key.tag);
    const officeId = v7();
    const officeKey = await this.#keys.mintOffice(officeId);
    await store.withAction({ name: '新建工作区', actor: given.operator, source: 'init' }, async (tx) => {
      const own = await tx.insert(organisation, { name: given.organisation, kind: 'service_org' });
      const desk = await tx.insert(office, {
        id: officeId,
        name: given.office,
        code: given.code,
        organisationId: own.id,
        signingKey: officeKey,
      });
      const person = await tx.insert(staff, {
        name: given.operator,
        role: given.role as 'leader',
        officeId: desk.id,
        organisationId: own.id,
      });
      await tx.insert(device, {
        tag: key.tag,
        name: hostname(),
        officeId: desk.id,
        signingKey: key.publicKey,
        encryptionKey: key.encryptionKey,
      });
      await setSetting(tx, 'operator', person.id);
      await setSetting(tx, 'office', officeId);
      await derivedIsFresh(tx);
      await setSetting(tx, 'network', JSON.stringify({ id: v7(), name: given.organisation }));
    });
  }

  /** Closes what is open. */
  async close(): Promise<void> {
    const open = this.#open;
    if (!open) return;
    this.#open = null;
    await open.stopRefreshing();
    open.stopFollowing();
    const seq = await open.store.read.lastOperation();
    if (!open.store.readOnlyReason) await this.#keys.setHighWater(open.store.deviceTag, seq);
    await open.store.close();
    open.releaseTag();
  }

  /** Goes to the demonstration town, remembering where one came from. */
  async enterDemo(folder: string): Promise<Context> {
    const from = this.#open && !this.#open.store.facts.demo ? this.#open.store.folder : this.#before;
    const context = await this.open(folder, false);
    this.#before = from;
    return context;
  }

  /** Goes back from the demonstration town. */
  async leaveDemo(): Promise<void> {
    const back = this.#before ?? this.lastFolder();
    this.#before = null;
    await this.close();
    if (back && isWorkspace(back)) await this.open(back);
  }

  async setOperator(staffId: string): Promise<void> {
    const open = this.#required();
    const person = await open.store.read.get(staff, staffId);
    if (!person) throw new ServiceError('NOT_FOUND', '找不到这位人员');
    open.operator = { id: person.id, name: person.name, role: person.role };
    await writeSetting(open.store, 'operator', staffId);
  }

  async setProject(projectId: string): Promise<void> {
    const open = this.#required();
    open.projectId = projectId;
    await writeSetting(open.store, 'project', projectId);
    await this.deriveAnew();
  }

  /** Derives anew what follows what a project says, while people work. */
  async deriveAnew(): Promise<void> {
    const open = this.#required();
    await open.stopRefreshing();
    open.stopRefreshing = this.#refresh(open.store);
  }

  /** Keeps what was chosen for the window on this computer. */
  setPreferences(preferences: Preferences): Promise<void> {
    return writePreferences(this.configFolder, preferences);
  }

  /** What the window's shell shows. */
  async status(): Promise<WorkspaceStatus> {
    const open = this.#open;
    const folder = open?.store.folder ?? this.#failure?.folder ?? this.suggestedFolder;
    const base: WorkspaceStatus = {
      state: open ? 'open' : this.#failure ? 'failed' : 'none',
      failure: open ? null : this.#failure,
      folder,
      suggestedFolder: this.suggestedFolder,
      demo: open?.store.facts.demo ?? false,
      readOnly: open?.store.readOnlyReason ?? null,
      version: this.options.version,
      office: null,
      operator: open?.operator ?? null,
      project: null,
      deviceTag: open?.store.deviceTag ?? '',
      numberExample: '',
      backup: null,
      backupNotices: [],
      freeBytes: await freeBytesAt(folder),
      singleKeys: readPreferences(this.configFolder).singleKeys,
      today: this.today(),
    };
    if (!open) return base;
    const { read } = open.store;
    const own = await ownOffice(open.store);
    const org = own?.organisationId ? await read.get(organisation, own.organisationId) : null;
    const project = open.projectId ? await read.get(serviceProject, open.projectId) : null;
    const client = project?.clientId ? await read.get(organisation, project.clientId) : null;
    return {
      ...base,
      office: own ? { id: own.id, name: own.name, code: own.code, organisation: org?.name ?? '' } : null,
      project: project
        ? {
            id: project.id,
            name: project.name,
            clientName: client?.name ?? null,
            startDate: project.startDate,
            endDate: project.endDate,
            rectificationTarget: project.rectificationTarget,
            act: actWord(project.visitAct),
          }
        : null,
      numberExample: `${open.store.numberPrefix}-${this.today().slice(2, 4)}-00001`,
      backup: await lastRecord(open.context),
      backupNotices: await noticesOf(open.context),
    };
  }

  #required(): OpenWorkspace {
    if (!this.#open) throw new ServiceError('NO_WORKSPACE', '还没有打开工作区，请先新建或打开');
    return this.#open;
  }

  /** Prepares an opened store: device, built-in content, operator, project. */
  async #take(store: Store): Promise<void> {
    const own = await ownOffice(store);
    if (own) store.useOfficeCode(own.code);
    const releaseTag = await ensureDevice(store, this.#keys);
    await loadBuiltinContent(store, this.options.resources);
    const operatorId = await readSetting(store.read, 'operator');
    const person =
      (operatorId ? await store.read.get(staff, operatorId) : null) ??
      (await store.read.first(staff, { isActive: true }, { order: { createdAt: 'ASC' } }));
    const projectSetting = await readSetting(store.read, 'project');
    const project =
      projectSetting ?? (await store.read.first(serviceProject, {}, { order: { startDate: 'DESC' } }))?.id ?? null;
    const open: OpenWorkspace = {
      store,
      operator: person
        ? { id: person.id, name: person.name, role: person.role }
        : { id: '', name: '未登记人员', role: 'inspector' },
      projectId: project,
      stopFollowing: this.#follow(store),
      releaseTag,
      stopRefreshing: this.#refresh(store),
      context: {
        store,
        keys: this.#keys,
        today: () => this.today(),
        resources: this.options.resources,
        operator: () => open.operator,
        projectId: () => open.projectId,
      },
    };
    this.#open = open;
    this.changes.record('written');
  }

  /** Derives anew what an earlier version derived by another rule, while people work; what ends it early goes on at the next start. */
  #refresh(store: Store): () => Promise<void> {
    let ended = false;
    const done = refreshDerived(store, () => ended).then(
      (judged) => {
        if (judged > 0) this.changes.record('written');
      },
      () => undefined,
    );
    return async () => {
      ended = true;
      await done;
    };
  }

  /** Keeps the high-water mark, and tells windows of what is written. Returns how to end it. */
  #follow(store: Store): () => void {
    const stops = [
      followHighWater(store, this.#keys),
      store.onCommit((touched) => {
        this.changes.record(touched.size > 0 ? 'written' : 'noted');
      }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }

  async #remember(folder: string): Promise<void> {
    await mkdir(this.configFolder, { recursive: true });
    await writeFileAtomic(join(this.configFolder, 'desk.json'), `${JSON.stringify({ folder })}\n`);
  }
}

async function freeBytesAt(folder: string): Promise<number | null> {
  for (let at = folder; ; at = join(at, '..')) {
    if (existsSync(at)) {
      return await statfs(at).then(
        (s) => s.bavail * s.bsize,
        () => null,
      );
    }
    if (at === join(at, '..')) return null;
  }
}
