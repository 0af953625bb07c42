// Operations: one change of one row by one device, as the log keeps it and packages carry it (hand-off design 3 to 5).

/** Who said something, and when by the clock of the device. */
export interface Author {
  readonly device: string;
  readonly actor: string | null;
  readonly at: string;
}

/** What an operation does to its row: create, update, delete, or resolve a conflict. */
export type OperationKind = 'c' | 'u' | 'd' | 'r';

/** Values that synced columns hold. Flags are 0 or 1; there are no fractions. */
export type Scalar = string | number | null;

/**
 * Body of an operation. Of a create: field → value, empty fields absent. Of the others: field → [value, basis], where basis lists
 * the dots that the change replaces. Of a deletion also `_seen`, the dots of everything its author saw of the row and its children.
 * Of a resolution also `_reason`. Of an update or deletion that says a value again because a decision was taken back
 * also `_by`, an {@link Author}.
 */
export type OperationBody = Readonly<Record<string, unknown>>;

/** One operation. Its identity is (stream, device, n). */
export interface Operation {
  readonly stream: string;
  /** Tag of the device that made it. */
  readonly device: string;
  readonly n: number;
  /** Hybrid logical clock, 16 hex characters: an order, not a time. */
  readonly hlc: string;
  /** Wall clock of the author, for people. */
  readonly at: string;
  readonly entity: string;
  readonly row: string;
  readonly kind: OperationKind;
  readonly body: OperationBody;
  readonly actor: string | null;
  /** Action of the author that it belongs to. */
  readonly batch: string | null;
  readonly source: string | null;
  /** Version of the operation vocabulary. */
  readonly schema: number;
}

/** Stream of catalogues, devices and areas, which every partner receives. */
export const COMMON_STREAM = 'g';
/** Stream that no package takes. */
export const OFFICE_STREAM = 'o';
/** Ending of the companion stream that holds personal rows. */
export const PERSONAL_SUFFIX = '/p';

/**
 * A dot as the fold of a row in `home` names it: `TAG:n` for the home stream, `TAG:n@stream` for another one. Inside an operation a
 * bare dot means the operation's own stream; only rows that were merged with others have dots of several streams.
 */
export function dotIn(home: string, stream: string, dot: string): string {
  const at = dot.indexOf('@');
  const [bare, of] = at < 0 ? [dot, stream] : [dot.slice(0, at), dot.slice(at + 1)];
  return of === home ? bare : `${bare}@${of}`;
}

/** The operation that a dot means, as the fold of a row in `home` names it. */
export function partsOf(home: string, dot: string): { stream: string; device: string; n: number } {
  const at = dot.indexOf('@');
  const bare = at < 0 ? dot : dot.slice(0, at);
  const colon = bare.indexOf(':');
  return { stream: at < 0 ? home : dot.slice(at + 1), device: bare.slice(0, colon), n: Number(bare.slice(colon + 1)) };
}
