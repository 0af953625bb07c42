// The places that tests share: `node tests/support/shared-places.ts <name> <folder>` makes one.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildDemo } from '../../services/demonstration/index.ts';
import { closeWorkers } from '../../services/workers/index.ts';
import { Desk } from '../../services/workspace/index.ts';
import { Desks, makePair } from './handoff-desks.ts';
import { deskOptions } from './shared.ts';

const PLACES = {
  /** The demonstration town as of 2026-11-18: `workspace` and `config`. */
  demo: async (folder: string): Promise<void> => {
    const desk = new Desk(deskOptions(folder));
    await buildDemo(desk, join(folder, 'workspace'), { progress: () => undefined, check: () => undefined });
    await desk.close();
  },
  /** A new workspace (`openDesk`): `workspace` and `config`. */
  desk: async (folder: string): Promise<void> => {
    const desk = new Desk(deskOptions(folder));
    await desk.create({
      folder: join(folder, 'workspace'),
      organisation: '上海某环保公司',
      office: '华漕驻点',
      code: 'HC',
      operator: '陈思远',
      role: 'inspector',
    });
    await desk.close();
  },
  /** Two offices that know each other (`Desks.pair`): `HC`, `XH`, `config-HC`, `config-XH`, and `ids.json`. */
  pair: async (folder: string): Promise<void> => {
    const desks = new Desks(folder);
    const { townId, id } = await makePair(desks);
    for (const desk of desks.desks.values()) await desk.close();
    writeFileSync(join(folder, 'ids.json'), JSON.stringify({ townId, id }));
  },
};
export type Places = typeof PLACES;

if (import.meta.main) {
  await PLACES[process.argv[2] as keyof Places](process.argv[3] as string);
  await closeWorkers();
}
