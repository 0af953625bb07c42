// The desk: which workspace is open, who works at it, what day it is. One per back end.
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
import { DERIVATIONS } from '../derived/index.ts';
import { ServiceError } from '../errors.ts';
import { certifyDevice, ensureDevice, followHighWater, KeyStore, ownOffice, type KeyWrapper } from '../identity/index.ts';
import { loadBuiltinContent } from '../knowledge/index.ts';
import { readSetting, writeSetting } from '../settings.ts';
import { storeSentence } from './sentences.ts';

/** What a new workspace is told at first start. */
export interface NewWorkspace { folder: string; organisation: string; office: string; code: string; operator: string; role: string; demo?: boolean }

/** Where things are on this computer. */
export interface DeskOptions {
  resources: string; version: string;
  /** Keys and the name of the last workspace live here, outside every workspace. */
  configFolder?: string;
  keyWrapper?: KeyWrapper | null;
  /** Today's calendar day; the computer's clock unless a test says otherwise. */
  today?: () => string;
}

interface OpenWorkspace { context: Context; store: Store; operator: Operator; projectId: string | null; stopFollowing: () => void; releaseTag: () => void }

/** Opens, makes and closes workspaces; everything else asks it for the context. */
export class Desk {
  readonly options: Required<Pick<DeskOptions, 'resources' | 'version'>> & DeskOptions;
  readonly configFolder: string;
  readonly #keys: KeyStore;
  #open: OpenWorkspace | null = null;
  #failure: { code: string; sentence: string; folder: string } | null = null;
  /** Where to go back to from the demonstration town. */
  #before: string | null = null;

  constructor(options: DeskOptions) {
    this.options = options;
    this.configFolder = options.configFolder ?? process.env.STEWARD_CONFIG ?? join(homedir(), '.steward-desk');
    this.#keys = new KeyStore(join(this.configFolder, 'keys'), options.keyWrapper ?? null);
  }

  /** Today at the desk. */
  today(): string { return (this.options.today ?? localDay)(); }

  /** Where a workspace goes when nobody says otherwise. */
  get suggestedFolder(): string { return join(homedir(), 'Documents', '环保管家', '工作区'); }

  /** Where the demonstration town goes. */
  get demoFolder(): string { return join(homedir(), 'Documents', '环保管家', '演示镇'); }

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

  get isOpen(): boolean { return this.#open !== null; }

  /** Opens the workspace in `folder`; the one that was open is closed first. @throws StoreError */
  async open(folder: string, remember = true): Promise<Context> {
    const target = resolve(folder);
    if (this.#open?.store.folder === target) return this.#open.context;
    await this.close();
    try {
      const store = await openStore(target, DERIVATIONS);
      await this.#take(store);
      this.#failure = null;
      if (remember) await this.#remember(target);
      return this.context;
    } catch (error) {
      if (error instanceof StoreError) this.#failure = { code: error.code, sentence: storeSentence(error), folder: target };
      throw error;
    }
  }

  /** Makes a workspace and opens it. @throws StoreError WORKSPACE_EXISTS; nothing is changed then. */
  async create(given: NewWorkspace): Promise<Context> {
    const folder = resolve(given.folder);
    if (isWorkspace(folder) || existsSync(join(folder, 'steward.db'))) throw new StoreError('WORKSPACE_EXISTS', 'there is a workspace already', { folder });
    await this.close();
    await mkdir(folder, { recursive: true });
    await writeFacts(folder, { format: 1, id: v7(), office: given.office, createdAt: new Date().toISOString(), demo: given.demo ?? false });
    const store = await openStore(folder, DERIVATIONS);
    const key = await this.#keys.mint();
    await store.enrolDevice(key.tag);
    const officeId = v7();
    const officeKey = await this.#keys.mintOffice(officeId);
    const people = (await store.withAction({ name: '新建工作区', actor: given.operator, source: 'init' }, async (tx) => {
      const own = await tx.insert(organisation, { name: given.organisation, kind: 'service_org' });
      const desk = await tx.insert(office, { id: officeId, name: given.office, code: given.code, organisationId: own.id, signingKey: officeKey });
      const person = await tx.insert(staff, { name: given.operator, role: given.role as 'leader', officeId: desk.id, organisationId: own.id });
      await tx.insert(device, { tag: key.tag, name: hostname(), officeId: desk.id, signingKey: key.publicKey, encryptionKey: key.encryptionKey });
      return { person };
    })).value;
    await writeSetting(store, 'operator', people.person.id);
    await writeSetting(store, 'office', officeId);
    await writeSetting(store, 'network', JSON.stringify({ id: v7(), name: given.organisation }));
    await certifyDevice(store, this.#keys);
    await this.#take(store);
    this.#failure = null;
    if (!given.demo) await this.#remember(folder);
    return this.context;
  }

  /** Closes what is open. */
  async close(): Promise<void> {
    const open = this.#open;
    if (!open) return;
    this.#open = null;
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
  }

  /** What the window's shell shows. */
  async status(): Promise<WorkspaceStatus> {
    const open = this.#open;
    const folder = open?.store.folder ?? this.#failure?.folder ?? this.suggestedFolder;
    const base: WorkspaceStatus = {
      state: open ? 'open' : this.#failure ? 'failed' : 'none', failure: open ? null : this.#failure, folder, suggestedFolder: this.suggestedFolder,
      demo: open?.store.facts.demo ?? false, readOnly: open?.store.readOnlyReason ?? null, version: this.options.version,
      office: null, operator: open?.operator ?? null, project: null, deviceTag: open?.store.deviceTag ?? '', numberExample: '', backup: null, backupNotices: [],
      freeBytes: await freeBytesAt(folder), today: this.today(),
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
      project: project ? { id: project.id, name: project.name, clientName: client?.name ?? null, startDate: project.startDate, endDate: project.endDate, rectificationTarget: project.rectificationTarget } : null,
      numberExample: `${open.store.numberPrefix}-${this.today().slice(2, 4)}-00001`,
      backup: await lastRecord(open.context), backupNotices: await noticesOf(open.context),
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
    const person = (operatorId ? await store.read.get(staff, operatorId) : null) ?? (await store.read.first(staff, { isActive: true }, { order: { createdAt: 'ASC' } }));
    const projectSetting = await readSetting(store.read, 'project');
    const project = projectSetting ?? (await store.read.first(serviceProject, {}, { order: { startDate: 'DESC' } }))?.id ?? null;
    const open: OpenWorkspace = {
      store, operator: person ? { id: person.id, name: person.name, role: person.role } : { id: '', name: '未登记人员', role: 'inspector' },
      projectId: project, stopFollowing: followHighWater(store, this.#keys), releaseTag,
      context: { store, keys: this.#keys, today: () => this.today(), resources: this.options.resources, operator: () => open.operator, projectId: () => open.projectId },
    };
    this.#open = open;
  }

  async #remember(folder: string): Promise<void> {
    await mkdir(this.configFolder, { recursive: true });
    await writeFileAtomic(join(this.configFolder, 'desk.json'), `${JSON.stringify({ folder })}\n`);
  }
}

async function freeBytesAt(folder: string): Promise<number | null> {
  for (let at = folder; ; at = join(at, '..')) {
    if (existsSync(at)) {
      return await statfs(at).then((s) => s.bavail * s.bsize, () => null);
    }
    if (at === join(at, '..')) return null;
  }
}
