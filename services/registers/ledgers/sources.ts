// Whether the value on file came from the very source that speaks now: only then a newer one takes its place.
import { changesOf, inJson, isTakenBack, type Reader } from '../../../db/index.ts';
import type { StateRow } from '../../../domain/registers/enterprise-state.ts';

/** Runs that were not taken back, by what the history names them, with the signatures of their sheets. */
async function runSignatures(read: Reader, besides: ReadonlySet<string>): Promise<Map<string, Set<string>>> {
  const runs = await read.sql<{ id: string; signatures: string | null }>(
    `SELECT n.id, ${inJson('n.report_json', 'signatures')} AS signatures FROM import_run n
     WHERE n.deleted_at IS NULL AND NOT ${isTakenBack('n.action_id')}`,
  );
  return new Map(
    runs
      .filter(({ id }) => !besides.has(id))
      .map(({ id, signatures }) => {
        const bySheet = signatures === null ? {} : (JSON.parse(signatures) as Record<string, string>);
        return [`import:${id}`, new Set(Object.values(bySheet).flatMap((text) => text.split(' ')))];
      }),
  );
}

/** Who said the values on file: asked row by row, only of values that differ. */
export class Sources {
  readonly #read: Reader;
  readonly #byRow = new Map<string, Map<string, string | null>>();
  /** Values that this import has written: another row of it is no newer delivery. */
  readonly #touched = new Map<StateRow, Set<string>>();
  readonly #besides: ReadonlySet<string>;
  #runs: Map<string, Set<string>> | null = null;

  /** @param besides runs of the same drop, which count as this import */
  constructor(read: Reader, besides: ReadonlySet<string>) {
    this.#read = read;
    this.#besides = besides;
  }

  touch(row: StateRow, fields: readonly string[]): void {
    const known = this.#touched.get(row) ?? new Set();
    for (const field of fields) known.add(field);
    this.#touched.set(row, known);
  }

  /** Did a sheet of that signature give the value on file? */
  async isOwn(row: StateRow, field: string, signature: string): Promise<boolean> {
    if (row.id === null || this.#touched.get(row)?.has(field)) return false;
    const source = (await this.#sourcesOf(row.id)).get(field);
    this.#runs ??= await runSignatures(this.#read, this.#besides);
    return source !== undefined && source !== null && this.#runs.get(source)?.has(signature) === true;
  }

  async #sourcesOf(id: string): Promise<Map<string, string | null>> {
    let sources = this.#byRow.get(id);
    if (!sources) {
      sources = new Map();
      for (const change of await changesOf(this.#read, [id]))
        for (const { field } of change.fields) sources.set(field, change.source);
      this.#byRow.set(id, sources);
    }
    return sources;
  }
}
