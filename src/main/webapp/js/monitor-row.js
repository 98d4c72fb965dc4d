import { attribute, el, mark, newId, say } from './dom.js';
import { MonitorPanel } from './monitor-panel.js';
import { text } from './text.js';
import { ago, exact, latency } from './time.js';

/** One monitor on the board; its name opens what can be known and done. */
export class MonitorRow extends HTMLElement {
  #page;
  #row = null;
  #mark = mark('PENDING');
  #name;
  #hint = el('span', { class: 'hint', hidden: true });
  #muted = el('span', { class: 'chip', hidden: true });
  #latency = el('span', { class: 'latency' });
  #state = el('span', { class: 'state' });
  #since = el('time', { class: 'since' });
  #panel = null;

  /** @param page what the panel needs: session, commands, confirm */
  constructor(page) {
    super();
    this.#page = page;
    this.#name = el('button', {
      type: 'button', class: 'name', 'aria-expanded': 'false', onclick: () => this.toggle(),
    });
    this.setAttribute('role', 'listitem');
    this.append(
      el('div', { class: 'row' },
        this.#mark,
        el('span', { class: 'who' }, this.#name, this.#hint, this.#muted),
        this.#latency, this.#state, this.#since));
  }

  /** The row that is shown. */
  get row() {
    return this.#row;
  }

  draw(row, store) {
    if (row !== this.#row) {
      this.#row = row;
      this.#drawRow(row);
    }
    say(this.#since, ago(row.since));
    this.#panel?.draw(row, store);
  }

  #drawRow(row) {
    attribute(this, 'data-monitor', row.id);
    attribute(this, 'data-state', row.state);
    attribute(this.#mark, 'data-state', row.state);
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

  /** Opens or closes the panel. */
  toggle(open = !this.#panel) {
    if (open && !this.#panel) {
      this.#panel = new MonitorPanel(this.#page);
      this.#panel.id = newId();
      this.append(this.#panel);
      attribute(this.#name, 'aria-controls', this.#panel.id);
      this.#page.changed();
    } else if (!open) {
      this.#panel?.remove();
      this.#panel = null;
      attribute(this.#name, 'aria-controls', null);
    }
    attribute(this.#name, 'aria-expanded', String(open));
  }

  focus() {
    this.#name.focus();
  }
}
customElements.define('ss-monitor', MonitorRow);

function confirming(found) {
  return found ? text.confirming[found.outcome]?.(found.seen, found.of) ?? '' : '';
}
