// Names of files that every system takes.

/** Linux takes 255 bytes of UTF-8, which is less than Windows' 255 units for Chinese; some are left for a `(1)`. */
const MAX_BYTES = 240;
const ENDING = /\.[A-Za-z0-9]{1,10}$/;

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

/** A name that every file system takes: without forbidden characters, cut between characters before its ending to 240 bytes of UTF-8. */
export function safeFileName(name: string): string {
  const clean = name.toWellFormed().replace(/[\\/:*?"<>|\u0000-\u001f\u007f]/g, '_').replace(/[. ]+$/, '');
  const ending = ENDING.exec(clean)?.[0] ?? '';
  let stem = '';
  let room = MAX_BYTES - bytesOf(ending);
  for (const character of clean.slice(0, clean.length - ending.length)) {
    room -= bytesOf(character);
    if (room < 0) break;
    stem += character;
  }
  return `${stem.trim() || '文件'}${ending}`;
}
