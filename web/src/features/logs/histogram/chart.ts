import { BarChart } from 'echarts/charts'
import { GridComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import { levels } from '../levels'
import type { Bars } from './bars'

use([BarChart, GridComponent, CanvasRenderer])

export interface Chart {
  draw: (bars: Bars) => void
  resize: () => void
  dispose: () => void
}

/** The bars and nothing else: axis, hover and brush are elements of the page, where a keyboard and a reader reach them. */
export function chartIn(place: HTMLElement): Chart {
  const chart = init(place)
  return {
    draw: bars => chart.setOption(optionOf(bars, place), { notMerge: true }),
    resize: () => chart.resize(),
    dispose: () => chart.dispose(),
  }
}

function optionOf({ bars, highest }: Bars, place: HTMLElement) {
  const style = getComputedStyle(place)
  return {
    animation: false,
    grid: { left: 0, right: 0, top: 0, bottom: 0 },
    xAxis: { type: 'category' as const, show: false, data: bars.map(bar => bar.at) },
    yAxis: { type: 'value' as const, show: false, min: 0, max: Math.max(1, highest) },
    // The most severe lie at the bottom, where bars start at one height and can be compared.
    series: [...levels].reverse().map(level => ({
      type: 'bar' as const,
      stack: 'levels',
      barCategoryGap: bars.length > 80 ? '12%' : '18%',
      silent: true,
      itemStyle: { color: style.getPropertyValue(`--level-${level}`) },
      data: bars.map(bar => bar.counts[level] ?? 0),
    })),
  }
}
