import { attribute, button, el, mark, newId, say, show } from './dom.js';
import { later } from './later.js';
import { to } from './route.js';
import { subject } from './subject.js';
import { text } from './text.js';
import { duration, exact, moment, now } from './time.js';

/** One incident: which monitor, why, since when, who looks after it; it opens to its timeline. */
export class IncidentCard extends HTMLElement {
  #page;
  #incident;
  #opened = false;
  #detail = null;
  #listed = true;
  #mark = mark('DOWN');
  #name = el('a', { class: 'monitor' });
  #state = el('span', { class: 'chip' });
  #severity = el('span', { class: 'soft' });
  #cause = el('p', { class: 'cause' });
  #time = el('time');
  #by = el('span');
  #before = el('p', { class: 'soft before' });
  #looking = el('p', { class: 'soft looking' });
  #silence;
  #acknowledge;
  #toggle;

  constructor(page, incident) {
    super();
    this.#page = page;
    this.#incident = incident;
    this.#acknowledge = button('acknowledge', text.acknowledge, () =>
      this.#page.commands.acknowledge(this.#incident));
    this.#silence = button('silence', text.silenceDots, () => this.#askSilence());
    this.#toggle = button('timeline', text.details, () => this.#open(!this.#opened));
    this.#toggle.setAttribute('aria-expanded', 'false');
    this.setAttribute('role', 'listitem');
    this.setAttribute('data-incident', incident.id);
    this.append(
      el('div', { class: 'incident' },
        this.#mark,
        el('div', null,
          el('p', { class: 'title' }, this.#name, this.#state, this.#severity),
          this.#cause,
          el('p', { class: 'soft' }, this.#time, this.#by),
          this.#before, this.#looking),
        el('div', { class: 'actions' }, this.#acknowledge, this.#silence, this.#toggle)));
  }

  /** The incident as it was last heard of. */
  get incident() {
    return this.#incident;
  }

  /** True while its timeline is shown. */
  isOpen() {
    return this.#opened;
  }

  /** @param incident null once it is resolved, or gone */
  draw(incident, { board, session, past, presence }) {
    if (!incident && this.#listed) {
      this.resync(); // it may have ended unseen
    }
    this.#listed = incident !== null;
    this.#incident = incident ?? this.#incident;
    const { monitor, severity, cause } = this.#incident;
    const state = this.#incident.state;
    attribute(this, 'data-incident-state', state);
    attribute(this.#mark, 'data-state', state === 'resolved' ? 'UP' : 'DOWN');
    say(this.#name, subject(this.#incident, board));
    attribute(this.#name, 'href', to('incidents', this.#incident.id));
    say(this.#state, text.incidentStates[state] ?? state);
    say(this.#severity, text.severities[severity] ?? severity);
    say(this.#cause, cause);
    this.#drawTimes(state);
    this.#drawBefore(monitor && past.before(monitor));
    const operates = session.offers('operator');
    show([
      [this.#toggle, true],
      [this.#acknowledge, operates && state === 'open'],
      [this.#silence, operates && state !== 'resolved' && monitor && this.isOpen()],
    ]);
    const { names, more } = presence.others(this.#incident.id);
    say(this.#looking, names.length + more > 0 ? text.looking(names, more) : '');
    this.#detail?.draw({ operates, state, muted: board.monitors.get(monitor)?.muted });
  }

  async #askSilence() {
    const module = await later('silenceForm', this.#page.notices);
    if (module) {
      const form = new module.SilenceForm(this.#page, this.#incident);
      document.body.append(form);
      form.open();
    }
  }

  #drawTimes(state) {
    const { startedAt, endedAt, acknowledgedBy } = this.#incident;
    const lasted = duration((endedAt ? Date.parse(endedAt) : now()) - Date.parse(startedAt));
    const length = endedAt ? text.failedFor(lasted) : text.failingFor(lasted);
    say(this.#time, `${length}, ${text.since(moment(startedAt))}`);
    attribute(this.#time, 'datetime', startedAt);
    attribute(this.#time, 'title', exact(startedAt));
    say(this.#by, state === 'acknowledged' ? ` · ${text.acknowledgedBy(acknowledgedBy)}` : '');
  }

  /** Tells whether it was like this before. */
  #drawBefore(found) {
    const earlier = found?.filter(({ id }) => id < this.#incident.id);
    const last = earlier?.[0];
    say(this.#before, !earlier ? '' : earlier.length === 0 ? text.firstTime
      : text.timesBefore(earlier.length, moment(last.startedAt),
        duration(Date.parse(last.endedAt ?? last.startedAt) - Date.parse(last.startedAt))));
  }

  /** Opens it for good, where it is all that is shown. */
  async stayOpen() {
    await this.#open(true);
    if (this.#detail) {
      this.#toggle.remove();
      this.#detail.showAll();
    }
  }

  async #open(open) {
    this.#opened = open;
    const module = open ? await later('incidentDetail', this.#page.notices) : null;
    if (this.#opened !== open) {
      return; // it was closed meanwhile
    }
    this.#detail?.remove();
    this.#detail = module && this.#made(module);
    this.#opened = this.#detail !== null;
    attribute(this.#toggle, 'aria-expanded', String(this.#opened));
    attribute(this.#toggle, 'aria-controls', this.#opened ? this.#detail.id : null);
    this.#page.changed();
  }

  #made({ IncidentDetail }) {
    const detail = new IncidentDetail(this.#page, this.#incident, (found) => {
      this.#incident = found;
      this.#page.changed();
    });
    detail.id = newId();
    this.append(detail);
    return detail;
  }

  resync() {
    this.#detail?.ask();
  }

  /** Something happened in this incident. */
  happened(incident, entry) {
    this.#incident = incident;
    this.#detail?.happened(incident, entry);
  }
}
customElements.define('ss-incident', IncidentCard);
