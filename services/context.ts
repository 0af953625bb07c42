// What every service is given: the open store, who works, what day it is, where built-in content lies.
import type { ActionResult, Store, Writer } from '../db/index.ts';
import type { KeyStore } from './identity/index.ts';

/** The operator at the desk. */
export interface Operator {
  id: string;
  name: string;
  role: string;
}

/** One open workspace with the people and settings in force. */
export interface Context {
  readonly store: Store;
  /** Today's calendar day where the office is. */
  today(): string;
  readonly resources: string;
  /** Private keys of this user on this computer. */
  readonly keys: KeyStore;
  operator(): Operator;
  /** The chosen service project, or null. */
  projectId(): string | null;
}

/** Runs one action in the operator's name. `source` says where the values come from. */
export async function act<T>(
  ctx: Context,
  name: string,
  source: string,
  work: (tx: Writer) => Promise<T>,
): Promise<ActionResult<T>> {
  return await ctx.store.withAction({ name, actor: ctx.operator().name, source }, work);
}
