import { place } from './board-view.js';
import { el } from './dom.js';
import { IncidentCard } from './incident-card.js';
import { text } from './text.js';

/** What is broken now, since when and why; first what nobody looks after, then the newest. */
export class IncidentList extends HTMLElement {
  #page;
  #cards = new Map();
  #none = el('p', { class: 'soft', hidden: true }, text.noIncidents);
  #list = el('div', { role: 'list' });

  constructor(page) {
    super();
    this.#page = page;
    const heading = el('h2', { id: 'incidents-heading', tabindex: '-1' }, text.incidents);
    this.#list.setAttribute('aria-labelledby', heading.id);
    this.append(heading, this.#none, this.#list);
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
    const { board } = store;
    this.hidden = !board.loaded;
    for (const [id, card] of this.#cards) {
      if (!board.incidents.has(id) && !card.isOpen()) {
        this.#remove(id, card); // one that is being read stays until it is closed
      }
    }
    for (const [id, incident] of board.incidents) {
      if (!this.#cards.has(id)) {
        this.#cards.set(id, new IncidentCard(this.#page, incident));
      }
    }
    for (const [id, card] of this.#cards) {
      card.draw(board.incidents.get(id) ?? null, store);
    }
    place(this.#list, [...this.#cards.values()].sort(byUrgency));
    this.#none.hidden = this.#cards.size > 0;
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

function byUrgency(a, b) {
  return a.rank - b.rank || (a.key < b.key ? 1 : -1); // the keys sort by time
}
