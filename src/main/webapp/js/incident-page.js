import { call, one } from './api.js';
import { EarlierList } from './earlier.js';
import { el, say } from './dom.js';
import { IncidentCard } from './incident-card.js';
import { to } from './route.js';
import { subject } from './subject.js';
import { text } from './text.js';

/** One incident: what happened, what was seen, what people say, and what was before. */
export class IncidentPage extends HTMLElement {
  #page;
  #id;
  #card = null;
  #heading = el('h2', { tabindex: '-1' }, text.incident);
  #fault = el('p', { class: 'soft', role: 'status' }, text.loading);
  #place = el('div', { role: 'list', class: 'cards' });
  #monitor = el('a', null, text.toMonitor);
  #earlier = new EarlierList();

  constructor(page, id) {
    super();
    this.#page = page;
    this.#id = id;
    this.setAttribute('data-page', id);
    this.append(
      el('a', { class: 'back', href: to('incidents') }, text.backToIncidents),
      el('div', { class: 'topline' }, this.#heading, this.#monitor),
      this.#fault, this.#place,
      el('section', { class: 'card' }, el('h3', null, text.earlier), this.#earlier));
    this.#monitor.hidden = true;
    this.#load();
  }

  async #load() {
    try {
      const incident = await call('GET', one('incidents', this.#id));
      this.#card = new IncidentCard(this.#page, incident);
      this.#card.stayOpen();
      this.#place.append(this.#card);
      say(this.#fault, '');
      this.#page.changed();
    } catch (problem) {
      say(this.#fault, problem.message);
    }
  }

  /** Takes an incident event. */
  happened({ incident, entry }) {
    if (incident.id === this.#id) {
      this.#card?.happened(incident, entry);
    }
  }

  resync() {
    this.#card?.resync();
  }

  /** One goes elsewhere. */
  left() {
    this.#page.store.presence.look(null);
  }

  draw(store) {
    const card = this.#card;
    if (!card) {
      return;
    }
    store.presence.look(card.incident.state === 'resolved' ? null : this.#id);
    card.draw(store.board.incidents.get(this.#id) ?? null, store);
    const { monitor } = card.incident;
    this.#monitor.hidden = !monitor;
    say(this.#heading, subject(card.incident, store.board));
    this.#earlier.parentElement.hidden = !monitor; // what was before is asked for by monitor
    if (monitor) {
      this.#monitor.href = to('monitors', monitor);
      const before = store.past.before(monitor);
      this.#earlier.draw(this.#others(before));
    }
  }

  #known = { before: undefined, others: undefined };

  #others(before) {
    if (this.#known.before !== before) {
      this.#known = { before, others: before?.filter(({ id }) => id < this.#id) ?? null };
    }
    return this.#known.others;
  }
}
customElements.define('ss-incident-page', IncidentPage);
