import { inkOf, watchInk } from './chart-ink.js';
import { ChartLegend } from './chart-legend.js';
import { failures, flag, hatch, lonely } from './chart-marks.js';
import { options, topOf } from './chart-options.js';
import { span } from './chart-times.js';
import { attribute, el } from './dom.js';
import { text } from './text.js';
import { latency } from './time.js';
import { uPlot } from './uplot.js';

/**
 * Latencies over time: the median as a line, bands up to the 95th and the 99th percentile, failing
 * checks, incidents. A picture for who sees; it is said in a sentence, and beside it is a table.
 */
export class Chart extends HTMLElement {
  #acts;
  #legend = new ChartLegend();
  #place = el('div', { class: 'plot' });
  #plot = null;
  #shown = null;
  #top = 1;
  #ink = null;
  #sizes = new ResizeObserver(() => this.#resize());
  #unwatch = () => {};

  /** @param {{chosen: function(number, number), back: function(), fault: function()}} acts */
  constructor(acts) {
    super();
    this.#acts = acts;
    this.append(this.#legend, this.#place);
  }

  connectedCallback() {
    this.#sizes.observe(this.#place);
    this.#unwatch = watchInk(() => this.#make());
    this.#make();
  }

  disconnectedCallback() {
    this.#sizes.disconnect();
    this.#unwatch();
    this.#clear();
  }

  /** How wide it is, in pixels. */
  get pixels() {
    return this.#place.clientWidth;
  }

  /** Whether one is choosing a stretch of it, which a new drawing would take away. */
  get busy() {
    return (this.#plot?.select.width ?? 0) > 0;
  }

  /**
   * @param {{points: Array, incidents: Array, window: {from: number, to: number}, step: number,
   *   now: number}} shown times and lengths in milliseconds, the points of the history by time
   */
  draw(shown) {
    this.#shown = shown;
    this.#top = topOf(shown.points);
    if (this.#plot) {
      this.#plot.setData(columns(shown.points));
      this.#told();
    } else {
      this.#make();
    }
  }

  async #make() {
    let library;
    try {
      library = await uPlot();
    } catch {
      this.#acts.fault();
      return;
    }
    const { clientWidth: width, clientHeight: height } = this.#place;
    const ink = inkOf(this.#place, this.#legend.keys);
    const same = this.#plot && JSON.stringify(ink) === JSON.stringify(this.#ink);
    if (!this.isConnected || !this.#shown || width === 0 || same) {
      return;
    }
    this.#clear();
    this.#ink = ink;
    const made = options(ink, () => this.#shown.window, () => this.#top, this.#hooks(), this.#acts);
    this.#plot = new library({ ...made, width, height }, columns(this.#shown.points), this.#place);
    attribute(this.#plot.ctx.canvas, 'role', 'img');
    this.#told();
  }

  #hooks() {
    const of = (draw) => [(plot) => this.#shown && draw(plot, this.#shown)];
    return {
      drawAxes: of((plot, { incidents, now }) => hatch(plot, incidents, now, this.#ink)),
      draw: of((plot, { points, incidents, now }) => {
        lonely(plot, this.#ink);
        failures(plot, points, this.#ink);
        flag(plot, incidents, now);
      }),
      setCursor: of((plot, shown) => this.#point(plot.cursor, shown)),
    };
  }

  #point({ left, idx }, { points, incidents, window, step }) {
    const point = left >= 0 ? points[idx] : null;
    if (!point) {
      this.#legend.window(window);
      return;
    }
    const from = Date.parse(point.at);
    this.#legend.point(point, step, incidents.filter(({ startedAt, endedAt }) =>
      Date.parse(startedAt) < from + step && (!endedAt || Date.parse(endedAt) > from)));
  }

  /** What it shows, in words. */
  #told() {
    const { points, incidents, window } = this.#shown;
    const seen = points.filter(({ p50Ms }) => p50Ms !== null);
    const sum = (name) => points.reduce((all, point) => all + (point[name] ?? 0), 0);
    const most = (name) => latency(Math.max(...seen.map((point) => point[name])));
    attribute(this.#plot.ctx.canvas, 'aria-label', seen.length === 0
      ? text.chart.unseen(span(window.from, window.to))
      : text.chart.told({
        when: span(window.from, window.to),
        least: latency(Math.min(...seen.map(({ p50Ms }) => p50Ms))),
        most: most('p50Ms'), p95: most('p95Ms'), p99: most('p99Ms'),
        samples: sum('samples'), down: sum('down'), incidents: incidents.length,
      }));
    if (!(this.#plot.cursor.left >= 0)) {
      this.#legend.window(window);
    }
  }

  #resize() {
    const { clientWidth: width, clientHeight: height } = this.#place;
    if (this.#plot && width > 0) {
      this.#plot.setSize({ width, height });
    } else {
      this.#make();
    }
  }

  #clear() {
    this.#plot?.destroy();
    this.#plot = null;
  }
}
customElements.define('ss-chart', Chart);

function columns(points) {
  return [
    points.map(({ at }) => Date.parse(at)),
    ...['p50Ms', 'p95Ms', 'p99Ms'].map((name) => points.map((point) => point[name])),
  ];
}
