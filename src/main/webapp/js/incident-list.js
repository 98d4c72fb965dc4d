import { el, place, say } from './dom.js';
import { IncidentCard } from './incident-card.js';
import { to } from './route.js';
import { text } from './text.js';

const MOST = 8; // more than that are no list but an outage, whose extent the board shows

/** What is broken now, since when and why; first what nobody looks after, then the newest. */
export class IncidentList extends HTMLElement {
  #page;
  #cards = new Map();
  #list = el('div', { role: 'list', class: 'cards' });
  #more = el('a', { href: to('incidents'), hidden: true });

  constructor(page) {
    super();
    this.#page = page;
    const heading = el('h2', { id: 'incidents-heading', tabindex: '-1' }, text.incidents);
    this.#list.setAttribute('aria-labelledby', heading.id);
    this.append(heading, this.#list, this.#more);
  }

  /** Takes an incident event, for the timeline of a card that is open. */
  happened({ incident, entry }) {
    this.#cards.get(incident.id)?.happened(incident, entry);
  }

  /** The board was read anew, so that events may have been missed. */
  resync() {
    this.#cards.forEach((card) => card.resync());
  }

  draw(store) {
    const { board, place: { screen } } = store;
    const none = board.incidents.size + this.#cards.size === 0;
    this.hidden = !board.loaded || screen !== 'board' || none;
    if (screen !== 'board') {
      return;
    }
    for (const [id, card] of this.#cards) {
      if (!board.incidents.has(id) && !card.isOpen()) {
        this.#remove(id, card); // one that is being read stays until it is closed
      }
    }
    const urgent = [...board.incidents.values()].sort(byUrgency).slice(0, MOST);
    const shown = new Set(urgent.map(({ id }) => id));
    for (const incident of urgent) {
      if (!this.#cards.has(incident.id)) {
        this.#cards.set(incident.id, new IncidentCard(this.#page, incident));
      }
    }
    for (const [id, card] of this.#cards) {
      if (shown.has(id) || card.isOpen()) {
        card.draw(board.incidents.get(id) ?? null, store);
      } else {
        this.#remove(id, card);
      }
    }
    place(this.#list, [...this.#cards.values()].sort((a, b) => byUrgency(a.incident, b.incident)));
    const more = board.incidents.size - urgent.length;
    this.#more.hidden = more === 0;
    say(this.#more, text.moreIncidents(more));
  }

  #remove(id, card) {
    if (card.contains(document.activeElement)) {
      this.querySelector('h2').focus();
    }
    card.remove();
    this.#cards.delete(id);
  }
}
customElements.define('ss-incidents', IncidentList);

const STATES = ['open', 'acknowledged', 'resolved'];

function byUrgency(a, b) {
  return STATES.indexOf(a.state) - STATES.indexOf(b.state) || (a.id < b.id ? 1 : -1); // by time
}
