// Whether the very bytes of a file are kept already, and where.
import type { Reader } from '../../db/index.ts';
import { namesOf } from '../records/index.ts';

/** Where the same bytes are, in a sentence; null where they are new. */
export async function placeOnFile(read: Reader, sha256: string, besides: string | null = null): Promise<string | null> {
  const filed = await read.sqlOne<{ owner: string; name: string }>(
    `SELECT owner_id AS owner, coalesce(title, name) AS name FROM attachment
     WHERE sha256 = ? AND deleted_at IS NULL ORDER BY created_at, id LIMIT 1`,
    [sha256],
  );
  if (filed) {
    const owner = (await namesOf(read, [filed.owner])).get(filed.owner);
    return `一模一样的文件已在档案里：${[owner, filed.name].filter((part) => !!part).join(' · ')}`;
  }
  const waiting = await read.sqlOne<{ name: string }>(
    'SELECT name FROM scan WHERE sha256 = ? AND deleted_at IS NULL AND id <> ? ORDER BY id LIMIT 1',
    [sha256, besides ?? ''],
  );
  return waiting ? `一模一样的文件已在待归档里：${waiting.name}` : null;
}
