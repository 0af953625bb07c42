// What the name of a file proposes: its enterprise, its paper, the row of the file that it goes to.
import { SCANNED } from '../../domain/entities.ts';
import { readFileName, titleOf, type NameRead } from '../../domain/scans/file-name.ts';
import { PAPER_WORDS } from '../../domain/scans/papers.ts';
import { whoseScan, type KnownEnterprise, type WhoseScan } from '../../domain/scans/whose.ts';
import { foldText } from '../../domain/values/text.ts';
import { nameKey } from '../../domain/values/name-key.ts';
import type { Reader } from '../../db/index.ts';
import { mapBreathing } from '../breathe.ts';
import { rowFor } from './row.ts';

/** Fields of a file in the tray that follow from its name and from what a person said. */
export interface Proposal {
  enterpriseId: string | null;
  paper: string | null;
  recordId: string | null;
  recordKind: string | null;
  title: string | null;
  number: string | null;
  documentDate: string | null;
  reason: string | null;
  doubt: string | null;
}

interface Named {
  id: string;
  name: string;
  shortName: string | null;
  creditCode: string | null;
  siteNo: string;
  internalCode: string;
}

/** All enterprises as names of files may mean them. */
export async function knownEnterprises(read: Reader): Promise<KnownEnterprise[]> {
  const rows = await read.sql<Named>(
    `SELECT id, name, short_name AS "shortName", credit_code AS "creditCode", site_no AS "siteNo",
       internal_code AS "internalCode" FROM enterprise WHERE deleted_at IS NULL ORDER BY id`,
  );
  const former = new Map<string, string[]>();
  for (const { id, name } of await read.sql<{ id: string; name: string }>(
    'SELECT enterprise_id AS id, name FROM former_name WHERE deleted_at IS NULL',
  ))
    former.set(id, [...(former.get(id) ?? []), name]);
  return await mapBreathing(rows, (row) => ({
    ...{ id: row.id, name: row.name, creditCode: row.creditCode, siteNo: row.siteNo, internalCode: row.internalCode },
    key: nameKey(row.name).toLowerCase(),
    others: [...(former.get(row.id) ?? []), ...(row.shortName ? [row.shortName] : [])].map(foldText),
  }));
}

/** What a file's name says: with the words of its enterprise taken out, where one is known. */
export function readName(name: string, all: readonly KnownEnterprise[]): { read: NameRead; whose: WhoseScan } {
  const first = readFileName(name, PAPER_WORDS);
  const whose = whoseScan(first, all);
  return { read: whose.said.length > 0 ? readFileName(name, PAPER_WORDS, whose.said) : first, whose };
}

/** The title of a paper, by what the name of its file says. */
export function titleFor(paper: string, read: NameRead): string | null {
  const known = SCANNED.get(paper);
  return known ? titleOf(known.paper.label, read, read.rest) : null;
}

/** What is open about the paper. */
function paperDoubt(read: NameRead): string | null {
  if (read.papers.length === 0) return '文件名里没有写是什么资料';
  const labels = read.papers.map((id) => `“${SCANNED.get(id)?.paper.label ?? id}”`).join('和');
  return read.papers.length > 1 ? `文件名里写了${labels}，请选一种` : null;
}

/** What is proposed for a file by its name. */
export async function propose(read: Reader, name: string, all: readonly KnownEnterprise[]): Promise<Proposal> {
  const { read: said, whose } = readName(name, all);
  const paper = said.papers.length === 1 ? (said.papers[0] ?? null) : null;
  const row = await rowFor(read, { enterpriseId: whose.id, paper, number: said.number });
  return {
    ...{ enterpriseId: whose.id, paper, recordId: row.id, recordKind: row.kind },
    ...{ number: said.number, documentDate: said.day, reason: whose.reason || null },
    title: paper ? titleFor(paper, said) : null,
    doubt: whose.doubt ?? paperDoubt(said) ?? row.doubt,
  };
}
