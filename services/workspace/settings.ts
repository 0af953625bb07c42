// The workspace as the window and the command line see it.
import { office, organisation } from '../../domain/identity/entities.ts';
import { projectArea, projectObjectKind, serviceProject } from '../../domain/projects/entities.ts';
import type { Done, Saved, Values } from '../../contract/shared.ts';
import type { Writer } from '../../db/index.ts';
import { act, type Context } from '../context.ts';
import { trimEdges } from '../../domain/values/text.ts';
import { notFound, refused } from '../errors.ts';
import { ownOffice } from '../identity/index.ts';
import {
  checkValues,
  cleanValues,
  referenceNames,
  requireSeen,
  requireValid,
  touched,
  withInitials,
} from '../records/index.ts';

/** Renames the office and the firm that it belongs to, which stand so on papers from now on; its code is used in numbers from now on. */
export async function updateOffice(
  ctx: Context,
  given: { name: string; code: string; organisation?: string | undefined },
): Promise<Done> {
  const own = await ownOffice(ctx.store);
  if (!own) throw notFound('驻点');
  const [name, firm] = [trimEdges(given.name), trimEdges(given.organisation ?? '')];
  if (name === '') throw refused('请填写驻点名称');
  const { actionId } = await act(ctx, '修改驻点', 'form', async (tx) => {
    await tx.update(office, own.id, { name, code: given.code });
    if (firm === '') return;
    if (own.organisationId) await tx.update(organisation, own.organisationId, { name: firm });
    else {
      const made = await tx.insert(organisation, { name: firm, kind: 'service_org' });
      await tx.update(office, own.id, { organisationId: made.id });
    }
  });
  ctx.store.useOfficeCode(given.code);
  return { actionId };
}

async function clientNamed(tx: Writer, name: string | null): Promise<string | null> {
  if (!name) return null;
  const known = await tx.read.first(organisation, { name });
  return (known ?? (await tx.insert(organisation, { name, kind: 'client' }))).id;
}

/**
 * Saves a service project with its areas and object kinds; the client is found by name or made. `seen` is what the form showed.
 * @throws NOT_FOUND; INVALID, also for what another window changed meanwhile
 */
export async function saveProject(
  ctx: Context,
  given: {
    id: string | null;
    values: Values;
    clientName: string | null;
    objectKinds: string[];
    areaIds: string[];
    seen?: { values: Values; objectKinds: string[]; areaIds: string[] } | undefined;
  },
): Promise<Saved> {
  const before = given.id ? await ctx.store.read.get(serviceProject, given.id) : null;
  if (given.id && !before) throw notFound('服务项目');
  const clean = cleanValues(serviceProject, given.values);
  const problems = requireValid(
    checkValues(serviceProject, before ? { ...before, ...clean } : withInitials(serviceProject, clean)),
  );
  const { value, actionId } = await act(ctx, given.id ? '修改服务项目' : '新建服务项目', 'form', async (tx) => {
    const whole = { ...clean, clientId: await clientNamed(tx, given.clientName) };
    const values = touched(whole, given.seen?.values) as never;
    if (given.id) await requireSeen(tx.read, serviceProject, given.id, values, given.seen?.values);
    const project = given.id
      ? await tx.update(serviceProject, given.id, values)
      : await tx.insert(serviceProject, values);
    await tx.setMembers(projectObjectKind, project.id, given.objectKinds, given.seen?.objectKinds);
    await tx.setMembers(projectArea, project.id, given.areaIds, given.seen?.areaIds);
    return project.id;
  });
  return { id: value, actionId, problems };
}

/** A service project as its form shows it. @throws NOT_FOUND */
export async function getProject(ctx: Context, id: string) {
  const project = await ctx.store.read.get(serviceProject, id);
  if (!project) throw notFound('服务项目');
  const client = project.clientId ? await ctx.store.read.get(organisation, project.clientId) : null;
  const kinds = (await ctx.store.read.find(projectObjectKind, { projectId: id } as never)) as unknown as {
    objectKind: string;
  }[];
  const areas = (await ctx.store.read.find(projectArea, { projectId: id } as never)) as unknown as { areaId: string }[];
  return {
    values: project as unknown as Record<string, unknown>,
    clientName: client?.name ?? null,
    names: (await referenceNames(ctx.store.read, serviceProject, [project as never]))[0] ?? {},
    objectKinds: kinds.map((k) => k.objectKind),
    areaIds: areas.map((a) => a.areaId),
  };
}
