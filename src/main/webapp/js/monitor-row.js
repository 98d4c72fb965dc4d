import { attribute, el, mark, say } from './dom.js';
import { DayBars, uptime } from './day-bars.js';
import { to } from './route.js';
import { Sparkline } from './sparkline.js';
import { text } from './text.js';
import { ago, exact, latency } from './time.js';

/** One monitor on the board; its name leads to its page. It may show another one after a while. */
export class MonitorRow extends HTMLElement {
  #row = null;
  #mark = mark('PENDING');
  #name = el('a', { class: 'name' });
  #hint = el('span', { class: 'hint', hidden: true });
  #muted = el('span', { class: 'chip', hidden: true });
  #days = new DayBars();
  #uptime = el('span', { class: 'uptime' });
  #spark = new Sparkline();
  #latency = el('span', { class: 'latency' });
  #state = el('span', { class: 'state' });
  #since = el('time', { class: 'since' });

  constructor() {
    super();
    this.setAttribute('role', 'listitem');
    this.#days.setAttribute('aria-hidden', 'true'); // the share beside it says it in short
    this.append(
      el('div', { class: 'row' },
        this.#mark,
        el('span', { class: 'who' }, this.#name, this.#hint, this.#muted),
        this.#state, this.#since, this.#days, this.#uptime, this.#spark, this.#latency));
  }

  draw(row, { past }) {
    if (row !== this.#row) {
      this.#row = row;
      this.#drawRow(row);
    }
    say(this.#since, ago(row.since));
    const days = past.days(row.id);
    this.#days.draw(days);
    const share = uptime(days);
    say(this.#uptime, share === null ? '' : text.percent(share));
    this.#spark.draw(past.samples(row.id));
  }

  #drawRow(row) {
    attribute(this, 'data-monitor', row.id);
    attribute(this, 'data-state', row.state);
    attribute(this.#mark, 'data-state', row.state);
    attribute(this.#name, 'href', to('monitors', row.id));
    attribute(this.#name, 'title', row.name);
    say(this.#name, row.name);
    say(this.#state, text.states[row.state] ?? row.state);
    say(this.#latency, latency(row.lastSample?.latencyMs));
    attribute(this.#since, 'datetime', row.since);
    attribute(this.#since, 'title', text.sinceTitle(exact(row.since)));
    const hint = confirming(row.confirming);
    this.#hint.hidden = !hint;
    say(this.#hint, hint);
    this.#muted.hidden = !row.muted;
    say(this.#muted, text.mutes[row.muted] ?? '');
  }

  focus() {
    this.#name.focus();
  }
}
customElements.define('ss-monitor', MonitorRow);

function confirming(found) {
  return found ? text.confirming[found.outcome]?.(found.seen, found.of) ?? '' : '';
}
