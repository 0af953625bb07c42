// Short messages on the status bar: what was done, with its undo, or what failed.
import { reactive } from 'vue';
import { api, sentenceOf } from './client.ts';
import { useSession } from './session.ts';

/** One message on screen. */
export interface Toast {
  id: number;
  text: string;
  actionId: string | null;
  bad: boolean;
}

/** Messages that are shown now, oldest first. */
export const toasts = reactive<Toast[]>([]);

const undoable: string[] = [];
const timers = new Map<number, number>();
let next = 1;

function show(text: string, actionId: string | null, bad: boolean, milliseconds: number): void {
  const id = next++;
  toasts.push({ id, text, actionId, bad });
  // So many stand side by side on the status bar of a small window.
  if (toasts.length > 2) dismiss(toasts[0]?.id ?? 0);
  timers.set(
    id,
    window.setTimeout(() => dismiss(id), milliseconds),
  );
}

/** Takes a message away. */
export function dismiss(id: number): void {
  window.clearTimeout(timers.get(id));
  timers.delete(id);
  const index = toasts.findIndex((toast) => toast.id === id);
  if (index >= 0) toasts.splice(index, 1);
}

/** How long a message stands, in ms: one that only tells gives the lower left free sooner. */
const TELLS = 4000;
const OFFERS_UNDO = 8000;

/** Says what was done; with an action id the message offers 撤销 for 8 seconds and Ctrl+Z knows it. */
export function notifyDone(text: string, actionId?: string | null): void {
  if (actionId) undoable.push(actionId);
  show(text, actionId ?? null, false, actionId ? OFFERS_UNDO : TELLS);
}

/** Remembers an action for Ctrl+Z without saying anything (saving a field is silent). */
export function rememberAction(actionId: string | null | undefined): void {
  if (actionId) undoable.push(actionId);
}

/** Says what is wrong with something that was typed. */
export function notifyProblem(sentence: string): void {
  show(sentence, null, true, OFFERS_UNDO);
}

/** Says what failed and what to do about it. */
export function notifyError(error: unknown): void {
  show(sentenceOf(error), null, true, 12_000);
}

/** Undoes one action and says so. */
export async function undoAction(actionId: string): Promise<void> {
  for (const toast of toasts.filter((other) => other.actionId === actionId)) dismiss(toast.id);
  const index = undoable.lastIndexOf(actionId);
  if (index >= 0) undoable.splice(index, 1);
  try {
    const undone = await api.history.undo({ actionId });
    show(undone.restored ? `已恢复“${undone.name}”` : `已撤销“${undone.name}”`, null, false, TELLS);
    useSession().bump();
  } catch (error) {
    notifyError(error);
  }
}

/** Undoes what was last done in this window (Ctrl+Z). */
export async function undoLast(): Promise<void> {
  const actionId = undoable.at(-1);
  if (actionId) await undoAction(actionId);
  else show('没有可以撤销的操作。更早的操作在“设置 → 操作记录”里。', null, false, 6000);
}
