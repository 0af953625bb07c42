// Options of the shapes of chart that the product draws; figures in, ECharts option out.
import type { ChartBlock, SeriesMeaning } from '../../domain/reports/index.ts';
import { BASE_OPTION, CATEGORY_AXIS, CHART_COLOURS, COUNT_AXIS, RUNNING_LINE, barStyle } from './theme.ts';

/** What a chart shows; the same shape that reports print. */
export type ChartData = Pick<ChartBlock, 'shape' | 'categories' | 'series' | 'unit'> & {
  /** Categories written bold (a month that isn't over). */
  readonly emphasised?: readonly number[];
  /** Write the values at the right end of horizontal bars: false where a table stands beside them. */
  readonly valuesWritten?: boolean;
  /** Room for the names of horizontal bars, in px. */
  readonly nameWidth?: number;
};

/** An option object as ECharts takes it; kept loose because the library's own type needs every component. */
export type ChartOption = Record<string, unknown>;

/** Marks of the legend look like what they stand for. */
export function legendMark(meaning: SeriesMeaning): 'solid' | 'hatch' | 'line' {
  return meaning === 'open' ? 'hatch' : meaning === 'running' ? 'line' : 'solid';
}

function labelText(emphasised: readonly number[] | undefined) {
  return (value: string, index: number) => (emphasised?.includes(index) ? `{now|${value}}` : value);
}

function months(data: ChartData): ChartOption {
  return {
    ...BASE_OPTION,
    grid: { left: 34, right: 28, top: 16, bottom: 24 },
    tooltip: {
      ...BASE_OPTION.tooltip,
      trigger: 'axis',
      axisPointer: { type: 'shadow', shadowStyle: { color: 'rgba(26,32,29,.05)' } },
    },
    xAxis: {
      ...CATEGORY_AXIS,
      data: [...data.categories],
      axisLabel: {
        ...CATEGORY_AXIS.axisLabel,
        interval: data.categories.length > 14 ? 'auto' : 0,
        formatter: labelText(data.emphasised),
        rich: { now: { fontWeight: 'bold', color: CHART_COLOURS.text, fontSize: 11 } },
      },
    },
    yAxis: COUNT_AXIS,
    series: data.series.map((series, at) => {
      if (series.meaning !== 'running')
        return {
          type: 'bar',
          name: series.name,
          data: [...series.values],
          barMaxWidth: 15,
          barGap: '14%',
          itemStyle: barStyle(series.meaning, data.series.length - 1 - at),
        };
      const last = series.values.length - 1;
      const peak = series.values.indexOf(Math.max(...series.values));
      return {
        type: 'line',
        name: series.name,
        ...RUNNING_LINE,
        z: 5,
        data: series.values.map((value, index) => ({
          value,
          label: {
            show: index === last || (index === peak && value > 0),
            position: index === last ? 'right' : 'top',
            color: CHART_COLOURS.text,
            fontSize: index === last ? 13 : 11,
            fontWeight: index === last ? 'bold' : 'normal',
          },
        })),
      };
    }),
  };
}

function bars(data: ChartData): ChartOption {
  const totals = data.categories.map((_, index) =>
    data.series.reduce((sum, series) => sum + (series.values[index] ?? 0), 0),
  );
  return {
    ...BASE_OPTION,
    grid: { left: (data.nameWidth ?? 112) + 8, right: data.valuesWritten === false ? 4 : 36, top: 2, bottom: 2 },
    tooltip: {
      ...BASE_OPTION.tooltip,
      trigger: 'axis',
      axisPointer: { type: 'shadow', shadowStyle: { color: 'rgba(26,32,29,.05)' } },
    },
    xAxis: { ...COUNT_AXIS, show: false },
    yAxis: {
      ...CATEGORY_AXIS,
      inverse: true,
      data: [...data.categories],
      axisLine: { show: false },
      axisLabel: {
        ...CATEGORY_AXIS.axisLabel,
        fontSize: 12,
        color: CHART_COLOURS.text,
        width: data.nameWidth ?? 112,
        overflow: 'truncate',
      },
    },
    series: data.series.map((series, at) => ({
      type: 'bar',
      ...(data.shape === 'bars' ? { stack: 'all', barWidth: 11 } : { barWidth: 9, barGap: '20%' }),
      name: series.name,
      data: [...series.values],
      itemStyle: barStyle(series.meaning, data.series.length - 1 - at),
      ...(data.shape === 'groups' && {
        label: { show: true, position: 'right', color: CHART_COLOURS.label, fontSize: 10 },
      }),
      ...(data.shape === 'bars' &&
        data.valuesWritten !== false &&
        at === data.series.length - 1 && {
          label: {
            show: true,
            position: 'right',
            color: CHART_COLOURS.label,
            fontSize: 11,
            formatter: (item: { dataIndex: number }) => String(totals[item.dataIndex] ?? ''),
          },
        }),
    })),
  };
}

/** Height that a chart of horizontal bars needs, legend and margins among it; others have one of their own. */
export function chartHeight({ shape, categories, series }: Pick<ChartData, 'shape' | 'categories' | 'series'>): number {
  if (shape === 'months') return 230;
  return 40 + categories.length * (shape === 'bars' ? 22 : 10 + series.length * 11);
}

/** The option of a chart. */
export function chartOption(data: ChartData): ChartOption {
  return data.shape === 'months' ? months(data) : bars(data);
}
