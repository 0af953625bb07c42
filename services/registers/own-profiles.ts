// Profiles of the office: how the lists of a client are understood, learnt from imports or written by people; and those of the content.
import type { ProfileChoices, ProfileInput, ProfileRow, ProfileShown } from '../../contract/registers.ts';
import { organisation } from '../../domain/identity/entities.ts';
import { serviceProject } from '../../domain/projects/entities.ts';
import { importMapping, importProfile, importWord } from '../../domain/registers/entities.ts';
import { NOT_IMPORTED, type OwnProfile } from '../../domain/registers/own-profiles.ts';
import { LEDGER_TARGETS, targetOf, TARGETS, type Target } from '../../domain/registers/targets.ts';
import { normaliseHeading, wholeCharacters } from '../../domain/values/text.ts';
import type { Reader, Writer } from '../../db/index.ts';
import { act, type Context } from '../context.ts';
import { notFound, refused } from '../errors.ts';
import { builtinProfiles } from './profiles.ts';

/** Key under which what people chose is kept: the client of the project in force. */
export async function clientKeyOf(ctx: Context): Promise<string> {
  const id = ctx.projectId();
  const project = id ? await ctx.store.read.get(serviceProject, id) : null;
  return project?.clientId ?? 'none';
}

const targetIn = (target: string): string | null => (target === NOT_IMPORTED ? null : target);

/** What people chose for headings of registers of the client, whatever the list. */
export async function rememberedFor(ctx: Context): Promise<[string, string | null][]> {
  const rows = await ctx.store.read.find(importMapping, { clientKey: await clientKeyOf(ctx), profileId: null });
  return rows.map((r) => [r.heading, targetIn(r.target)]);
}

async function withParts(read: Reader, id: string): Promise<Pick<OwnProfile, 'columns' | 'words'>> {
  const oldest = { order: { id: 'ASC' } as never };
  const columns = await read.find(importMapping, { profileId: id }, oldest);
  const words = await read.find(importWord, { profileId: id }, oldest);
  return {
    columns: columns.map(({ heading, target, isGuess }) => ({
      heading,
      target: targetIn(target),
      isGuess: isGuess === true,
    })),
    words: words.map(({ target, text, value }) => ({ target, text, value })),
  };
}

/** Profiles of the office for the client of the project in force. */
export async function ownProfiles(ctx: Context): Promise<OwnProfile[]> {
  const rows = await ctx.store.read.find(importProfile, { clientKey: await clientKeyOf(ctx) });
  return await Promise.all(
    rows.map(async ({ id, name, kind }) => ({ id, name, kind, ...(await withParts(ctx.store.read, id)) })),
  );
}

/** All fields that a heading may be given, each once. */
const ALL_TARGETS: readonly Target[] = [...new Map([...TARGETS, ...LEDGER_TARGETS].map((t) => [t.key, t])).values()];

/** Fields that a heading may be given, and the values of those with choices. */
export const profileChoices = (): ProfileChoices => ({
  targets: ALL_TARGETS.map(({ key, label, group }) => ({ target: key, label, group })),
  values: Object.fromEntries(
    ALL_TARGETS.flatMap(({ key, meta }) =>
      meta.vocabulary === undefined
        ? []
        : [[key, meta.vocabulary.ids.map((id) => ({ value: id, label: valueLabel(key, id) }))] as const],
    ),
  ),
});

const fieldLabel = (key: string): string => {
  const target = targetOf(key);
  return target ? `${target.group}：${target.label}` : key;
};
const valueLabel = (key: string, value: string): string =>
  (targetOf(key)?.meta.vocabulary?.labels as Record<string, string> | undefined)?.[value] ?? value;

const NO_CLIENT = '不分委托方';

async function clientNames(ctx: Context, keys: readonly string[]): Promise<Map<string, string>> {
  const named = new Map<string, string>();
  for (const key of new Set(keys)) {
    const row = key === 'none' ? null : await ctx.store.read.get(organisation, key);
    named.set(key, row?.name ?? NO_CLIENT);
  }
  return named;
}

function shownOf(
  row: Omit<ProfileRow, 'headings' | 'words'>,
  parts: Pick<OwnProfile, 'columns' | 'words'>,
): ProfileShown {
  return {
    ...row,
    headings: parts.columns.length,
    words: parts.words.length,
    columns: parts.columns.map((one) => ({ ...one, label: one.target === null ? null : fieldLabel(one.target) })),
    wordRows: parts.words.map((one) => ({
      ...one,
      label: fieldLabel(one.target),
      valueLabel: valueLabel(one.target, one.value),
    })),
  };
}

async function allProfiles(ctx: Context): Promise<ProfileShown[]> {
  const { read } = ctx.store;
  const rows = await read.find(importProfile, {}, { order: { id: 'DESC' } as never });
  const names = await clientNames(
    ctx,
    rows.map(({ clientKey }) => clientKey),
  );
  const own = rows.map(async ({ id, name, kind, source, clientKey }) =>
    shownOf(
      { id, name, kind, builtin: false, client: names.get(clientKey) ?? NO_CLIENT, source: source ?? '' },
      await withParts(read, id),
    ),
  );
  const builtin = builtinProfiles(ctx.resources).map(({ id, name, kind, columns, words }) =>
    shownOf({ id, name, kind, builtin: true, client: '', source: '随程序提供' }, { columns, words }),
  );
  return [...(await Promise.all(own)), ...builtin];
}

/** Profiles of the office, the newest first, and those that come with the program. */
export async function listProfiles(ctx: Context): Promise<ProfileRow[]> {
  return (await allProfiles(ctx)).map(({ columns, wordRows, ...row }) => {
    void columns;
    void wordRows;
    return row;
  });
}

/** A profile with all that it says. @throws NOT_FOUND */
export async function shownProfile(ctx: Context, id: string): Promise<ProfileShown> {
  const found = (await allProfiles(ctx)).find((one) => one.id === id);
  if (!found) throw notFound('导入方案');
  return found;
}

/** A profile as it is to be kept. */
export type ProfileParts = Pick<OwnProfile, 'name' | 'kind' | 'columns' | 'words'> & { readonly source: string };

/** Keeps a profile, a new one where `id` is null: what it no longer says is taken out. Gives back its id. */
export async function keepProfile(
  tx: Writer,
  id: string | null,
  clientKey: string,
  parts: ProfileParts,
): Promise<string> {
  const values = { name: parts.name, kind: parts.kind, source: wholeCharacters(parts.source, 200) || null };
  const kept = id ?? (await tx.insert(importProfile, { ...values, clientKey })).id;
  if (id !== null) await tx.update(importProfile, id, values);
  const known = new Map((await tx.read.find(importMapping, { profileId: kept })).map((row) => [row.heading, row]));
  for (const { heading, target, isGuess } of parts.columns) {
    const now = { target: target ?? NOT_IMPORTED, isGuess };
    const row = known.get(heading);
    known.delete(heading);
    if (!row) await tx.insert(importMapping, { clientKey, heading, profileId: kept, ...now });
    else if (row.target !== now.target || (row.isGuess === true) !== isGuess)
      await tx.update(importMapping, row.id, now);
  }
  for (const row of known.values()) await tx.remove(importMapping, row.id);
  const words = new Map((await tx.read.find(importWord, { profileId: kept })).map((row) => [wordKey(row), row]));
  for (const { target, text, value } of parts.words) {
    const row = words.get(wordKey({ target, text }));
    words.delete(wordKey({ target, text }));
    if (!row) await tx.insert(importWord, { profileId: kept, target, text, value });
    else if (row.value !== value) await tx.update(importWord, row.id, { value });
  }
  for (const row of words.values()) await tx.remove(importWord, row.id);
  return kept;
}

const wordKey = ({ target, text }: { target: string; text: string }): string => `${target}\n${text}`;

/** @throws REFUSED for a profile that says nothing, or something that is not there */
function partsOf(input: ProfileInput): ProfileParts {
  const columns = new Map(
    input.columns
      .map((one) => ({ ...one, heading: normaliseHeading(one.heading) }))
      .filter(({ heading }) => heading !== '')
      .map((one) => [one.heading, one] as const),
  );
  if (columns.size < 2) throw refused('导入方案至少要有两个表头，否则认不出是哪一种表');
  for (const { heading, target } of columns.values())
    if (target !== null && !targetOf(target)) throw refused(`“${heading}”对应的字段没有了，请重新选择`);
  for (const { target, text, value } of input.words) {
    const values = targetOf(target)?.meta.vocabulary?.ids as readonly string[] | undefined;
    if (values?.includes(value) !== true) throw refused(`“${text}”对应的值没有了，请重新选择`);
  }
  const { name, kind, source } = input;
  return { name, kind, source, columns: [...columns.values()], words: input.words };
}

/**
 * Makes a profile for the client of the project in force, or changes one of the office.
 * @throws NOT_FOUND; REFUSED for less than two headings, for another profile of that name, for fields or values that are not there
 */
export async function saveProfile(ctx: Context, input: ProfileInput): Promise<{ id: string; actionId: string }> {
  const parts = partsOf(input);
  const before = input.id === null ? null : await ctx.store.read.get(importProfile, input.id);
  if (input.id !== null && (!before || before.deletedAt)) throw notFound('导入方案');
  const clientKey = before?.clientKey ?? (await clientKeyOf(ctx));
  const namesake = await ctx.store.read.first(importProfile, { clientKey, name: parts.name });
  if (namesake && namesake.id !== input.id) throw refused(`已有名为“${parts.name}”的导入方案，请换一个名称`);
  const { value, actionId } = await act(
    ctx,
    wholeCharacters(`${input.id === null ? '新建' : '修改'}导入方案 ${parts.name}`, 120),
    'form',
    async (tx) => await keepProfile(tx, input.id, clientKey, parts),
  );
  return { id: value, actionId };
}

/** Takes a profile of the office out, with what it says; undo brings it back. @throws NOT_FOUND */
export async function removeProfile(ctx: Context, id: string): Promise<{ actionId: string }> {
  const row = await ctx.store.read.get(importProfile, id);
  if (!row || row.deletedAt) throw notFound('导入方案');
  const { actionId } = await act(ctx, wholeCharacters(`删除导入方案 ${row.name}`, 120), 'form', async (tx) => {
    for (const one of await tx.read.find(importMapping, { profileId: id })) await tx.remove(importMapping, one.id);
    for (const one of await tx.read.find(importWord, { profileId: id })) await tx.remove(importWord, one.id);
    await tx.remove(importProfile, id);
  });
  return { actionId };
}
