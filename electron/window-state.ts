// Where the window was, and whether it can be there again: screens are unplugged, and files are edited or cut off.

export interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface WindowState {
  bounds: Rectangle;
  maximized: boolean;
}

export const MIN_SIZE = { width: 1180, height: 700 };
export const DEFAULT_SIZE = { width: 1366, height: 768 };

/** So much of the title bar must lie on a screen that the window can be dragged. */
const GRIP = { width: 160, height: 40 };

const isWhole = (value: unknown): value is number => typeof value === 'number' && Number.isInteger(value);

/** What the file says, or null when it says nothing sensible. */
export function readWindowState(text: string): WindowState | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const { bounds, maximized } = (value ?? {}) as { bounds?: Partial<Rectangle> | null; maximized?: unknown };
  if (!bounds || !isWhole(bounds.x) || !isWhole(bounds.y) || !isWhole(bounds.width) || !isWhole(bounds.height))
    return null;
  const { x, y, width, height } = bounds;
  return { bounds: { x, y, width, height }, maximized: maximized === true };
}

function hasGrip(bounds: Rectangle, area: Rectangle): boolean {
  const seen = Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x);
  const topIsInside = bounds.y >= area.y && bounds.y + GRIP.height <= area.y + area.height;
  return seen >= GRIP.width && topIsInside;
}

/**
 * The state to open with: the remembered one where it still fits a screen, otherwise the default size in the middle of
 * the first (primary) work area. A screen smaller than the minimum size gets a window of the minimum size at its corner.
 */
export function fitWindowState(remembered: WindowState | null, workAreas: readonly Rectangle[]): WindowState {
  const primary = workAreas[0] ?? { x: 0, y: 0, ...DEFAULT_SIZE };
  const home = remembered && workAreas.find((area) => hasGrip(remembered.bounds, area));
  const area = home || primary;
  const wanted = home && remembered ? remembered.bounds : DEFAULT_SIZE;
  const width = Math.max(MIN_SIZE.width, Math.min(wanted.width, area.width));
  const height = Math.max(MIN_SIZE.height, Math.min(wanted.height, area.height));
  const position =
    home && remembered
      ? { x: remembered.bounds.x, y: remembered.bounds.y }
      : {
          x: area.x + Math.max(0, Math.floor((area.width - width) / 2)),
          y: area.y + Math.max(0, Math.floor((area.height - height) / 2)),
        };
  return { bounds: { ...position, width, height }, maximized: remembered?.maximized ?? false };
}
