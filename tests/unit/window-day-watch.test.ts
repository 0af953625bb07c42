// The window notices a new day: by the clock, and when somebody comes back to it.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { watchDay } from '../../renderer/desk/day-watch.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('a window left open looks again after midnight, on becoming visible and on focus, and not once stopped', () => {
  let day = '2026-11-18';
  const page = Object.assign(new EventTarget(), { visibilityState: 'visible' });
  const frame = new EventTarget();
  const look = vi.fn();
  const stop = watchDay(look, { page, window: frame, day: () => day });
  vi.advanceTimersByTime(3_600_000);
  expect(look).toHaveBeenCalledTimes(0);
  day = '2026-11-19';
  vi.advanceTimersByTime(3_600_000);
  expect(look).toHaveBeenCalledTimes(1);
  page.visibilityState = 'hidden';
  page.dispatchEvent(new Event('visibilitychange'));
  expect(look).toHaveBeenCalledTimes(1);
  page.visibilityState = 'visible';
  page.dispatchEvent(new Event('visibilitychange'));
  frame.dispatchEvent(new Event('focus'));
  expect(look).toHaveBeenCalledTimes(3);
  stop();
  day = '2026-11-20';
  vi.advanceTimersByTime(3_600_000);
  frame.dispatchEvent(new Event('focus'));
  expect(look).toHaveBeenCalledTimes(3);
});
