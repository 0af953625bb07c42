// What this computer says of the place of a folder: mounts, drive letters. Judged in the domain.
import { execFile } from 'node:child_process';
import { readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { readFile, realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import {
  parseMacMounts,
  parseProcMounts,
  placeWarning,
  type Mount,
  type PlaceFacts,
  type PlaceWarning,
} from '../../domain/backup/index.ts';

const known = new Map<string, Promise<PlaceWarning | null>>();

/** Output of a small program of the system; empty when it says nothing within two seconds. */
async function saidBy(program: string, ...args: string[]): Promise<string> {
  return await new Promise((resolve) => {
    execFile(program, args, { timeout: 2000, windowsHide: true }, (error, stdout) => {
      resolve(error ? '' : stdout);
    });
  });
}

/** Whether the disk of a block device can be taken out: the kernel says so, or it hangs on USB. */
function isRemovable(device: string): boolean | null {
  try {
    const name = basename(realpathSync(device));
    const link = readlinkSync(`/sys/class/block/${name}`);
    if (/\/usb\d+\//.test(link)) return true;
    const own = join('/sys/class/block', name);
    const disk = /\/block\/[^/]+\/[^/]+$/.test(link) ? join('/sys/class/block', basename(dirname(link))) : own;
    return readFileSync(join(disk, 'removable'), 'utf8').trim() === '1';
  } catch {
    return null;
  }
}

/** `fsutil` answers in the language of the system. */
function driveKind(said: string): PlaceFacts['drive'] {
  if (/removable|可移动/i.test(said)) return 'removable';
  return /remote|network|远程|网络/i.test(said) ? 'network' : said ? 'fixed' : null;
}

async function mountsHere(platform: NodeJS.Platform): Promise<Mount[]> {
  if (platform === 'linux') return parseProcMounts(await readFile('/proc/mounts', 'utf8').catch(() => ''), isRemovable);
  return platform === 'darwin' ? parseMacMounts(await saidBy('/sbin/mount')) : [];
}

async function look(folder: string): Promise<PlaceWarning | null> {
  const platform = process.platform === 'win32' || process.platform === 'darwin' ? process.platform : 'linux';
  const real = await realpath(folder).catch(() => folder);
  const letter = platform === 'win32' ? /^[A-Za-z]:/.exec(real)?.[0] : undefined;
  const drive = letter ? driveKind(await saidBy('fsutil', 'fsinfo', 'drivetype', `${letter}\\`)) : null;
  const facts = { platform, mounts: await mountsHere(process.platform), drive } as const;
  return placeWarning({ ...facts, folder: real }) ?? placeWarning({ ...facts, folder });
}

/** Why the folder is no place for a workspace, or null; asked once per folder and run. */
export async function placeOf(folder: string): Promise<PlaceWarning | null> {
  let answer = known.get(folder);
  if (!answer) known.set(folder, (answer = look(folder).catch(() => null)));
  return await answer;
}
