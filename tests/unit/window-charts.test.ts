// Charts of the window: many villages in several years stay readable.
import { expect, test } from 'vitest';
import { chartHeight, chartOption, type ChartData } from '../../renderer/charts/options.ts';
import { barStyle, yearColour } from '../../renderer/charts/theme.ts';

const years = ['2022年', '2023年', '2024年', '2025年', '2026年'];
const data: ChartData = {
  shape: 'groups',
  unit: '项',
  categories: Array.from({ length: 10 }, (_, n) => `第${n + 1}村`),
  series: years.map((name) => ({ name, meaning: 'year', values: Array.from({ length: 10 }, (_, n) => n) })),
};

test('five years have five colours, the same in the legend and in the bars', () => {
  const colours = years.map((_, fromLast) => yearColour(fromLast));
  expect(new Set(colours).size).toBe(5);
  expect(years.map((_, fromLast) => barStyle('year', fromLast)['color'])).toEqual(colours);
});

test('villages side by side are horizontal bars with their numbers, in a chart that is high enough for them', () => {
  const option = chartOption(data) as {
    yAxis: { data: string[] };
    series: { type: string; barWidth: number; stack?: string; label: { show: boolean } }[];
  };
  expect(option.yAxis.data).toEqual(data.categories);
  for (const series of option.series)
    expect([series.type, series.stack, series.label.show]).toEqual(['bar', undefined, true]);
  const bars = option.series.length * data.categories.length;
  expect(chartHeight(data)).toBeGreaterThan(bars * (option.series[0]?.barWidth ?? 0));
});
