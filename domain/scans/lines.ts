// Lines of print of a page, however they were come by: read from pixels, or the text of a file.

/** One sign, how sure it is, what else it may be, and where in its line it stands (0 to 1). */
export interface ReadSign {
  readonly sign: string;
  readonly score: number;
  readonly other: string;
  readonly place: number;
}

/** Where something stands on its page: shares of width and height. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A line of print. */
export interface ReadLine {
  readonly signs: readonly ReadSign[];
  readonly place: Place;
}

/** What a line says. */
export const textOfLine = (line: ReadLine): string => line.signs.map(({ sign }) => sign).join('');

/** A line of text that is sure as it stands. */
export function sureLine(text: string, place: Place): ReadLine {
  const signs = [...text].map((sign, n, all) => ({ sign, score: 1, other: '', place: (n + 0.5) / all.length }));
  return { signs, place };
}
