// Files of one import are told apart by their names.

/** `名单.xlsx` and another `名单.xlsx`: the second is called `名单（2）.xlsx`. */
export function distinctNames<T extends { readonly name: string }>(files: readonly T[]): T[] {
  const seen = new Map<string, number>();
  return files.map((file) => {
    const count = (seen.get(file.name) ?? 0) + 1;
    seen.set(file.name, count);
    return count === 1 ? file : { ...file, name: file.name.replace(/(\.[a-z]+)?$/iu, `（${count}）$1`) };
  });
}
