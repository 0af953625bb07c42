// sums.txt: tells a bad copy from a wrong key before any key is asked for. It proves nothing about origin.

/** Size in bytes and SHA-256 in hex of a file of a package. */
export interface FileSum {
  name: string;
  size: number;
  sha256: string;
}

const SIZE_LINE = /^# size (0|[1-9][0-9]{0,15}) (\S+)$/;
const HASH_LINE = /^([0-9a-f]{64}) [ *](\S+)$/;

/** Text of sums.txt; `sha256sum -c` reads it and takes the size lines for comments. */
export function formatSums(files: readonly FileSum[]): string {
  return files.map((file) => `# size ${file.size} ${file.name}\n${file.sha256}  ${file.name}\n`).join('');
}

/** Files by name; null when the text is not a complete sums.txt (a cut or edited one counts as absent). */
export function parseSums(text: string): ReadonlyMap<string, FileSum> | null {
  const sizes = new Map<string, number>();
  const files = new Map<string, FileSum>();
  for (const line of text.replace(/^\uFEFF/, '').split(/\r?\n/)) {
    const size = SIZE_LINE.exec(line);
    const hash = HASH_LINE.exec(line);
    if (size !== null) sizes.set(size[2]!, Number(size[1]));
    else if (hash !== null) {
      const known = sizes.get(hash[2]!);
      if (known === undefined || files.has(hash[2]!)) return null;
      files.set(hash[2]!, { name: hash[2]!, size: known, sha256: hash[1]! });
    } else if (line !== '') return null;
  }
  return files.size === 0 || files.size !== sizes.size ? null : files;
}
