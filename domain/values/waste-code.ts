// Codes of wastes: eight digits of the national list, whose last two name the category (domain reference 2.6).

import { squeezeText, trimEdges } from './text.ts';

/** A hazardous-waste code: industry (3), serial (3), category (2). */
export const WASTE_CODE = /^\d{3}-\d{3}-(\d{2})$/;
/** A code of the catalogue of solid wastes, as `900-003-S17`. */
const GENERAL_CODE = /^\d{3}-\d{3}-S\d{2}$/;

/** The category of a hazardous-waste code, `HW08`; null where the code has none. */
export function wasteCategory(code: string | null | undefined): string | null {
  const digits = WASTE_CODE.exec(code ?? '')?.[1];
  return digits ? `HW${digits}` : null;
}

/** Whether a code is one of the two lists. */
export const isWasteCode = (code: string): boolean => WASTE_CODE.test(code) || GENERAL_CODE.test(code);

/** 900/249/08, 90024908 and 900-249-08 are one code. */
export function wasteCodeText(text: string): string {
  const plain = squeezeText(text)
    .toUpperCase()
    .replace(/^HW\d{2}[(（\s/／-]*(?=\d)/u, '')
    .replace(/[)）]$/u, '');
  const parts = /^(\d{3})[-/.－—]?(\d{3})[-/.－—]?(S?\d{2})$/u.exec(plain);
  return parts ? `${parts[1]}-${parts[2]}-${parts[3]}` : trimEdges(text);
}
