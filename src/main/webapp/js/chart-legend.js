import { pointSpan, span } from './chart-times.js';
import { el, say } from './dom.js';
import { text } from './text.js';
import { latency } from './time.js';

const LATENCIES = { p50: 'p50Ms', p95: 'p95Ms', p99: 'p99Ms' };

/** What is what in a chart, from when to when, and the figures where one points. */
export class ChartLegend extends HTMLElement {
  #when = el('span', { class: 'when' });
  #values = {};
  /** What shows the colour of each part, by its name. */
  keys = {};

  constructor() {
    super();
    const entry = (name) => {
      this.keys[name] = el('i', { class: 'key', 'data-ink': name, 'aria-hidden': 'true' });
      this.#values[name] = el('b');
      return el('span', { class: 'entry', 'data-key': name }, this.keys[name],
        text.chart[name], ' ', this.#values[name]);
    };
    this.append(this.#when,
      el('span', { class: 'entries' }, ...Object.keys(LATENCIES).map(entry),
        entry('down'), entry('incident')));
  }

  /** Of a whole window. */
  window({ from, to }) {
    say(this.#when, span(from, to));
    Object.values(this.#values).forEach((value) => say(value, ''));
  }

  /** Of one point and the incidents at its time. */
  point(point, step, incidents) {
    const when = pointSpan(Date.parse(point.at), step);
    say(this.#when, point.samples > 0 ? when : text.chart.unseen(when));
    for (const [name, field] of Object.entries(LATENCIES)) {
      say(this.#values[name], latency(point[field]));
    }
    say(this.#values.down,
      point.samples > 0 ? text.foundOf(point.down ?? 0, point.samples) : text.noLatency);
    say(this.#values.incident, incidents.map(({ cause }) => cause ?? '').join(' · '));
  }
}
customElements.define('ss-legend', ChartLegend);
