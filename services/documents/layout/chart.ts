// Native, editable charts in the looks of the chart theme: done = solid green, found or open = ochre hatch, running = ink line.
import { Paragraph } from 'docx';
import { ChartRun, type ChartSeries as DocxSeries } from 'docx/charts';
import { restyleChart } from './chart-style.ts';
import { STYLE } from './styles.ts';
import { cleanText } from './text.ts';
import { LATIN_FONT, type Theme } from './theme.ts';
import type { ChartBlock, ChartSeries, SeriesMeaning } from '../../../domain/reports/blocks.ts';

/** Series colours of the chart theme. */
export const CHART_COLORS: Readonly<Record<Exclude<SeriesMeaning, 'year'>, string>> = {
  done: '1B5E46',
  open: 'D9972B',
  running: '20272A',
};

/**
 * Years, the last one first: green, blue, ochre, plum, grey; the colours of the window, in an order in which neighbours differ in
 * lightness too. Every bar has its value written.
 */
export const YEAR_COLORS = ['1B5E46', '4A86C5', 'E0B15A', '5C2D6E', '9AA39D'];

/** Text in a chart stands on one line. */
const label = (text: string): string => cleanText(text).replaceAll('\n', ' ');

/** 200 mm: a chart stays on one page with its caption. */
const MOST_HEIGHT = 755;

/** 148 mm at 96 pixels to the inch: within the 150 mm of domain reference 5.5. */
const WIDTH = 559;

/** The chart as a paragraph with automatic line spacing; kept with the caption that follows. */
export function chartParagraph(theme: Theme, block: ChartBlock): Paragraph {
  const text = { name: LATIN_FONT, size: 9, color: '646E68' };
  const highest = highestOf(block);
  const common = {
    categories: block.categories.map(label),
    series: block.series.map((series, index) => seriesOf(series, block, block.series.length - 1 - index, highest)),
    font: { name: LATIN_FONT },
    legend: { position: 'top' as const, font: { ...text, size: 10 } },
    chartArea: { fill: 'none', border: 'none' as const },
    altText: { name: label(block.caption), title: label(block.caption), description: label(block.description) },
    valueAxis: {
      minimum: 0,
      numberFormat: '0',
      font: text,
      title: { text: `单位：${label(block.unit)}`, font: text },
      ...(highest <= 5 && { interval: 1 }),
    },
  };
  const chart =
    block.shape === 'months'
      ? new ChartRun({
          ...common,
          type: 'column',
          gapWidth: 60,
          overlap: -5,
          categoryAxis: { font: text },
          transformation: { width: WIDTH, height: 270 },
        })
      : new ChartRun({
          ...common,
          type: 'bar',
          ...(block.shape === 'bars' ? { stacking: 'stacked' as const, gapWidth: 35 } : { gapWidth: 40, overlap: 0 }),
          // Word draws the first category at the bottom; the list reads from the top.
          categoryAxis: { reverseOrder: true, font: { ...text, size: 10 } },
          valueAxis: { ...common.valueAxis, crossesAt: 'maximum' },
          transformation: { width: WIDTH, height: Math.min(MOST_HEIGHT, Math.max(150, 75 + rowHeight(block))) },
        });
  restyleChart(chart, { eastAsia: theme.names.table, hatched: CHART_COLORS.open, hollow: CHART_COLORS.running });
  return new Paragraph({ style: STYLE.picture, keepNext: true, children: [chart] });
}

/** Room for the bars: one to a category, or one to each of its series with a gap below. */
const rowHeight = ({ shape, categories, series }: ChartBlock): number =>
  categories.length * (shape === 'bars' ? 21 : 10 + series.length * 12);

function seriesOf(series: ChartSeries, { shape }: ChartBlock, fromLast: number, highest: number): DocxSeries {
  const color =
    series.meaning === 'year' ? (YEAR_COLORS[fromLast % YEAR_COLORS.length] ?? '') : CHART_COLORS[series.meaning];
  const base = { name: label(series.name), values: series.values, color };
  const font = { name: LATIN_FONT, size: shape === 'groups' ? 8 : 9, color: '1A201D' };
  if (series.meaning === 'running' && shape === 'months') {
    // Only the last value of a running total is written.
    return {
      ...base,
      type: 'line',
      line: { color, width: 1.5 },
      markers: { shape: 'circle', size: 6 },
      pointLabels: series.values.map((_, index) =>
        index === series.values.length - 1 ? { value: true, position: 'above', font: { ...font, bold: true } } : false,
      ),
    };
  }
  if (shape === 'months') return base;
  if (shape === 'groups') return { ...base, dataLabels: { value: true, position: 'outsideEnd', font } };
  return {
    ...base,
    // A piece too narrow for its number has none; the table beside the chart has them all.
    pointLabels: series.values.map((value) =>
      value > 0 && value >= highest * 0.03
        ? {
            value: true,
            position: 'center',
            font: { ...font, color: series.meaning === 'done' ? 'FFFFFF' : '1A201D', bold: true },
          }
        : false,
    ),
  };
}

/** The highest bar, so that few counts still get whole steps. */
function highestOf(block: ChartBlock): number {
  return Math.max(
    0,
    ...block.categories.map((_, index) =>
      block.shape === 'bars'
        ? block.series.reduce((sum, series) => sum + (series.values[index] ?? 0), 0)
        : Math.max(...block.series.map((series) => series.values[index] ?? 0)),
    ),
  );
}
