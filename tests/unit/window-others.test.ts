// What a window does about what others write: it waits for it, fetches again, and holds nothing while nobody sees it.
import { expect, test, vi } from 'vitest';
import { watchOthers, type Mark } from '../../renderer/desk/other-windows.ts';
import { Changes } from '../../services/workspace/changes.ts';

/** A window on a workspace: its page, and what it fetched. */
function open(changes: Changes) {
  const page = Object.assign(new EventTarget(), { visibilityState: 'visible' });
  let fetched = changes.mark.written;
  const onWritten = vi.fn((written: number) => {
    fetched = written;
  });
  const onNoted = vi.fn();
  let asking = 0;
  const stop = watchOthers({
    ask: async (seen: Mark, signal) => {
      asking += 1;
      try {
        return await changes.after(seen, 5000, signal);
      } finally {
        asking -= 1;
        signal.throwIfAborted();
      }
    },
    heard: () => fetched,
    onWritten,
    onNoted,
    page,
    wait: async () => await Promise.resolve(),
  });
  const see = (how: 'visible' | 'hidden'): void => {
    page.visibilityState = how;
    page.dispatchEvent(new Event('visibilitychange'));
  };
  return { onWritten, onNoted, stop, see, asking: () => asking, own: () => (fetched = changes.mark.written) };
}

test('what another window writes is told once, what this one wrote and fetched is not', async () => {
  const changes = new Changes();
  const one = open(changes);
  await vi.waitFor(() => expect(one.onNoted).toHaveBeenCalledTimes(1));
  expect(one.onWritten).not.toHaveBeenCalled();
  changes.record('written');
  changes.record('written');
  await vi.waitFor(() => expect(one.onWritten.mock.calls).toEqual([[2]]));
  changes.record('written');
  one.own();
  await vi.waitFor(() => expect(one.onNoted).toHaveBeenCalledTimes(3));
  changes.record('noted');
  await vi.waitFor(() => expect(one.onNoted).toHaveBeenCalledTimes(4));
  expect(one.onWritten).toHaveBeenCalledTimes(1);
  one.stop();
});

test('a window that is not seen waits for nothing, and catches up when it is seen again', async () => {
  const changes = new Changes();
  const one = open(changes);
  await vi.waitFor(() => expect(one.asking()).toBe(1));
  one.see('hidden');
  await vi.waitFor(() => expect(one.asking()).toBe(0));
  changes.record('written');
  one.see('visible');
  await vi.waitFor(() => expect(one.onWritten.mock.calls).toEqual([[1]]));
  one.stop();
  await vi.waitFor(() => expect(one.asking()).toBe(0));
});
