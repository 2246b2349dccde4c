import { LineChart, ScatterChart } from 'echarts/charts'
import { GridComponent, MarkAreaComponent, MarkLineComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import { edges, type Line, type Picture } from './picture'

use([LineChart, ScatterChart, GridComponent, MarkAreaComponent, MarkLineComponent, CanvasRenderer])

export interface Chart {
  draw: (picture: Picture, valueText: (value: number) => string) => void
  resize: () => void
  dispose: () => void
}

/** Lines, a band, dots and what lies behind them. Reading a value is the page's: an element over the chart that has a keyboard. */
export function chartIn(place: HTMLElement): Chart {
  const chart = init(place)
  return {
    draw: (picture, valueText) => chart.setOption(optionOf(picture, valueText, place), { notMerge: true }),
    resize: () => chart.resize(),
    dispose: () => chart.dispose(),
  }
}

function optionOf(picture: Picture, valueText: (value: number) => string, place: HTMLElement) {
  const style = getComputedStyle(place)
  const colour = (token: string) => style.getPropertyValue(`--${token}`).trim()
  const text = { color: colour('text-3'), fontSize: 11, fontFamily: style.fontFamily }
  return {
    animation: false,
    grid: edges,
    xAxis: {
      type: 'value' as const,
      min: picture.from,
      max: picture.to,
      axisLine: { onZero: false, lineStyle: { color: colour('line-strong') } },
      axisTick: {
        show: true,
        customValues: picture.ticks.map(tick => tick.at),
        lineStyle: { color: colour('line-strong') },
      },
      axisLabel: {
        ...text,
        hideOverlap: true,
        customValues: picture.ticks.map(tick => tick.at),
        formatter: (at: number) => picture.ticks.find(tick => tick.at === at)?.text ?? '',
      },
      splitLine: { show: false },
    },
    yAxis: {
      type: 'value' as const,
      scale: !picture.fromZero,
      splitNumber: 4,
      axisLabel: { ...text, formatter: valueText },
      splitLine: { lineStyle: { color: colour('line') } },
    },
    series: [
      ...bandSeries('usual', picture.usual, colour('text-3')),
      ...bandSeries('band', picture.band, colour('accent')),
      ...picture.lines.map(line => lineSeries(line, colour)),
      backSeries(picture, colour),
      ...(picture.dots ?? []).map(dots => dotSeries(dots, colour)),
    ],
  }
}

type Colours = (token: string) => string

function lineSeries({ name, points, colour: token, style, width }: Line, colour: Colours) {
  return {
    type: 'line' as const,
    name,
    data: points,
    showSymbol: points.length === 1,
    symbolSize: 5,
    sampling: 'lttb' as const,
    silent: true,
    connectNulls: false,
    lineStyle: { color: colour(token), width: width ?? 1.5, type: style ?? ('solid' as const) },
    itemStyle: { color: colour(token) },
  }
}

/** The lower end, and the width of the band stacked on it. */
function bandSeries(stack: string, band: Picture['band'] = [], colour: string) {
  if (band.length === 0) return []
  const edge = { type: 'line' as const, stack, stackStrategy: 'all' as const, showSymbol: false, silent: true }
  const lineStyle = { color: colour, width: 1, opacity: 0.55 }
  return [
    { ...edge, data: band.map(([at, lower]) => [at, lower]), lineStyle },
    {
      ...edge,
      data: band.map(([at, lower, upper]) => [at, upper - lower]),
      lineStyle,
      areaStyle: { color: colour, opacity: 0.2 },
    },
  ]
}

function backSeries({ shades = [], rules = [], levels = [] }: Picture, colour: Colours) {
  return {
    type: 'line' as const,
    data: [],
    silent: true,
    markArea: {
      silent: true,
      data: shades.map(
        ({ from, to, kind }) =>
          [
            {
              xAxis: from,
              itemStyle: {
                color: colour(kind === 'gap' ? 'level-none' : 'caution'),
                opacity: kind === 'gap' ? 0.4 : 0.12,
              },
            },
            { xAxis: to },
          ] as [object, object],
      ),
    },
    markLine: {
      silent: true,
      symbol: 'none',
      label: { show: false },
      data: [
        ...rules.map(at => ({ xAxis: at, lineStyle: { color: colour('text-3'), type: 'dashed' as const, width: 1 } })),
        ...levels.map(at => ({ yAxis: at, lineStyle: { color: colour('text-3'), type: 'dashed' as const, width: 1 } })),
      ],
    },
  }
}

function dotSeries({ points, colour: token }: NonNullable<Picture['dots']>[number], colour: Colours) {
  return {
    type: 'scatter' as const,
    data: points,
    silent: true,
    symbol: 'diamond',
    symbolSize: 8,
    itemStyle: { color: colour(token), borderColor: colour('surface'), borderWidth: 1 },
  }
}
