// The pair of coordinates of a row: swapped columns put right, degrees converted, the system never guessed.
import { parsePosition } from '../values/coordinates.ts';
import type { RegisterCell, RowWarning } from './cell.ts';
import type { FieldValues } from './row-content.ts';

/** What reading a position needs of a row that is being read. */
export interface PositionDraft {
  readonly coordinates: { readonly longitude: RegisterCell | null; readonly latitude: RegisterCell | null };
  readonly own: FieldValues;
  warn(...warnings: readonly RowWarning[]): void;
  keep(label: string, text: string | null): void;
}

/** Reads longitude and latitude into the enterprise; an unreadable pair goes into the remark. `system`: that of the import. */
export function readPosition(draft: PositionDraft, system: string | null): void {
  const { longitude, latitude } = draft.coordinates;
  if (!longitude && !latitude) return;
  const result = parsePosition(longitude?.text ?? null, latitude?.text ?? null);
  if (result.kind === 'empty' || result.kind === 'unknown') return;
  if (result.kind === 'invalid') {
    draft.warn({ code: 'COORDINATE_UNREADABLE', sentence: `${result.sentence}。原文写入备注` });
    draft.keep('坐标', [longitude?.text, latitude?.text].filter(Boolean).join('，'));
    return;
  }
  const { own } = draft;
  own.longitude = result.longitude;
  own.latitude = result.latitude;
  own.coordinateSystem ??= system ?? 'unknown';
  if (result.swapped) draft.warn({ code: 'COORDINATES_SWAPPED', sentence: '经度和纬度填反了，已对调' });
  if (result.converted) draft.warn({ code: 'COORDINATES_CONVERTED', sentence: '经纬度的度分秒已换算为小数' });
}
