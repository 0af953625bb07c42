// The profiles of ledgers that come with the application, read once per folder of resources.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NotTaken } from '../../domain/registers/content-fields.ts';
import { normaliseHeading } from '../../domain/values/text.ts';
import type { OwnProfile } from '../../domain/registers/own-profiles.ts';
import {
  asOwnProfiles,
  ledgerKindsOf,
  ledgerWords,
  usableProfiles,
  type ProfileContent,
  type RegisterProfile,
} from '../../domain/registers/profiles.ts';

const known = new Map<string, readonly RegisterProfile[]>();
const words = new Map<string, ReadonlyMap<string, ReadonlyMap<string, string>>>();

const contentOf = (resources: string): ProfileContent =>
  JSON.parse(readFileSync(join(resources, 'content', 'import-profiles.json'), 'utf8')) as ProfileContent;

/** What words of ledgers stand for, by field. @param resources folder of the product's resources */
export function ledgerWordsOf(resources: string): ReadonlyMap<string, ReadonlyMap<string, string>> {
  let all = words.get(resources);
  if (!all) words.set(resources, (all = ledgerWords(contentOf(resources))));
  return all;
}

const reasons = new Map<string, ReadonlyMap<string, string>>();

/** Why headings that the content knows fill no field, by their normal form. @param resources folder of the product's resources */
export function notTakenOf(resources: string): ReadonlyMap<string, string> {
  const known = reasons.get(resources);
  if (known) return known;
  const { fields } = JSON.parse(readFileSync(join(resources, 'content', 'not-taken.json'), 'utf8')) as {
    fields: readonly NotTaken[];
  };
  const why = new Map(fields.map(({ id, reason }) => [id, reason]));
  const columns = contentOf(resources).profiles.flatMap((profile) => profile.columns);
  const all = new Map(
    columns.flatMap(({ target, headingsSeen = [], headingsGuessed = [] }) => {
      const reason = why.get(target);
      return reason ? [...headingsSeen, ...headingsGuessed].map((heading) => [normaliseHeading(heading), reason]) : [];
    }) as [string, string][],
  );
  reasons.set(resources, all);
  return all;
}

/** The kinds that a profile of ledgers fills; null where none is named. @param resources folder of the product's resources */
export function kindsOfProfile(resources: string, id: string | null): ReadonlySet<string> | null {
  const profile = id === null ? undefined : contentOf(resources).profiles.find((one) => one.id === id);
  return profile ? ledgerKindsOf(profile) : null;
}

/** Profiles that can be offered. @param resources folder of the product's resources */
export function profilesOf(resources: string): readonly RegisterProfile[] {
  let profiles = known.get(resources);
  if (!profiles) {
    known.set(resources, (profiles = usableProfiles(contentOf(resources))));
  }
  return profiles;
}

/** The profile of that id, or null. */
export const profileNamed = (resources: string, id: string | null): RegisterProfile | null =>
  id === null ? null : (profilesOf(resources).find((profile) => profile.id === id) ?? null);

/** The profiles of the content in the form of the office's own. @param resources folder of the product's resources */
export const builtinProfiles = (resources: string): readonly OwnProfile[] => asOwnProfiles(contentOf(resources));
