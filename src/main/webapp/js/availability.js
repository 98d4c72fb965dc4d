import { call, one } from './api.js';
import { el } from './dom.js';
import { text } from './text.js';
import { duration, now } from './time.js';

const DAY_MS = 86_400_000;
const WINDOWS = { '24h': 1, '7d': 7, '30d': 30, '90d': 90 };

/** How available a monitor was, and how much of the time that was seen at all. */
export class Availability extends HTMLElement {
  constructor(id) {
    super();
    for (const [name, days] of Object.entries(WINDOWS)) {
      const card = el('section', { class: 'card figure' }, el('h3', null, text.ranges[name]),
        el('p', { class: 'soft' }, text.loading));
      this.append(card);
      this.#fill(card, id, days);
    }
  }

  async #fill(card, id, days) {
    const to = now();
    const query = new URLSearchParams({
      from: new Date(to - days * DAY_MS).toISOString(), to: new Date(to).toISOString(),
    });
    try {
      const found = await call('GET', `${one('monitors', id)}/availability?${query}`);
      const share = found.availability;
      card.lastElementChild.replaceWith(
        el('p', { class: 'big' }, share === null ? text.unobserved : text.percent(share)),
        el('p', { class: 'soft' }, text.downFor(duration(found.downtimeMs), found.incidents)),
        el('p', { class: 'soft' }, text.coverage(text.percent(found.coverage))));
    } catch (problem) {
      card.lastElementChild.replaceWith(el('p', { class: 'soft' }, problem.message));
    }
  }
}
customElements.define('ss-availability', Availability);
