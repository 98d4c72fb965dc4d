import { pointSpan } from './chart-times.js';
import { el } from './dom.js';
import { text } from './text.js';
import { latency } from './time.js';

/** The points of a history as a table, the newest first, for who opens it. */
export class PointsTable extends HTMLElement {
  #box;
  #rows = el('tbody');
  #points = [];
  #step = 0;

  constructor() {
    super();
    const { when, p50, p95, p99, checks, down } = text.chart;
    const heads = [when, p50, p95, p99, checks, down];
    this.#box = el('details', { class: 'figures', ontoggle: () => this.#fill() },
      el('summary', { class: 'soft' }, text.chart.table),
      el('div', { class: 'scroll', role: 'region', tabindex: '0', 'aria-label': text.chart.table },
        el('table', null,
          el('thead', null, el('tr', null, ...heads.map((words) =>
            el('th', { scope: 'col' }, words)))),
          this.#rows)));
    this.append(this.#box);
  }

  /** @param {Array} points of the history; a new array whenever they are others */
  draw(points, step) {
    if (points !== this.#points) {
      this.#points = points;
      this.#step = step;
      this.#fill();
    }
  }

  #fill() {
    if (this.#box.open) {
      this.#rows.replaceChildren(...this.#points.filter(({ samples }) => samples > 0)
        .map((point) => row(point, this.#step)).reverse());
    }
  }
}
customElements.define('ss-points', PointsTable);

function row({ at, p50Ms, p95Ms, p99Ms, samples, down }, step) {
  const cells = [latency(p50Ms), latency(p95Ms), latency(p99Ms), text.number(samples),
    text.number(down)];
  return el('tr', null,
    el('th', { scope: 'row' }, pointSpan(Date.parse(at), step)),
    ...cells.map((words) => el('td', null, words)));
}
