// Pinyin of Chinese names, for search and order.
import { pinyin } from 'pinyin-pro';

const syllables = new Map<string, string>();

/** Full pinyin without tones, syllables separated by spaces; other characters stand as they are. */
export function pinyinOf(text: string): string {
  const parts: string[] = [];
  for (const char of text) {
    let syllable = syllables.get(char);
    if (syllable === undefined) {
      syllable = pinyin(char, { toneType: 'none', type: 'string' }).toLowerCase();
      syllables.set(char, syllable);
    }
    parts.push(syllable);
  }
  return parts.join(' ');
}

/** First letters of the syllables. */
export function initialsOf(spelled: string): string {
  return spelled
    .split(' ')
    .map((s) => (/^[a-z]/.test(s) ? s[0] : s))
    .join('');
}
