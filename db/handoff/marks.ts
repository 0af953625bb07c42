// What planning knows of rows, by id: one entry for each, since a package may be about millions of them.

/** A row has a plan; is planned to go; is named by a planned row; is in its table, or not; is deleted by some operation, or not. */
export const MARK = {
  planned: 1,
  dropped: 2,
  referred: 4,
  present: 8,
  absent: 16,
  deletable: 32,
  lasting: 64,
} as const;

type Mark = (typeof MARK)[keyof typeof MARK];

/** Sets of ids that share their entries. */
export class Marks {
  readonly #bits = new Map<string, number>();

  has(id: string, mark: Mark): boolean {
    return ((this.#bits.get(id) ?? 0) & mark) !== 0;
  }

  add(id: string, mark: Mark): void {
    this.#bits.set(id, (this.#bits.get(id) ?? 0) | mark);
  }

  /** Whether the mark was there. */
  delete(id: string, mark: Mark): boolean {
    const bits = this.#bits.get(id) ?? 0;
    if ((bits & mark) === 0) return false;
    this.#bits.set(id, bits & ~mark);
    return true;
  }

  /** The answer found earlier, or the one found now, which is kept. */
  know(id: string, yes: Mark, no: Mark, find: () => boolean): boolean {
    const bits = this.#bits.get(id) ?? 0;
    if ((bits & (yes | no)) !== 0) return (bits & yes) !== 0;
    const found = find();
    this.add(id, found ? yes : no);
    return found;
  }
}
