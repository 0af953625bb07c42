// How far the log of a store is, as SQL for any connection and attached schema.

/** Selects the highest local number that an operation ever had, as `seq`: 0 before the first. Numbers are never used again. */
export const lastSequence = (schema = 'main'): string =>
  `SELECT coalesce((SELECT seq FROM ${schema}.sqlite_sequence WHERE name = 'sync_op'), 0) AS seq`;

/**
 * Selects what a preview was made on, as `state`: the last number of the log, and the hand-offs taken in, because
 * taking one back gives no number.
 */
export const storeState = (schema = 'main'): string =>
  `SELECT (${lastSequence(schema)}) || ' ' || (SELECT count(*) || ' ' || count(undone_at) FROM ${schema}.handoff_import) AS state`;
