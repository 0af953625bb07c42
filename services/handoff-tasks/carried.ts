// Which files of attachments a package carries: the originals, small pictures in place of photos, or none (hand-off design 9).
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LostFile } from '../../db/index.ts';
import type { ExportOrder } from '../../contract/handoff.ts';
import { fromSystem, THUMBNAIL_BYTES, THUMBNAIL_EDGE, thumbnailMime } from '../handoff-package/index.ts';

/** A file to carry; size in bytes. */
interface Carried {
  sha256: string;
  size: number;
  mime: string;
}

/** What the files are taken from: where contents lie, which small picture came for a photo, and a folder for those that are made. */
export interface CarrySource {
  fileOf(sha256: string): string;
  thumbnailOf(sha256: string): string | null;
  folder: string;
}

/** How far the pictures are, and whether to go on; `check` throws when not. */
export interface CarryWatch {
  check(): void;
  made(done: number, total: number): void;
}

/** Photos made smaller at once: each waits for its file, then for a thread of the picture library. */
const AT_ONCE = 4;
const READ_BYTES = 64 * 1024;

/** Whether a file is what its name says. */
async function isWhole(path: string, { sha256, size }: Carried): Promise<boolean> {
  if ((await stat(path)).size !== size) return false;
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: Math.min(size + 1, READ_BYTES) }))
    hash.update(chunk as Buffer);
  return hash.digest('hex') === sha256;
}

/** Chooses files, and knows where each lies. */
export class CarriedFiles {
  readonly #source: CarrySource;
  readonly #made = new Map<string, string>();
  /** Small pictures among the files chosen. */
  thumbnails = 0;
  /** Files that are not here, or not what was stored: they stay behind, and are named. */
  readonly left: { sha256: string; state: LostFile['state'] }[] = [];

  constructor(source: CarrySource) {
    this.#source = source;
  }

  /** Where a chosen file lies. */
  path(sha256: string): string {
    return this.#made.get(sha256) ?? this.#source.fileOf(sha256);
  }

  /**
   * The files to carry for these attachments. A photo whose original is not here goes on as the small picture that came for it;
   * what is damaged stays behind and stops nothing.
   * @throws PackageError NO_SPACE, and what `watch.check` throws
   */
  async choose(wanted: readonly Carried[], which: ExportOrder['attachments'], watch: CarryWatch): Promise<Carried[]> {
    if (which === 'none') return [];
    const chosen: (Carried | null)[] = [];
    let [next, done] = [0, 0];
    const work = async (): Promise<void> => {
      for (let n = next++; n < wanted.length; n = next++) {
        watch.check();
        const file = wanted[n] as Carried;
        chosen[n] = await this.#chosen(file, which);
        done += 1;
        if (which === 'thumbnails') watch.made(done, wanted.length);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    const files = chosen.filter((file) => file !== null);
    this.thumbnails = files.filter((file) => file.mime.includes(';')).length;
    return files;
  }

  async #chosen(file: Carried, which: ExportOrder['attachments']): Promise<Carried | null> {
    const path = this.#source.fileOf(file.sha256);
    const here = existsSync(path);
    if (here && (await isWhole(path, file).catch(() => false)))
      return which === 'all' ? file : await this.#shrunk(file);
    const came = await this.#came(file);
    if (here || !came) this.left.push({ sha256: file.sha256, state: here ? 'damaged' : 'gone' });
    return came;
  }

  /** A small picture of a photo that is here; null of what is no picture that can be read. */
  async #shrunk(photo: Carried): Promise<Carried | null> {
    if (!photo.mime.startsWith('image/')) return null;
    const bytes = await readFile(this.#source.fileOf(photo.sha256)).catch((error: unknown) => {
      throw fromSystem(error, 'temp');
    });
    // Loaded only for those who ask for small pictures: it takes its memory.
    const { makeThumbnail, PhotoError } = await import('../photos/index.ts');
    // Its description makes it unlike that of any other photo, however alike both look.
    const picture = await makeThumbnail(bytes, THUMBNAIL_EDGE, 'image/webp', `thumbnail of ${photo.sha256}`).catch(
      (error: unknown) => {
        if (error instanceof PhotoError) return null;
        throw error;
      },
    );
    if (!picture || picture.bytes.length > THUMBNAIL_BYTES) return null;
    const sha256 = createHash('sha256').update(picture.bytes).digest('hex');
    const path = join(this.#source.folder, sha256);
    try {
      mkdirSync(this.#source.folder, { recursive: true });
      await writeFile(path, picture.bytes);
    } catch (error) {
      throw fromSystem(error, 'temp');
    }
    this.#made.set(sha256, path);
    return { sha256, size: picture.bytes.length, mime: thumbnailMime(photo.sha256) };
  }

  /** The small picture that came in place of a photo, where it is still here. */
  async #came(photo: Carried): Promise<Carried | null> {
    const sha256 = this.#source.thumbnailOf(photo.sha256);
    const size =
      sha256 === null
        ? null
        : await stat(this.#source.fileOf(sha256)).then(
            (s) => s.size,
            () => null,
          );
    return sha256 === null || size === null ? null : { sha256, size, mime: thumbnailMime(photo.sha256) };
  }
}
