// The profiles of ledgers that come with the application, read once per folder of resources.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { usableProfiles, type ProfileContent, type RegisterProfile } from '../../domain/registers/profiles.ts';

const known = new Map<string, readonly RegisterProfile[]>();

/** Profiles that can be offered. @param resources folder of the product's resources */
export function profilesOf(resources: string): readonly RegisterProfile[] {
  let profiles = known.get(resources);
  if (!profiles) {
    const text = readFileSync(join(resources, 'content', 'import-profiles.json'), 'utf8');
    known.set(resources, (profiles = usableProfiles(JSON.parse(text) as ProfileContent)));
  }
  return profiles;
}

/** The profile of that id, or null. */
export const profileNamed = (resources: string, id: string | null): RegisterProfile | null =>
  id === null ? null : (profilesOf(resources).find((profile) => profile.id === id) ?? null);
