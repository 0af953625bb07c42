// What whoever sits at this computer chose for the window: beside the name of the last workspace, outside every workspace.
import { existsSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomic } from '../../db/index.ts';

/** Choices for the window on this computer. */
export interface Preferences {
  /** Letters, digits and signs do something by themselves; off, they take Alt. */
  singleKeys: boolean;
}

const STANDARD: Preferences = { singleKeys: true };
const fileIn = (configFolder: string): string => join(configFolder, 'window.json');

/** The choices; what cannot be read is the standard. */
export function readPreferences(configFolder: string): Preferences {
  const file = fileIn(configFolder);
  if (!existsSync(file)) return STANDARD;
  try {
    const { singleKeys } = JSON.parse(readFileSync(file, 'utf8')) as Partial<Preferences>;
    return { singleKeys: typeof singleKeys === 'boolean' ? singleKeys : STANDARD.singleKeys };
  } catch {
    return STANDARD;
  }
}

/** Keeps the choices. */
export async function writePreferences(configFolder: string, preferences: Preferences): Promise<void> {
  await mkdir(configFolder, { recursive: true });
  await writeFileAtomic(fileIn(configFolder), `${JSON.stringify(preferences)}\n`);
}
