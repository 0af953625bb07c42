// What catalogues say of enterprises, and which total amounts are exempt: found anew when the trade, the papers or a catalogue change.
import { changeOf, classOf, standingOf, type Classed } from '../../domain/catalogues/classify.ts';
import { catalogue, catalogueEntry, classification, exemptionRule } from '../../domain/catalogues/entities.ts';
import { exemptedBy } from '../../domain/catalogues/exempted.ts';
import { enterprise } from '../../domain/enterprises/entities.ts';
import { EIA_KINDS, eiaProject, eiaTotal, PERMIT_CLASSES, permit } from '../../domain/formalities/entities.ts';
import { labelOf } from '../../domain/dictionary/vocabulary.ts';
import { localDay } from '../../domain/values/clock.ts';
import { inList, listParameter, naturalId, tableOf, type Touched, type Writer } from '../../db/index.ts';
import { cataloguesOf, rulesOf, type LoadedCatalogue } from '../catalogues/index.ts';
import { currentPermit } from '../conditions/index.ts';
import { writeDerived, type DerivedRow } from './derived-rows.ts';
import { addOwners, portionsOf } from './portions.ts';

/** What is asked of an enterprise: its trade, and the class of the papers that it holds. */
interface Trade {
  readonly id: string;
  readonly industryCode: string | null;
  readonly subIndustry: string | null;
  readonly permit: string | null;
  readonly eia: string | null;
}

const LATEST_EIA = `(SELECT p.document_kind FROM eia_project p WHERE p.enterprise_id = e.id AND p.deleted_at IS NULL
  AND p.document_kind IS NOT NULL ORDER BY coalesce(p.approval_date, p.filing_date) DESC, p.id DESC LIMIT 1)`;
const TRADES = `SELECT e.id, e.industry_code AS "industryCode", e.sub_industry AS "subIndustry",
  ${currentPermit('management_class')} AS permit, ${LATEST_EIA} AS eia FROM enterprise e WHERE `;

const HELD = { permit: PERMIT_CLASSES, eia: EIA_KINDS } as const;
const heldOf = (trade: Trade, subject: string): string | null => (subject === 'permit' ? trade.permit : trade.eia);

/** Classes of many enterprises: those of one trade are the same. */
function classifier(): (edition: LoadedCatalogue, trade: Trade) => Classed | null {
  const known = new Map<string, Classed | null>();
  return (edition, trade) => {
    const key = JSON.stringify([edition.id, trade.industryCode, trade.subIndustry]);
    const there = known.get(key);
    if (there !== undefined) return there;
    const found = classOf(edition.entries, trade);
    known.set(key, found);
    return found;
  };
}

/** The rows that an enterprise has now, one for each edition. */
function rowsOf(
  editions: readonly LoadedCatalogue[],
  classed: ReturnType<typeof classifier>,
  trade: Trade,
): DerivedRow[] {
  return editions.flatMap((edition) => {
    const now = classed(edition, trade);
    if (!now) return [];
    const earlier = editions.find(({ id }) => id === edition.before);
    const before = earlier ? (classed(earlier, trade)?.outcome ?? null) : null;
    const held = heldOf(trade, edition.subject);
    return [
      {
        id: naturalId(classification, trade.id, edition.id),
        enterpriseId: trade.id,
        catalogueId: edition.id,
        outcome: now.outcome,
        reason: now.reason.slice(0, 1000),
        before,
        change: changeOf(now.outcome, before),
        held: held && labelOf(HELD[edition.subject as keyof typeof HELD], held),
        standing: standingOf(now.outcome, held),
      },
    ];
  });
}

/** Enterprises whose classes an action may have changed: all where a catalogue did. */
async function staleOf(tx: Writer, touched: Touched): Promise<Set<string>> {
  if (touched.has(catalogue.name) || touched.has(catalogueEntry.name))
    return new Set(
      (
        await tx.read.sql<{ id: string }>(
          `SELECT id FROM enterprise WHERE industry_code IS NOT NULL OR sub_industry IS NOT NULL
           UNION SELECT enterprise_id FROM "${tableOf(classification)}"`,
        )
      ).map(({ id }) => id),
    );
  const ids = new Set(touched.get(enterprise.name) ?? []);
  await addOwners(tx, ids, permit, 'enterpriseId', touched.get(permit.name) ?? []);
  await addOwners(tx, ids, eiaProject, 'enterpriseId', touched.get(eiaProject.name) ?? []);
  return ids;
}

async function settleClasses(tx: Writer, touched: Touched): Promise<void> {
  const stale = await staleOf(tx, touched);
  if (stale.size === 0) return;
  const editions = await cataloguesOf(tx.read);
  if (editions.length === 0 && !touched.has(catalogue.name)) return;
  const classed = classifier();
  for await (const part of portionsOf(tx, stale)) {
    const trades = await tx.read.sql<Trade & Record<string, string | null>>(`${TRADES}${inList('e.id')}`, [
      listParameter(part),
    ]);
    await writeDerived(
      tx,
      classification,
      part,
      trades.flatMap((trade) => rowsOf(editions, classed, trade)),
    );
  }
}

const AMOUNTS = `SELECT t.id, t.pollutant, t.amount, e.industry_code AS "industryCode",
  coalesce(p.approval_date, p.filing_date, ?2) AS day FROM eia_total t
  JOIN eia_project p ON p.id = t.eia_project_id JOIN enterprise e ON e.id = p.enterprise_id WHERE `;

/** Amounts whose exemption an action may have changed, as a condition over `t` or `e` with its ids; null: all. */
function amountsOf(touched: Touched): [string, ReadonlySet<string>][] | null {
  if (touched.has(exemptionRule.name)) return null;
  const by = [
    ['t.id', eiaTotal.name],
    ['p.id', eiaProject.name],
    ['e.id', enterprise.name],
  ] as const;
  return by.flatMap(([column, kind]) => {
    const ids = touched.get(kind);
    return ids && ids.size > 0 ? [[column, ids] as [string, ReadonlySet<string>]] : [];
  });
}

async function settleAmounts(tx: Writer, touched: Touched): Promise<void> {
  const asked = amountsOf(touched) ?? [['t.id', await allAmounts(tx)] as const];
  if (asked.length === 0) return;
  const rules = await rulesOf(tx.read);
  const today = localDay(tx.now);
  for (const [column, ids] of asked)
    for await (const part of portionsOf(tx, ids)) {
      const rows = await tx.read.sql<{ id: string; pollutant: string; amount: string | null } & Record<string, string>>(
        `${AMOUNTS}${inList(column, '?1')}`,
        [listParameter(part), today],
      );
      for (const row of rows)
        await tx.derive(eiaTotal, row.id, {
          ...exemptedBy(rules, { ...row, industryCode: row.industryCode ?? null, day: row.day ?? today }),
        });
    }
}

const allAmounts = async (tx: Writer): Promise<Set<string>> =>
  new Set((await tx.read.sql<{ id: string }>(`SELECT id FROM "${tableOf(eiaTotal)}"`)).map(({ id }) => id));

/** Finds anew what catalogues and rules say of what an action touched. */
export async function settleCatalogues(tx: Writer, touched: Touched): Promise<void> {
  if (touched.size === 0) return;
  await settleClasses(tx, touched);
  await settleAmounts(tx, touched);
}
