// Headings of several levels, joined with `/`; a `/` in brackets belongs to a unit (`产生量(kg/a)`).

/** The levels of a heading from the outermost to the innermost, as written. */
export function levelsOf(heading: string): string[] {
  const levels: string[] = [];
  let depth = 0;
  let level = '';
  for (const character of heading) {
    if ('([（［【'.includes(character)) depth += 1;
    else if (')]）］】'.includes(character)) depth = Math.max(0, depth - 1);
    if (character === '/' && depth === 0) {
      levels.push(level.trim());
      level = '';
    } else level += character;
  }
  levels.push(level.trim());
  return levels.filter((one) => one !== '');
}

/** The innermost level of a heading. */
export const leafOf = (heading: string): string => levelsOf(heading).at(-1) ?? '';
