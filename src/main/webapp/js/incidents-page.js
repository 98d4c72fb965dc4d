import { call } from './api.js';
import { EarlierList } from './earlier.js';
import { attribute, button, el, say } from './dom.js';
import { subject } from './subject.js';
import { text } from './text.js';

const FILTERS = { unresolved: 'open,acknowledged', resolved: 'resolved', all: '' };

/** All incidents, the newest first. */
export class IncidentsPage extends HTMLElement {
  #filter = 'all';
  #items;
  #next = null;
  #asked = 0;
  #news = null;
  #fault = el('p', { class: 'soft', role: 'status' });
  #list = new EarlierList();
  #presses = new Map();
  #more = button('more', text.more, () => this.#read(this.#next));

  constructor() {
    super();
    const filters = el('div', { class: 'ranges', role: 'group', 'aria-label': text.filter });
    for (const name of Object.keys(FILTERS)) {
      const press = el('button', {
        type: 'button', 'data-filter': name, onclick: () => this.#choose(name),
      }, text.incidentFilters[name]);
      this.#presses.set(name, press);
      filters.append(press);
    }
    this.append(
      el('div', { class: 'topline' },
        el('h2', { tabindex: '-1' }, text.screens.incidents), filters),
      el('section', { class: 'card' }, this.#list, this.#fault, this.#more));
    this.#choose(this.#filter);
  }

  #choose(name) {
    this.#filter = name;
    this.#presses.forEach((press, key) => attribute(press, 'aria-pressed', String(key === name)));
    this.#read(null);
  }

  async #read(cursor) {
    const asked = ++this.#asked;
    const query = new URLSearchParams({ limit: '50', from: '2000-01-01T00:00:00.000Z' });
    if (FILTERS[this.#filter] !== '') {
      query.set('state', FILTERS[this.#filter]);
    }
    if (cursor) {
      query.set('cursor', cursor);
    }
    try {
      const { items, next } = await call('GET', `incidents?${query}`);
      if (asked === this.#asked) {
        this.#items = cursor ? [...this.#items, ...items] : items;
        this.#next = next;
        say(this.#fault, '');
      }
    } catch (problem) {
      say(this.#fault, problem.message);
    }
  }

  draw({ board }) {
    const news = board.incidents;
    const key = [...news.values()].map(({ id, state }) => id + state).join();
    if (this.#news !== null && this.#news !== key) {
      this.#read(null);
    }
    this.#news = key;
    this.#more.hidden = this.#next === null;
    if (this.#items) {
      this.#list.draw(this.#items, (incident) => subject(incident, board));
    }
  }
}
customElements.define('ss-incidents-page', IncidentsPage);
