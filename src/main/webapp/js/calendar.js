import { call, one } from './api.js';
import { button, el, say } from './dom.js';
import { text } from './text.js';
import { exact, now } from './time.js';

const WEEKS = 6;
const MOST_SHOWN = 3;
const titled = new Intl.DateTimeFormat(undefined, { month: 'long', year: 'numeric' });
const weekday = new Intl.DateTimeFormat(undefined, { weekday: 'short' });
const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });
const whole = new Intl.DateTimeFormat(undefined, { dateStyle: 'full' });

/** A month with the planned work of each day, in the viewer's time zone. */
export class Calendar extends HTMLElement {
  #month = firstOf(new Date(now()));
  #windows = [];
  #asked = 0;
  #title = el('h4', { 'aria-live': 'polite' });
  #days = el('tbody');
  #fault = el('p', { class: 'soft', role: 'status' });

  constructor() {
    super();
    const turn = (name, words, by) => button(name, words, () => this.#turn(by));
    const monday = new Date(2024, 0, 1);
    this.append(
      el('div', { class: 'topline' }, this.#title,
        el('div', { class: 'actions' }, turn('earlier-month', text.previousMonth, -1),
          turn('later-month', text.nextMonth, 1))),
      el('table', { class: 'calendar' },
        el('caption', { class: 'unseen' }, text.calendar),
        el('thead', null, el('tr', null, ...[0, 1, 2, 3, 4, 5, 6].map((i) =>
          el('th', { scope: 'col' }, weekday.format(plusDays(monday, i)))))),
        this.#days),
      this.#fault);
  }

  /** @param {Array} windows the maintenance windows that there are */
  show(windows) {
    this.#windows = windows;
    return this.#read();
  }

  #turn(by) {
    this.#month = new Date(this.#month.getFullYear(), this.#month.getMonth() + by, 1);
    return this.#read();
  }

  async #read() {
    const asked = ++this.#asked;
    const first = plusDays(this.#month, -((this.#month.getDay() + 6) % 7)); // weeks begin on Monday
    const query = new URLSearchParams({
      from: first.toISOString(), to: plusDays(first, 7 * WEEKS).toISOString(),
    });
    say(this.#title, titled.format(this.#month));
    try {
      const found = await Promise.all(this.#windows.map(async ({ id, name }) => {
        const path = `${one('maintenance-windows', id)}/occurrences?${query}`;
        return (await call('GET', path)).occurrences.map((span) => ({ name, ...span }));
      }));
      if (asked === this.#asked) {
        this.#draw(first, found.flat());
        say(this.#fault, '');
      }
    } catch (problem) {
      say(this.#fault, problem.message);
    }
  }

  #draw(first, spans) {
    const today = new Date(now()).toDateString();
    const weeks = Array.from({ length: WEEKS }, (_, week) => el('tr', null,
      ...[0, 1, 2, 3, 4, 5, 6].map((i) => {
        const day = plusDays(first, 7 * week + i);
        const works = within(spans, day);
        return el('td', {
          class: day.getMonth() === this.#month.getMonth() ? null : 'other',
          'aria-current': day.toDateString() === today ? 'date' : null,
        },
        el('time', { datetime: day.toISOString(), title: whole.format(day) }, day.getDate()),
        ...works.slice(0, MOST_SHOWN).map((span) => work(span, day)),
        works.length > MOST_SHOWN
          && el('p', { class: 'soft' }, text.moreWorks(works.length - MOST_SHOWN)));
      })));
    this.#days.replaceChildren(...weeks);
  }
}
customElements.define('ss-calendar', Calendar);

function work({ name, from, to }, day) {
  const begins = new Date(from) >= day;
  return el('p', { class: 'work', title: `${name}: ${exact(from)} – ${exact(to)}` },
    begins && el('span', null, clock.format(new Date(from))), ' ', name);
}

function within(spans, day) {
  const next = plusDays(day, 1);
  return spans.filter(({ from, to }) => new Date(from) < next && new Date(to) > day)
    .sort((a, b) => (a.from < b.from ? -1 : 1));
}

function firstOf(date) {
  return new Date(date.getFullYear(), date.getMonth(), 1);
}

function plusDays(date, n) {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + n);
}
