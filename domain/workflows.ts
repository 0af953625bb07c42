// Every state machine, as the kinds of record pull them in.
import type { EntityDefinition } from './dictionary/entity.ts';
import type { AnyWorkflow } from './dictionary/workflow.ts';
import { ENTITIES } from './entities.ts';

/** A kind of record that has a state machine. */
export type KindWithWorkflow = EntityDefinition & { readonly workflow: AnyWorkflow };

/** By name of the kind, in the order of the dictionary. */
export const WORKFLOWS: ReadonlyMap<string, KindWithWorkflow> = new Map(
  ENTITIES.flatMap((e) => (e.workflow ? [[e.name, e as KindWithWorkflow] as const] : [])),
);
