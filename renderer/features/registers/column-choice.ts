// What a person says of the columns of an import: kept with its options, by file, sheet and column.
import type { ColumnMatch, ImportOptions, ImportPreview } from '../../../contract/registers.ts';

/** A sheet of an import; a register names no file. */
export interface SheetPlace {
  file: string | null;
  sheet: string;
}

type Choice = NonNullable<ImportOptions['mapping']>[number];

const isOf = (choice: Choice, place: SheetPlace): boolean =>
  choice.sheet === place.sheet && (choice.file ?? null) === place.file;

/** The choice that was made for a column, if any. */
export const choiceOf = (options: ImportOptions, place: SheetPlace, column: number): Choice | undefined =>
  options.mapping?.find((choice) => isOf(choice, place) && choice.column === column);

/** The field of a column, with what a person chose; empty: not imported. */
export function targetOf(options: ImportOptions, place: SheetPlace, column: ColumnMatch): string {
  const choice = choiceOf(options, place, column.index);
  return (choice ? choice.target : column.target) ?? '';
}

/** The options with another choice for a column. */
export function withChoice(
  options: ImportOptions,
  place: SheetPlace,
  column: number,
  target: string | null,
): ImportOptions {
  const rest = (options.mapping ?? []).filter((choice) => !(isOf(choice, place) && choice.column === column));
  return { ...options, mapping: [...rest, { ...place, column, target: target || null }] };
}

/** Columns whose field is a guess that nobody has answered yet. */
export const unanswered = (options: ImportOptions, place: SheetPlace, columns: readonly ColumnMatch[]): ColumnMatch[] =>
  columns.filter((column) => column.guessed && !choiceOf(options, place, column.index));

/** The name under which the columns of a sheet are kept as a profile; null: they are not. */
export const keptAs = (options: ImportOptions, place: SheetPlace): string | null =>
  options.keepAs?.find((one) => one.sheet === place.sheet && (one.file ?? null) === place.file)?.name ?? null;

/** The options with the columns of a sheet kept under a name, or not. */
export function withKept(options: ImportOptions, place: SheetPlace, name: string | null): ImportOptions {
  const rest = (options.keepAs ?? []).filter(
    (one) => !(one.sheet === place.sheet && (one.file ?? null) === place.file),
  );
  return { ...options, keepAs: name === null ? rest : [...rest, { ...place, name }] };
}

/** Fields by the kind that they are of. */
export function targetGroups(targets: ImportPreview['targets']): [string, { target: string; label: string }[]][] {
  const groups = new Map<string, { target: string; label: string }[]>();
  for (const target of targets) groups.set(target.group, [...(groups.get(target.group) ?? []), target]);
  return [...groups];
}
