// What an import teaches: the columns that people named, kept with the import and taken back with it.
import type { ColumnMatch } from '../../contract/registers.ts';
import { importMapping, importProfile } from '../../domain/registers/entities.ts';
import { NOT_IMPORTED, type OwnHeading, type OwnProfile } from '../../domain/registers/own-profiles.ts';
import { registerKind } from '../../domain/registers/kinds.ts';
import { normaliseHeading, wholeCharacters } from '../../domain/values/text.ts';
import type { Writer } from '../../db/index.ts';
import type { Options } from './match.ts';
import { keepProfile } from './own-profiles.ts';
import type { Staged } from './staged.ts';

/** A sheet as far as it teaches. */
export interface Lesson {
  readonly kind: OwnProfile['kind'];
  readonly file: string;
  readonly sheet: string;
  /** The kind that its rows are. */
  readonly main: string | null;
  readonly columns: readonly ColumnMatch[];
  /** The profile by which it was understood. */
  readonly own: OwnProfile | null;
}

const isMeant = (m: { file: string | null; sheet: string }, { file, sheet }: Lesson): boolean =>
  m.sheet === sheet && (m.file === null || m.file === file);

/** The headings of a sheet: what people said of them, else what the program took them for; those of the profile before. */
function headingsOf(lesson: Lesson, options: Options): OwnHeading[] {
  const chosen = new Set(options.mapping.filter((m) => isMeant(m, lesson)).map((m) => m.column));
  const known = new Map((lesson.own?.columns ?? []).map((one) => [one.heading, one]));
  for (const { index, heading, target, how } of lesson.columns) {
    const text = wholeCharacters(normaliseHeading(heading), 200);
    if (text === '' || how === 'ignored') continue;
    const said = chosen.has(index);
    if (!said && known.has(text)) continue;
    known.set(text, { heading: text, target, isGuess: !said && how !== 'remembered' });
  }
  return [...known.values()];
}

/** What a profile is called that nobody named: the sheet or file, and what its rows are. */
function nameOf({ file, sheet, main, kind }: Lesson): string {
  const stem = file.replace(/\.[a-z]+$/iu, '').replace(/[\d\s_\-年月日（）()]+/gu, '');
  const named = /^(?:sheet|工作表|表)?\d*$/iu.test(sheet) ? stem : sheet;
  const what = kind === 'register' ? '名册' : (registerKind(main ?? '')?.entity.label ?? '台账');
  return wholeCharacters(named.includes(what) || named === '' ? named || what : `${named}　${what}`, 60);
}

/**
 * Keeps how a sheet was understood as a profile of the client, where a person said something of its columns or named it; the
 * profile by which it was understood learns, else a new one is made.
 */
export async function learnSheet(tx: Writer, lesson: Lesson, options: Options, clientKey: string): Promise<void> {
  const keepAs = options.keepAs.find((one) => isMeant(one, lesson))?.name;
  const said = options.mapping.some((m) => isMeant(m, lesson));
  const learns = said && (lesson.kind === 'ledger' || lesson.own !== null);
  if (keepAs === undefined && !learns) return;
  const name = keepAs ?? lesson.own?.name ?? nameOf(lesson);
  const columns = headingsOf(lesson, options);
  if (columns.length < 2) return;
  const namesake = await tx.read.first(importProfile, { clientKey, name, kind: lesson.kind });
  const own = lesson.own !== null && lesson.own.name === name ? lesson.own : null;
  const words = lesson.own?.words ?? [];
  await keepProfile(tx, own?.id ?? namesake?.id ?? null, clientKey, {
    ...{ name, kind: lesson.kind, source: lesson.file, columns, words },
  });
}

/** Keeps what a person chose for headings of registers, for the next list of the same client. */
export async function rememberMapping(
  tx: Writer,
  staged: Staged,
  options: Options,
  { clientKey }: { readonly clientKey: string },
): Promise<void> {
  const sheets = staged.files.flatMap((f) => f.sheets);
  for (const choice of options.mapping) {
    const heading = normaliseHeading(
      sheets.find((s) => s.name === choice.sheet)?.columns.find((c) => c.index === choice.column)?.heading ?? '',
    );
    if (heading === '') continue;
    const target = choice.target ?? NOT_IMPORTED;
    const known = await tx.read.first(importMapping, { clientKey, heading, profileId: null });
    if (!known) await tx.insert(importMapping, { clientKey, heading, target });
    else if (known.target !== target) await tx.update(importMapping, known.id, { target });
  }
  for (const { name, main, columns, own, file } of sheets.map((one) => ({ ...one, main: null })))
    if (columns.length > 0)
      await learnSheet(
        tx,
        { kind: 'register', file: staged.files[file]?.name ?? '', sheet: name, main, columns, own },
        options,
        clientKey,
      );
}
