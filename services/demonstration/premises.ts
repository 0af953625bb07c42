// Premises inside premises of the demonstration town: tenants of buildings, sub-tenants found on site, a second site with one licence.
import { area } from '../../domain/areas/entities.ts';
import { attachment } from '../../domain/attachments/entities.ts';
import { enterprise, sensitiveReceptor } from '../../domain/enterprises/entities.ts';
import type { Writer } from '../../db/index.ts';
import type { DemoEnterprise } from './enterprises.ts';
import type { Town } from './territory.ts';

/** Laboratories that lie in each building, and sub-tenants. */
const TENANTS = 3;
const INSIDE = 8;

/** Buildings with what lies in them. */
async function writeBuildings(tx: Writer, enterprises: readonly DemoEnterprise[], town: Town): Promise<void> {
  const buildings = enterprises.filter((one) => one.kind === 'building').slice(0, 4);
  const tenants = enterprises.filter((one) => one.kind === 'laboratory');
  for (const [n, { id }] of buildings.entries()) {
    const place = await tx.insert(area, { level: 'building', name: `创新大厦 ${n + 1} 号楼`, parentId: town.parkId });
    await tx.update(enterprise, id, { buildingId: place.id, parkId: town.parkId });
    for (const [room, tenant] of tenants.slice(n * TENANTS, (n + 1) * TENANTS).entries())
      await tx.update(enterprise, tenant.id, {
        buildingId: place.id,
        parkId: town.parkId,
        roomNo: `${room + 2}0${room + 1} 室`,
      });
  }
}

/** Small trades inside of factories, the first of them without a licence. */
async function writeInside(tx: Writer, enterprises: readonly DemoEnterprise[]): Promise<void> {
  const hosts = enterprises.filter((one) => one.kind === 'industrial' && one.villageId).slice(20, 20 + INSIDE);
  const small = enterprises.filter((one) => one.kind === 'retail_service').slice(0, INSIDE);
  for (const [n, { id }] of small.entries()) {
    const host = hosts[n];
    if (!host) continue;
    const rented = { premisesKind: 'sublet', lessorKind: 'enterprise', landlord: host.name } as const;
    await tx.update(enterprise, id, {
      ...rented,
      hostEnterpriseId: host.id,
      villageId: host.villageId,
      isFactoryInFactory: true,
      ...(n < 2 && { creditCode: null, creditCodeMissingReason: 'not_registered' as const }),
    });
    await tx.insert(sensitiveReceptor, {
      enterpriseId: host.id,
      name: '青溪镇中心小学',
      kind: 'school',
      direction: 'NE',
      distanceM: 80 + n * 45,
    });
  }
}

/** A legal person with two sites: its licence is kept at the first and seen at both. */
async function writeSites(
  tx: Writer,
  enterprises: readonly DemoEnterprise[],
  licence: { sha256: string; size: number },
): Promise<void> {
  const [first, second] = enterprises.filter((one) => one.kind === 'industrial').slice(40, 42);
  const row = first ? await tx.read.get(enterprise, first.id) : null;
  if (!first || !second || !row?.creditCode) return;
  const { name, creditCode } = row;
  await tx.update(enterprise, second.id, {
    name,
    creditCode,
    siteNo: '002',
    siteName: '二厂区',
    expandedFromId: first.id,
  });
  await tx.insert(attachment, {
    ownerEntity: 'enterprise',
    ownerId: first.id,
    kind: 'document',
    seq: 2,
    name: '营业执照.txt',
    title: '营业执照',
    mime: 'text/plain',
    ...licence,
  });
}

/** Writes who shares premises with whom. */
export async function writePremises(
  tx: Writer,
  enterprises: readonly DemoEnterprise[],
  town: Town,
  licence: { sha256: string; size: number },
): Promise<void> {
  await writeBuildings(tx, enterprises, town);
  await writeInside(tx, enterprises);
  await writeSites(tx, enterprises, licence);
}
