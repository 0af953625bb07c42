// One program per user: a second start shows the window of the first.
import { app } from 'electron';

/** False when another instance runs (this one must quit); otherwise `onSecondStart` hears of further starts. */
export function isOnlyInstance(onSecondStart: () => void): boolean {
  if (!app.requestSingleInstanceLock()) return false;
  app.on('second-instance', onSecondStart);
  return true;
}
