// An action is done when the medium has it, not when SQLite has handed it to the system.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { area } from '../../domain/areas/entities.ts';
import { LogSync } from '../../db/log-sync.ts';
import { act, openTestStore, type TestStore } from '../support/store.ts';

let t: TestStore;
beforeEach(async () => {
  t = await openTestStore();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await t.close();
});

const addTown = async (name: string) =>
  await act(t.store, async (tx) => await tx.insert(area, { level: 'town', name }));

test(
  'an action is reported only after its log was synced, and the next one waits for that (bug: a power cut ' +
    'takes back what was confirmed)',
  async () => {
    const order: string[] = [];
    let finish = (): void => undefined;
    const synced = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const asked = new Promise<void>((resolve) => {
      vi.spyOn(LogSync.prototype, 'done').mockImplementationOnce(async () => {
        order.push('sync');
        resolve();
        await synced;
        order.push('synced');
      });
    });
    const first = addTown('华漕镇').then(() => {
      order.push('first');
    });
    const second = act(t.store, async (tx) => {
      order.push('second begins');
      await tx.insert(area, { level: 'town', name: '新虹街道' });
    });
    await asked;
    expect(await t.store.read.find(area, {})).toHaveLength(1);
    finish();
    await Promise.all([first, second]);
    expect(order.indexOf('synced')).toBeLessThan(order.indexOf('first'));
    expect(order.indexOf('synced')).toBeLessThan(order.indexOf('second begins'));
  },
);

test(
  'a medium that refuses to sync fails the action and lets nothing more be written (bug: the next sync ' +
    'succeeds and hides the loss)',
  async () => {
    vi.spyOn(LogSync.prototype, 'done').mockRejectedValueOnce(Object.assign(new Error('EIO'), { code: 'EIO' }));
    await expect(addTown('华漕镇')).rejects.toThrow('EIO');
    expect(t.store.readOnlyReason).toContain('磁盘');
    await expect(addTown('新虹街道')).rejects.toMatchObject({ code: 'WORKSPACE_READ_ONLY' });
    await t.reopen();
    await addTown('新虹街道');
    expect(await t.store.read.find(area, { name: '新虹街道' })).toHaveLength(1);
  },
);
