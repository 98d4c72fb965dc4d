import { attribute, say } from './dom.js';
import { svg } from './svg.js';
import { text } from './text.js';

export const DAYS = 90;
const STEP = 4;
const HEIGHT = 22;
/** The taller, the more it matters: a bad day stands out by its height, not by colour alone. */
const HEIGHTS = { none: 2, up: 11, degraded: 16, down: 22 };
const whole = new Intl.DateTimeFormat(undefined, { dateStyle: 'full' });

/** The last 90 days of a monitor, one bar a day, today at the right. */
export class DayBars extends HTMLElement {
  #paths = {};
  #points = false; // nothing was drawn yet
  #title = svg('title');

  constructor() {
    super();
    const bars = Object.keys(HEIGHTS).map((kind) =>
      (this.#paths[kind] = svg('path', { class: `day-${kind}` })));
    this.append(svg('svg', {
      viewBox: `0 0 ${DAYS * STEP} ${HEIGHT}`, width: DAYS * STEP, height: HEIGHT,
      preserveAspectRatio: 'none', role: 'img',
    }, this.#title, ...bars));
    this.addEventListener('pointermove', (event) => this.#point(event));
    this.addEventListener('pointerleave', () => attribute(this, 'title', null));
  }

  /** @param {Array|null|undefined} points of the history, the oldest first */
  draw(points) {
    if (points === this.#points) {
      return;
    }
    this.#points = points;
    const days = padded(points ?? []);
    for (const [kind, path] of Object.entries(this.#paths)) {
      const bars = days.map((day, i) => (kindOf(day) === kind
        ? `M${i * STEP} ${HEIGHT}v-${HEIGHTS[kind]}h3v${HEIGHTS[kind]}z` : ''));
      attribute(path, 'd', bars.join('') || 'M0 0');
    }
    say(this.#title, points ? text.daysTitle(uptime(points), badDays(days)) : text.loading);
  }

  #point(event) {
    const box = this.getBoundingClientRect();
    const i = Math.floor((event.clientX - box.left) / box.width * DAYS);
    const day = this.#points && padded(this.#points)[Math.min(DAYS - 1, Math.max(0, i))];
    const words = day?.samples
      ? text.dayTitle(whole.format(new Date(day.at)), text.percent(day.availability), day.down)
      : text.dayUnseen;
    attribute(this, 'title', words);
  }
}
customElements.define('ss-days', DayBars);

/** The share of the days that were observed, or null. */
export function uptime(points) {
  const seen = (points ?? []).filter((point) => point.availability !== null);
  const samples = seen.reduce((sum, point) => sum + point.samples, 0);
  return samples === 0 ? null
    : seen.reduce((sum, point) => sum + point.availability * point.samples, 0) / samples;
}

function padded(points) {
  const last = points.slice(-DAYS);
  return [...Array(DAYS - last.length).fill(null), ...last];
}

function badDays(days) {
  return days.filter((day) => kindOf(day) === 'down').length;
}

function kindOf(day) {
  if (!day || day.samples === 0) {
    return 'none';
  }
  return day.availability !== null && day.availability < 1 ? 'down'
    : day.degraded > day.samples / 100 ? 'degraded' : 'up';
}
