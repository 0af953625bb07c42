// Rows that may be of several sites, and what people said of them: the same row of a later file is not asked again.
import { hash } from 'node:crypto';
import type { Reader } from '../../../db/index.ts';
import { inJson, isTakenBack, says } from '../../../db/index.ts';
import type { LedgerRow, LedgerSheet } from './staged.ts';

/** What a row keeps of itself while it waits, and how it was answered. */
export interface WaitingNote {
  readonly wait: {
    readonly file: string;
    readonly sheet: Pick<LedgerSheet, 'name' | 'title' | 'main' | 'kinds' | 'words' | 'signature'>;
    readonly row: LedgerRow;
    /** Ids of the sites that it may be of. */
    readonly sites: readonly string[];
  };
  /** The action that took it in, and for whom. */
  readonly answered?: string;
  readonly owner?: string;
  /** It is left out for good. */
  readonly left?: true;
}

/** Tells a row by its cells, whatever sheet it stands in. */
export const fingerprintOf = (cells: readonly string[]): string => hash('sha256', cells.join('\u0001'));

/** Answers that stand. */
export class AnsweredRows {
  readonly #owners: ReadonlyMap<string, string>;

  private constructor(owners: ReadonlyMap<string, string>) {
    this.#owners = owners;
  }

  /** Reads what was answered and not taken back. */
  static async load(read: Reader): Promise<AnsweredRows> {
    const rows = await read.sql<{ fingerprint: string; owner: string }>(
      `SELECT r.fingerprint, ${inJson('r.note', 'owner')} AS owner FROM import_row r
       WHERE r.result = 'waiting' AND r.deleted_at IS NULL AND ${says('r.note', '"answered":')}
         AND NOT ${isTakenBack(inJson('r.note', 'answered'))} ORDER BY r.id`,
    );
    return new AnsweredRows(new Map(rows.map(({ fingerprint, owner }) => [fingerprint, owner])));
  }

  /** Whose a row with these cells is, or undefined. */
  of = (cells: readonly string[]): string | undefined => this.#owners.get(fingerprintOf(cells));
}
