// The town itself: areas, people, project.
import { area, grid, gridArea } from '../../domain/areas/entities.ts';
import { office, organisation, staff } from '../../domain/identity/entities.ts';
import { projectArea, projectObjectKind, serviceProject } from '../../domain/projects/entities.ts';
import type { Writer } from '../../db/index.ts';
import type { Dice } from './random.ts';
import { madeUpMobile, personName, type Recipe } from './recipe.ts';

/** Ids of what everything else hangs on. */
export interface Town {
  townId: string;
  villages: { id: string; name: string }[];
  parkId: string;
  inspectors: { id: string; name: string }[];
  projectId: string;
  organisationId: string;
}

/** Writes areas, grids, people and the service project. */
export async function writeTown(
  tx: Writer,
  recipe: Recipe,
  dice: Dice,
  operator: { id: string; name: string },
  years: { from: string; to: string },
): Promise<Town> {
  const district = await tx.insert(area, { level: 'district', name: recipe.district });
  const town = await tx.insert(area, { level: 'town', name: recipe.town, parentId: district.id });
  const villages: Town['villages'] = [];
  for (const name of recipe.villages)
    villages.push({ id: (await tx.insert(area, { level: 'village', name, parentId: town.id })).id, name });
  const park = await tx.insert(area, { level: 'park', name: recipe.park, parentId: town.id });
  for (const [i, v] of villages.entries()) {
    if (i % 3 !== 0) continue;
    const g = await tx.insert(grid, { name: `${v.name}网格` });
    await tx.insert(gridArea, { gridId: g.id, areaId: v.id } as never);
  }
  const desk = await tx.read.first(office, {});
  // The operator keeps enterprises like the others, so that "mine" is not empty.
  const inspectors: Town['inspectors'] = [operator];
  for (const name of recipe.inspectors) {
    const row = await tx.insert(staff, {
      name,
      role: 'inspector',
      officeId: desk?.id ?? null,
      organisationId: desk?.organisationId ?? null,
      certificateNo: `HBGJ-${String(101 + inspectors.length)}`,
      phone: madeUpMobile(dice),
    });
    inspectors.push({ id: row.id, name });
  }
  for (const v of villages)
    await tx.insert(staff, {
      name: personName(recipe, dice),
      role: 'village_officer',
      areaId: v.id,
      phone: madeUpMobile(dice),
    });
  const client = await tx.insert(organisation, { name: recipe.client, kind: 'client' });
  const project = await tx.insert(serviceProject, {
    name: recipe.project,
    code: 'QX-01',
    clientId: client.id,
    organisationId: desk?.organisationId ?? null,
    startDate: years.from,
    endDate: years.to,
    rectificationTarget: '95',
    contractAmount: 168_000_000,
  });
  for (const objectKind of Object.keys(recipe.kinds))
    await tx.insert(projectObjectKind, { projectId: project.id, objectKind } as never);
  await tx.insert(projectArea, { projectId: project.id, areaId: town.id } as never);
  return {
    townId: town.id,
    villages,
    parkId: park.id,
    inspectors,
    projectId: project.id,
    organisationId: desk?.organisationId ?? '',
  };
}
