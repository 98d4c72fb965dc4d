import { attribute, el, say } from './dom.js';
import { svg } from './svg.js';
import { text } from './text.js';
import { latency } from './time.js';

const WIDTH = 1000;
const HEIGHT = 260;
const LEFT = 56;
const BOTTOM = 24;
const TOP = 12;

/** Latencies over time: the median as a line, bands up to the 95th and 99th percentile, outages. */
export class Chart extends HTMLElement {
  #svg = svg('svg', {
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': text.latency,
    preserveAspectRatio: 'none',
  });
  #says = el('p', { class: 'soft readout', 'aria-hidden': 'true' });
  #points = [];
  #from = 0;
  #to = 1;

  constructor() {
    super();
    this.append(this.#says, this.#svg);
    this.addEventListener('pointermove', (event) => this.#point(event));
    this.addEventListener('pointerleave', () => say(this.#says, text.chartHint));
    say(this.#says, text.chartHint);
  }

  /**
   * @param {Array} points of the history
   * @param {Array} incidents
   * @param {{from: number, to: number, now: number}} window in epoch milliseconds
   */
  draw(points, incidents, { from, to, now }) {
    this.#points = points;
    this.#from = from;
    this.#to = to;
    const top = nice(Math.max(1, ...points.map((point) => point.p95Ms ?? 0)) * 1.25);
    const x = (at) => LEFT + (Math.min(Math.max(at, from), to) - from) / (to - from)
      * (WIDTH - LEFT);
    const y = (ms) => HEIGHT - BOTTOM - (Math.min(ms, top) / top) * (HEIGHT - BOTTOM - TOP);
    attribute(this.#svg, 'aria-label', text.chartTitle(latency(top)));
    this.#svg.replaceChildren(
      ...incidents.map((incident) => outage(incident, x, now)),
      ...[0, 0.25, 0.5, 0.75, 1].map((part) => svg('g', { class: 'grid' },
        svg('line', { x1: LEFT, x2: WIDTH, y1: y(top * part), y2: y(top * part) }),
        svg('text', { x: LEFT - 8, y: y(top * part) + 4, 'text-anchor': 'end' },
          latency(top * part)))),
      ...times(from, to).map((at) => svg('text', {
        class: 'tick', x: x(at), y: HEIGHT - 6, 'text-anchor': 'middle',
      }, tick(at, to - from))),
      ...runs(points).flatMap((run) => [
        svg('path', { class: 'band outer', d: band(run, x, y, 'p95Ms', 'p99Ms') }),
        svg('path', { class: 'band', d: band(run, x, y, 'p50Ms', 'p95Ms') }),
        svg('path', { class: 'median', d: line(run, x, y) })]));
  }

  #point(event) {
    const box = this.#svg.getBoundingClientRect();
    const share = ((event.clientX - box.left) / box.width * WIDTH - LEFT) / (WIDTH - LEFT);
    const at = this.#from + share * (this.#to - this.#from);
    const near = this.#points.reduce((best, point) => {
      const distance = Math.abs(Date.parse(point.at) - at);
      return distance < best.distance ? { point, distance } : best;
    }, { point: null, distance: Infinity }).point;
    if (near) {
      const when = tick(Date.parse(near.at), 0);
      say(this.#says, near.samples === 0 ? text.unseenAt(when)
        : text.readout(when, latency(near.p50Ms), latency(near.p95Ms), latency(near.p99Ms),
          near.samples, near.down));
    }
  }
}
customElements.define('ss-chart', Chart);

function outage({ startedAt, endedAt, cause }, x, now) {
  const from = x(Date.parse(startedAt));
  const to = x(endedAt ? Date.parse(endedAt) : now);
  return svg('rect', {
    class: 'outage', x: from, y: TOP, width: Math.max(2, to - from), height: HEIGHT - BOTTOM - TOP,
  }, svg('title', null, cause ?? ''));
}

/** Where there were samples one after the other; a hole stays a hole. */
function runs(points) {
  const found = [[]];
  for (const point of points) {
    if (point.p50Ms === null) {
      found.push([]);
    } else {
      found.at(-1).push(point);
    }
  }
  return found.filter((run) => run.length > 0);
}

const coordinates = (run, x, y, name) =>
  run.map((point) => `${x(Date.parse(point.at)).toFixed(1)} ${y(point[name]).toFixed(1)}`);

function line(run, x, y) {
  const at = coordinates(run, x, y, 'p50Ms');
  return `M${at.join('L')}${at.length === 1 ? 'h2' : ''}`;
}

function band(run, x, y, from, to) {
  const upper = coordinates(run, x, y, to);
  const lower = coordinates(run, x, y, from).reverse();
  return `M${[...upper, ...lower].join('L')}z`;
}

/** The next number above that people count in. */
function nice(ms) {
  const power = 10 ** Math.floor(Math.log10(ms));
  return [1, 2, 4, 6, 8, 10].map((n) => n * power).find((n) => n >= ms);
}

function times(from, to) {
  return [1, 2, 3, 4, 5].map((i) => from + (to - from) * i / 6);
}

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });
const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const month = new Intl.DateTimeFormat(undefined, { month: 'short', year: 'numeric' });
const both = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

function tick(at, length) {
  const format = length === 0 ? both
    : length <= 2 * 86_400_000 ? clock : length <= 200 * 86_400_000 ? day : month;
  return format.format(new Date(at));
}
