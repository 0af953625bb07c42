// A paper attached once is seen at every site of its legal person: by reference, kept and removed at its owner alone.
import type { SiteFile } from '../../contract/attachments.ts';
import { enterprise } from '../../domain/enterprises/entities.ts';
import { snake, type EntityDefinition } from '../../domain/dictionary/entity.ts';
import { partsOf } from '../../domain/entities.ts';
import { inList, listParameter, tableOf, type Reader } from '../../db/index.ts';
import type { Context } from '../context.ts';
import { attachmentsOf } from './files.ts';

/** Kinds of attachment that are papers: pictures of a place belong to that place. */
const PAPERS: readonly string[] = ['document', 'evidence', 'signed_paper'];

/** Kinds of record in the file of an enterprise that carry papers of the legal person: its formalities. */
const CARRIERS: readonly EntityDefinition[] = partsOf(enterprise.name, 'child', 'extension').filter(
  (entity) => entity.facets.file?.tab === 'formalities' && entity.facets.attach !== null,
);

interface Site {
  id: string;
  name: string;
  siteNo: string;
  siteName: string | null;
}

/** The other sites of the legal person of an enterprise. */
const otherSites = async (read: Reader, enterpriseId: string): Promise<Site[]> =>
  await read.sql<Site>(
    `SELECT s.id, s.name, s.site_no AS "siteNo", s.site_name AS "siteName" FROM enterprise e
     JOIN enterprise s ON s.credit_code = e.credit_code AND s.site_no <> e.site_no AND s.id <> e.id
     WHERE e.id = ? AND e.credit_code IS NOT NULL AND s.deleted_at IS NULL ORDER BY s.site_no, s.id`,
    [enterpriseId],
  );

/** Papers of the other sites of an enterprise's legal person, newest site number last, each with the site that keeps it. */
export async function filesOfSites(ctx: Context, enterpriseId: string): Promise<SiteFile[]> {
  const { read } = ctx.store;
  const sites = new Map((await otherSites(read, enterpriseId)).map((site) => [site.id, site]));
  if (sites.size === 0) return [];
  const owners = new Map([...sites.values()].map((site) => [site.id, { site, of: enterprise.label }]));
  for (const entity of CARRIERS) {
    const rows = await read.sql<{ id: string; owner: string }>(
      `SELECT id, "${snake(entity.parent as string)}" AS owner FROM "${tableOf(entity)}"
       WHERE ${inList(`"${snake(entity.parent as string)}"`)} AND deleted_at IS NULL`,
      [listParameter([...sites.keys()])],
    );
    for (const { id, owner } of rows) {
      const site = sites.get(owner);
      if (site) owners.set(id, { site, of: entity.label });
    }
  }
  const files = await attachmentsOf(ctx, [...owners.keys()]);
  return [...owners].flatMap(([id, said]) =>
    (files.get(id) ?? []).filter((file) => PAPERS.includes(file.kind)).map((file) => ({ ...file, ...said })),
  );
}
