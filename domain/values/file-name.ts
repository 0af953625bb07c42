// Names of files that every system takes.

/** Linux takes 255 bytes of UTF-8, which is less than Windows' 255 units for Chinese; some are left for a `(1)`. */
const MAX_BYTES = 240;
/** Characters that file systems refuse, and those that nobody sees: marks of direction would show `exe.docx` for `xcod.exe`. */
const REFUSED =
  /[\\/:*?"<>|\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;
/** Devices of Windows, whatever ending follows. */
const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[\d¹²³])\s*(?:\.|$)/i;
const ENDING = /\.[A-Za-z0-9]{1,10}$/;

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

/** A name that every file system takes: without forbidden characters, cut between characters before its ending to 240 bytes of UTF-8. */
export function safeFileName(name: string): string {
  const clean = name
    .toWellFormed()
    .replace(REFUSED, '_')
    .replace(/(?<![. ])[. ]+$/, '');
  const ending = ENDING.exec(clean)?.[0] ?? '';
  let stem = '';
  let room = MAX_BYTES - bytesOf(ending);
  for (const character of clean.slice(0, clean.length - ending.length)) {
    room -= bytesOf(character);
    if (room < 0) break;
    stem += character;
  }
  const safe = `${stem.trim() || '文件'}${ending}`;
  return DEVICE.test(safe) ? `_${safe}` : safe;
}
