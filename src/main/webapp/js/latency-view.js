import { call, one } from './api.js';
import { Chart } from './chart.js';
import { attribute, button, el, say, show } from './dom.js';
import { LivePoints } from './live-points.js';
import { zone } from './past.js';
import { PointsTable } from './points-table.js';
import { text } from './text.js';
import { now } from './time.js';
import { fitted, latest, moved, RANGES, scaled, STEPS } from './time-range.js';

const NAMES = Object.keys(RANGES);
const KNOWN_MS = RANGES['90d'].length;
const KNOWN_INCIDENTS = 50;
const MOST_INCIDENTS = 200;

/** The latency chart of a monitor: one of the ranges up to now, or any window one has chosen. */
export class LatencyView extends HTMLElement {
  #id;
  #range = '30m';
  /** The window that was chosen, or null where it is the range up to now. */
  #chosen = null;
  #chart = new Chart({
    chosen: (from, to) => this.#choose({ from, to }),
    back: () => this.back(),
    fault: () => say(this.#fault, text.unreachable),
  });
  #table = new PointsTable();
  #fault = el('p', { class: 'soft', role: 'status' });
  #presses = new Map();
  #back = button('back', text.chart.back, () => this.back());
  #live = new LivePoints();
  #incidents = [];
  #samples = [];
  #answer = null;
  #askedAt = -Infinity;
  #drawn = {};

  constructor(id) {
    super();
    this.#id = id;
    const ranges = el('div', { class: 'ranges', role: 'group', 'aria-label': text.range });
    for (const name of NAMES) {
      const press = el('button', {
        type: 'button', 'data-range': name, onclick: () => this.#take(name),
      }, text.ranges[name]);
      this.#presses.set(name, press);
      ranges.append(press);
    }
    this.append(el('section', { class: 'card' },
      el('div', { class: 'topline' }, el('h3', null, text.latency), ranges),
      this.#chart,
      el('div', { class: 'ranges', role: 'group', 'aria-label': text.chart.window },
        button('earlier', text.chart.earlier, () => this.#move(-0.5)),
        button('later', text.chart.later, () => this.#move(0.5)),
        button('closer', text.chart.closer, () => this.zoom(-1)),
        button('wider', text.chart.wider, () => this.zoom(1)),
        this.#back,
        el('span', { class: 'soft dragging' }, text.chart.hint)),
      this.#table, this.#fault));
    this.#take(this.#range);
  }

  /** Looks closer or wider: at the next range, or at half or twice the window that was chosen. */
  zoom(by) {
    if (this.#chosen) {
      this.#choose(scaled(this.#chosen, by < 0 ? 0.5 : 2, now()));
      return;
    }
    const name = NAMES[NAMES.indexOf(this.#range) + by];
    if (name) {
      this.#take(name);
    }
  }

  /** Goes back to the range up to now. */
  back() {
    if (this.#chosen) {
      this.#take(this.#range);
    }
  }

  #window() {
    return this.#chosen ?? latest(this.#range, now());
  }

  #move(share) {
    const there = moved(this.#window(), share, now());
    if (share < 0 || this.#chosen) {
      const { length } = RANGES[this.#range];
      const isRange = there.to > now() - 1_000 && Math.abs(there.to - there.from - length) < 1_000;
      if (isRange) {
        this.back();
      } else {
        this.#choose(there);
      }
    }
  }

  #take(name) {
    this.#range = name;
    this.#chosen = null;
    this.#changed();
  }

  #choose(window) {
    this.#chosen = fitted(window, now());
    this.#changed();
  }

  #changed() {
    for (const [range, press] of this.#presses) {
      attribute(press, 'aria-pressed', String(!this.#chosen && range === this.#range));
    }
    show([[this.#back, this.#chosen !== null], [this.#presses.get(this.#range), true]]);
    this.#ask();
    this.#redraw();
  }

  /**
   * @param {Array} incidents of the last 90 days, as far as known
   * @param {Array} samples the last ones
   */
  draw(incidents, samples) {
    this.#live.take(samples);
    if (!this.#chosen && performance.now() - this.#askedAt > RANGES[this.#range].every) {
      this.#ask();
    }
    this.#incidents = incidents;
    this.#samples = samples;
    this.#redraw();
  }

  #redraw() {
    const window = this.#window();
    const pixel = (window.to - window.from) / Math.max(1, this.#chart.pixels);
    const drawn = this.#drawn;
    const [answer, incidents, samples] = [this.#answer, this.#incidents, this.#samples];
    const same = drawn.answer === answer && drawn.incidents === incidents
      && (this.#chosen ? drawn.window === window
        : drawn.samples === samples && ['from', 'to'].every((end) =>
          Math.abs(drawn.window[end] - window[end]) < pixel));
    if (!answer || same || this.#chart.busy) {
      return;
    }
    this.#drawn = { answer, incidents, samples, window };
    const { step } = answer;
    this.#chart.draw({
      points: this.#chosen ? answer.points : this.#live.after(answer.points, step),
      incidents: within(window, [...answer.incidents, ...incidents]),
      window, step, now: now(),
    });
    this.#table.draw(answer.points, step);
  }

  /** Whether what draws this also brings all incidents since then. */
  #knowsAll(since) {
    return now() - since <= KNOWN_MS && !(this.#drawn.incidents?.length >= KNOWN_INCIDENTS);
  }

  async #ask() {
    this.#askedAt = performance.now();
    const chosen = this.#chosen;
    const range = this.#range;
    const { from, to } = this.#window();
    const times = { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
    // where a window was chosen the server knows best how fine it can be told
    const query = new URLSearchParams({
      ...times, tz: zone(), ...(chosen ? {} : { step: RANGES[range].step }),
    });
    const before = new URLSearchParams({ ...times, monitor: this.#id, limit: MOST_INCIDENTS });
    try {
      const [{ points, step }, { items }] = await Promise.all([
        call('GET', `${one('monitors', this.#id)}/history?${query}`),
        this.#knowsAll(from) ? { items: [] } : call('GET', `incidents?${before}`),
      ]);
      if (range === this.#range && chosen === this.#chosen) {
        this.#answer = { points, step: STEPS[step], incidents: items };
        this.#redraw();
        say(this.#fault, points.some(({ samples }) => samples > 0) ? '' : text.noSample);
      }
    } catch (problem) {
      say(this.#fault, problem.message);
    }
  }
}
customElements.define('ss-latency', LatencyView);

/** The incidents in a window, each once, as it was told last. */
function within({ from, to }, incidents) {
  const all = new Map(incidents.map((incident) => [incident.id, incident]));
  return [...all.values()].filter(({ startedAt, endedAt }) =>
    Date.parse(startedAt) < to && (!endedAt || Date.parse(endedAt) > from));
}
