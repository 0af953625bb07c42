// The look of every chart: one meaning, one look, on screen and in Word (green solid = done, ochre hatch = not done,
// ink line = running total).
import type { SeriesMeaning } from '../../domain/reports/index.ts';

/** Colours of series in their order, and of the frame; the same hex values as the tokens, since a canvas can't read CSS variables. */
export const CHART_COLOURS = {
  series: ['#1b5e46', '#d9972b', '#4a86c5', '#9aa39d', '#5c2d6e', '#20272a'],
  done: '#1b5e46',
  open: '#d9972b',
  running: '#20272a',
  ground: '#ffffff',
  grid: '#e3e6e1',
  base: '#8b958d',
  label: '#5b655f',
  text: '#1a201d',
} as const;

/** Fonts of the window, for labels drawn on a canvas. */
export const CHART_FONT = '"Microsoft YaHei UI","PingFang SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif';

/** Hatch of what isn't done: ochre strokes on white, readable in greyscale. */
export const HATCH = {
  symbol: 'rect',
  color: CHART_COLOURS.open,
  backgroundColor: CHART_COLOURS.ground,
  dashArrayX: [1, 0],
  dashArrayY: [2, 3],
  rotation: -Math.PI / 4,
  symbolSize: 1,
} as const;

/** Years side by side, the last one the most prominent, in the order of the Word charts; grey is outlined because it is pale on white. */
const YEARS = [
  { color: '#1b5e46' },
  { color: '#4a86c5' },
  { color: '#e0b15a' },
  { color: '#5c2d6e' },
  { color: '#9aa39d', borderColor: '#5b655f', borderWidth: 1 },
] as const;

/** Style of bars by what they mean; `fromLast` counts years back from the last one. */
export function barStyle(meaning: SeriesMeaning, fromLast = 0): Record<string, unknown> {
  if (meaning === 'open')
    return { color: CHART_COLOURS.ground, borderColor: CHART_COLOURS.open, borderWidth: 1, decal: HATCH };
  return {
    ...(meaning === 'done' ? { color: CHART_COLOURS.done } : YEARS[fromLast % YEARS.length]),
    decal: { symbol: 'none' },
  };
}

/** Colour of a year in a legend. */
export const yearColour = (fromLast: number): string => (YEARS[fromLast % YEARS.length] ?? YEARS[0]).color;

/** Style of the running total: an ink line with hollow dots. */
export const RUNNING_LINE = {
  symbol: 'circle',
  symbolSize: 6,
  smooth: false,
  lineStyle: { color: CHART_COLOURS.running, width: 1.5 },
  itemStyle: {
    color: CHART_COLOURS.ground,
    borderColor: CHART_COLOURS.running,
    borderWidth: 1.5,
    decal: { symbol: 'none' },
  },
} as const;

/** Axis of categories: a base line, no ticks. */
export const CATEGORY_AXIS = {
  type: 'category',
  axisTick: { show: false },
  axisLine: { lineStyle: { color: CHART_COLOURS.base } },
  axisLabel: { color: CHART_COLOURS.label, fontSize: 11, interval: 0 },
} as const;

/** Axis of counts: from 0, whole numbers, horizontal lines only. */
export const COUNT_AXIS = {
  type: 'value',
  min: 0,
  minInterval: 1,
  axisLine: { show: false },
  axisTick: { show: false },
  axisLabel: { color: CHART_COLOURS.label, fontSize: 11 },
  splitLine: { lineStyle: { color: CHART_COLOURS.grid } },
} as const;

/** What all charts share: no animation, our font, a plain tooltip. */
export const BASE_OPTION = {
  animation: false,
  textStyle: { fontFamily: CHART_FONT, color: CHART_COLOURS.text },
  tooltip: {
    confine: true,
    backgroundColor: '#fff',
    borderColor: '#cfd5ce',
    borderWidth: 1,
    padding: [6, 10],
    transitionDuration: 0,
    textStyle: { color: CHART_COLOURS.text, fontSize: 12, fontFamily: CHART_FONT },
    extraCssText: 'box-shadow:0 6px 20px rgba(26,32,29,.14)',
  },
} as const;
