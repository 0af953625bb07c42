// Text from the clipboard of a spreadsheet: cells between tabs, rows between ends of lines, long cells in quotes.
import { visibleText } from './text.ts';

/** The cells of a copied range, row by row; a single text is one cell. */
export function pastedCells(text: string): string[][] {
  const rows: string[][] = [[]];
  let cell = '';
  let quoted = false;
  const source = visibleText(text)
    .replace(/\r\n?/g, '\n')
    .replace(/(?<!\n)\n+$/, '');
  const end = (): void => {
    rows.at(-1)?.push(cell.trim());
    cell = '';
  };
  for (let at = 0; at < source.length; at += 1) {
    const c = source.charAt(at);
    if (quoted && c === '"' && source.charAt(at + 1) === '"') {
      cell += '"';
      at += 1;
    } else if (quoted && c === '"') quoted = false;
    else if (quoted) cell += c;
    // Only a spreadsheet quotes a whole cell: its quote is closed before a tab or an end.
    else if (c === '"' && cell === '' && /^"(?:[^"]|"")*"(?:[\t\n]|$)/.test(source.slice(at))) quoted = true;
    else if (c === '\t') end();
    else if (c === '\n') {
      end();
      rows.push([]);
    } else cell += c;
  }
  end();
  return rows;
}

/** What a pasted text says in one line, or in several where the field has them. */
export function pastedText(text: string, isLong: boolean): string {
  const rows = pastedCells(text);
  if (isLong) return rows.map((cells) => cells.join(' ')).join('\n');
  return rows
    .flat()
    .filter((cell) => cell !== '')
    .join(' ')
    .replace(/\s+/gu, ' ');
}
