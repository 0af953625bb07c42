// What planning says of one row.
import type { FieldConflict } from '../../domain/handoff/fold.ts';
import type { Scalar } from '../../domain/handoff/operation.ts';

/** What becomes of a row. `drop`: nothing is known of it any more. `shadow`: shown as another row. `stub`: referred to but not received. */
export type RowAction = 'insert' | 'update' | 'same' | 'shadow' | 'stub' | 'drop';

/** A row as it must be written. */
export interface RowPlan {
  readonly entity: string;
  readonly id: string;
  readonly action: RowAction;
  /** Captured fields as shown, without those that are empty as they begin; of a shadow or stub what a row needs. */
  readonly values: Readonly<Record<string, Scalar>>;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly stream: string;
  readonly birth: string;
  /** Field, heads with the shown value, other heads. Fields that are left out have the birth as their only head. */
  readonly heads: readonly (readonly [string, readonly string[], readonly string[]])[];
  readonly conflicts: readonly FieldConflict[];
  readonly deleted: boolean;
  /** Values before, of the fields that change; null for a row that was not shown. */
  readonly before: Readonly<Record<string, Scalar>> | null;
}
