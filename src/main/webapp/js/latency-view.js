import { call, one } from './api.js';
import { Chart } from './chart.js';
import { attribute, el, say } from './dom.js';
import { zone } from './past.js';
import { text } from './text.js';
import { now } from './time.js';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** How far back one looks, with the step that gives enough points, and how often to look again. */
const RANGES = {
  '30m': { length: 30 * MINUTE_MS, step: '1m', every: 15_000 },
  '6h': { length: 6 * 60 * MINUTE_MS, step: '1m', every: 60_000 },
  '24h': { length: DAY_MS, step: '5m', every: 60_000 },
  '7d': { length: 7 * DAY_MS, step: '1h', every: 300_000 },
  '30d': { length: 30 * DAY_MS, step: '1h', every: 300_000 },
  '90d': { length: 90 * DAY_MS, step: '1d', every: 300_000 },
  '2y': { length: 730 * DAY_MS, step: '1d', every: 300_000 },
};

/** The latency chart of a monitor with its ranges. */
export class LatencyView extends HTMLElement {
  #id;
  #range = '30m';
  #chart = new Chart();
  #fault = el('p', { class: 'soft', role: 'status' });
  #presses = new Map();
  #points = null;
  #askedAt = -Infinity;
  #window = null;
  #drawn = null;

  constructor(id) {
    super();
    this.#id = id;
    const ranges = el('div', { class: 'ranges', role: 'group', 'aria-label': text.range });
    for (const name of Object.keys(RANGES)) {
      const press = el('button', {
        type: 'button', 'data-range': name, onclick: () => this.#choose(name),
      }, text.ranges[name]);
      this.#presses.set(name, press);
      ranges.append(press);
    }
    this.append(el('section', { class: 'card' },
      el('div', { class: 'topline' }, el('h3', null, text.latency), ranges),
      this.#chart, this.#fault));
    this.#choose(this.#range);
  }

  /** Chooses the next longer range, or the next shorter one. */
  zoom(by) {
    const names = Object.keys(RANGES);
    const name = names[names.indexOf(this.#range) + by];
    if (name) {
      this.#choose(name);
    }
  }

  #choose(name) {
    this.#range = name;
    for (const [range, press] of this.#presses) {
      attribute(press, 'aria-pressed', String(range === name));
    }
    this.#askedAt = -Infinity;
    this.#ask();
  }

  /** @param {Array} incidents to mark */
  draw(incidents) {
    if (performance.now() - this.#askedAt > RANGES[this.#range].every) {
      this.#ask();
    }
    const drawn = this.#drawn;
    if (this.#points && (drawn?.points !== this.#points || drawn?.incidents !== incidents)) {
      this.#drawn = { points: this.#points, incidents };
      this.#chart.draw(this.#points, incidents.filter(this.#within), this.#window);
    }
  }

  #within = ({ startedAt, endedAt }) =>
    Date.parse(startedAt) < this.#window.to
    && (!endedAt || Date.parse(endedAt) > this.#window.from);

  async #ask() {
    this.#askedAt = performance.now();
    const range = this.#range;
    const { length, step } = RANGES[range];
    const to = now();
    const query = new URLSearchParams({
      from: new Date(to - length).toISOString(), to: new Date(to).toISOString(), step, tz: zone(),
    });
    try {
      const { points } = await call('GET', `${one('monitors', this.#id)}/history?${query}`);
      if (range === this.#range) {
        this.#window = { from: to - length, to, now: to };
        this.#points = points;
        say(this.#fault, points.some(({ samples }) => samples > 0) ? '' : text.noSample);
      }
    } catch (problem) {
      say(this.#fault, problem.message);
    }
  }
}
customElements.define('ss-latency', LatencyView);
