import { el, mark } from './dom.js';
import { to } from './route.js';
import { text } from './text.js';
import { duration, exact, moment, now } from './time.js';

/** Incidents, each in one line that leads to its page. */
export class EarlierList extends HTMLElement {
  #seen = undefined;

  constructor() {
    super();
    this.append(el('p', { class: 'soft' }, text.loading));
  }

  draw(incidents, name = () => null) {
    if (incidents === this.#seen) {
      return;
    }
    this.#seen = incidents;
    this.replaceChildren(incidents?.length > 0
      ? el('ul', { class: 'earlier' }, ...incidents.map((incident) => line(incident, name)))
      : el('p', { class: 'soft' }, incidents === null ? text.unreachable : text.noEarlier));
  }
}
customElements.define('ss-earlier', EarlierList);

function line(incident, name) {
  const { id, state, startedAt, endedAt, cause } = incident;
  const lasted = duration((endedAt ? Date.parse(endedAt) : now()) - Date.parse(startedAt));
  return el('li', { 'data-incident-line': id },
    mark(state === 'resolved' ? 'UP' : 'DOWN'),
    el('a', { href: to('incidents', id) }, name(incident) ?? moment(startedAt)),
    el('span', null, text.incidentStates[state] ?? state),
    el('time', { class: 'soft', datetime: startedAt, title: exact(startedAt) },
      `${moment(startedAt)} · ${lasted}`),
    el('span', { class: 'cause soft' }, cause));
}
