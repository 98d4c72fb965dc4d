import { ticks } from './chart-times.js';
import { el } from './dom.js';
import { latency } from './time.js';

const FLAGS = 10; // pixels above the plot, beside their letters
const LINE = 1.75;

/**
 * What uPlot is told to draw: the median as a line, one band up to the 95th percentile and one up
 * to the 99th, over times in milliseconds.
 *
 * @param {Object} ink colours and letters
 * @param {function(): {from: number, to: number}} shown the window
 * @param {function(): number} top the highest latency on the axis
 * @param {Object} hooks of uPlot
 * @param {{chosen: function(number, number), back: function()}} acts by the pointer
 */
export function options(ink, shown, top, hooks, { chosen, back }) {
  const words = { font: ink.font, stroke: ink.words, ticks: { show: false } };
  const line = { stroke: ink.lines, width: 1 };
  return {
    ms: 1,
    padding: [ink.em + FLAGS, 16, 0, 0],
    legend: { show: false },
    scales: {
      x: { range: () => [shown().from, shown().to] },
      y: { range: () => [0, top()] },
    },
    series: [
      {},
      { stroke: ink.p50, width: LINE, points: { show: false } },
      { width: 0, points: { show: false } },
      { width: 0, points: { show: false } },
    ],
    bands: [{ series: [2, 1], fill: ink.p95 }, { series: [3, 2], fill: ink.p99 }],
    axes: [
      {
        ...words, grid: { show: false }, border: { show: true, ...line }, size: ink.em + 14, gap: 6,
        space: 6 * ink.em, values: (plot, at, axis, space, apart) => ticks(at, apart),
      },
      {
        ...words, grid: line, space: 3.6 * ink.em, gap: 8,
        values: (plot, at) => at.map((ms) => latency(ms)),
        size: (plot, labels) => widest(plot.ctx, plot.axes[1].font[0], labels) + 16,
      },
    ],
    cursor: {
      y: false,
      points: { show: (plot, i) => el('div', { class: 'dot', hidden: i > 1 }) },
      drag: { x: true, y: false, setScale: false, dist: 6 },
      bind: { dblclick: () => back },
    },
    hooks: {
      ...hooks,
      setSelect: [(plot) => {
        const { left, width } = plot.select;
        if (width > 0) {
          plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
          chosen(plot.posToVal(left, 'x'), plot.posToVal(left + width, 'x'));
        }
      }],
    },
  };
}

function widest(ctx, font, labels) {
  ctx.font = font;
  return Math.max(0, ...(labels ?? []).map((label) => ctx.measureText(label).width))
    / devicePixelRatio;
}

/** The top of the axis, where people count in: 99th percentiles that are far off are cut. */
export function topOf(points) {
  const most = (name) => Math.max(0, ...points.map((point) => point[name] ?? 0));
  return nice(Math.max(1, most('p95Ms') * 1.2, Math.min(most('p99Ms') * 1.05, most('p95Ms') * 2)));
}

function nice(ms) {
  const power = 10 ** Math.floor(Math.log10(ms));
  return [1, 1.5, 2, 3, 4, 5, 6, 8, 10].map((n) => n * power).find((n) => n >= ms);
}
