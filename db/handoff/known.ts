// What the log knows of devices, clocks and merged rows, for those who make a package.
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';
import type { Seal } from './seals.ts';

/** Rows written at once. */
const SEALS_AT_ONCE = 500;

/** Tags of all devices of the log but one. */
export async function devicesBeside(read: Reader, own: string): Promise<string[]> {
  return (await read.sql<{ tag: string }>('SELECT tag FROM sync_device WHERE tag <> ?', [own])).map(({ tag }) => tag);
}

/** How many of these devices have told what they have. */
export async function devicesThatTold(read: Reader, tags: readonly string[]): Promise<number> {
  const row = await read.sqlOne<{ n: number }>(
    `SELECT count(DISTINCT d.tag) AS n FROM sync_peer_have h JOIN sync_device d ON d.no = h.peer_no
     WHERE d.tag IN (SELECT value FROM json_each(?))`,
    [JSON.stringify(tags)],
  );
  return row?.n ?? 0;
}

/** The clock of the log as it stands: milliseconds and counter, in hex. */
export async function clockNow(read: Reader): Promise<string> {
  const local = await read.sqlOne<{ ms: number; c: number }>('SELECT ms, c FROM sync_local');
  return `${(local?.ms ?? 0).toString(16).padStart(12, '0')}${(local?.c ?? 0).toString(16).padStart(4, '0')}`;
}

/** The row under which a merged row is shown; itself where it was not merged. */
export async function shownAs(read: Reader, id: string): Promise<string> {
  return (await read.sqlOne<{ root: string }>('SELECT root FROM sync_alias_root WHERE id = ?', [id]))?.root ?? id;
}

/**
 * Keeps the seals that a package was made with, the first of a chain's end for ever. `writes` does each part in a turn
 * of its own.
 */
export async function keepSeals(
  writes: (work: (tx: Writer) => Promise<void>) => Promise<unknown>,
  seals: readonly Seal[],
): Promise<void> {
  for (let at = 0; at < seals.length; at += SEALS_AT_ONCE) {
    const list = JSON.stringify(seals.slice(at, at + SEALS_AT_ONCE));
    await writes(async (tx) => {
      await tx.execute(
        `INSERT INTO sync_seal(stream_no, device_no, n, hash, sig, adopter)
        SELECT s.no, d.no, j.value ->> '$.n', j.value ->> '$.hash', j.value ->> '$.sig', j.value ->> '$.adopter' FROM json_each(?) j
        JOIN sync_stream s ON s.id = j.value ->> '$.stream' JOIN sync_device d ON d.tag = j.value ->> '$.device' WHERE true ON CONFLICT DO NOTHING`,
        [list],
      );
    });
  }
}
