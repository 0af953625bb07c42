// Frozen sample packages of releases: taken in, and compared with the dump that came with them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ImportDone } from '../../contract/handoff.ts';
import type { Context } from '../../services/context.ts';
import * as handoff from '../../services/handoff/index.ts';
import { control, dump, type Desks } from './handoff-desks.ts';
import { same } from './store-checks.ts';

const idOf = (line: string): string | undefined => (JSON.parse(line) as [string, { id?: string }])[1].id;

/** Takes a frozen sample package into a new workspace. Returns the lines of what it leads to, without what the workspace had before. */
export async function takeSample(
  desks: Desks,
  folder: string,
): Promise<{ at: Context; lines: string[]; done: ImportDone }> {
  const about = JSON.parse(readFileSync(join(folder, 'about.json'), 'utf8')) as { code: string; fingerprint: string };
  const at = await desks.office('后来的驻点', 'HL');
  const own = new Set((await dump(at)).split('\n').map(idOf));
  const { previewId } = await handoff.previewPackage(
    at,
    { path: join(folder, 'package'), code: about.code, confirm: about.fingerprint },
    control,
  );
  const done = await handoff.applyPackage(at, { previewId, merges: [] }, control);
  return { at, done, lines: (await dump(at)).split('\n').filter((line) => !own.has(idOf(line))) };
}

/** Takes a sample in and compares it with its frozen dump. @throws Broken */
export async function checkSample(desks: Desks, folder: string): Promise<{ at: Context; done: ImportDone }> {
  const { at, lines, done } = await takeSample(desks, folder);
  same(
    'I24',
    `${folder} leads to something else`,
    readFileSync(join(folder, 'dump.ndjson'), 'utf8').trimEnd(),
    lines.join('\n'),
  );
  return { at, done };
}
