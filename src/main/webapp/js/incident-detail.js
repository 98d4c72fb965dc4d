import { call, one } from './api.js';
import { button, el, newId, show } from './dom.js';
import { forget, keep, kept } from './kept.js';
import { recipientsView } from './recipients.js';
import { evidenceView } from './sample-view.js';
import { subject } from './subject.js';
import { text } from './text.js';
import { exact, moment } from './time.js';

/** What happened in an incident, what the failing check saw, and what people say about it. */
export class IncidentDetail extends HTMLElement {
  #found;
  #incident;
  #asking = false;
  #again = false;
  #seen = new Set();
  #timeline = el('ol', { class: 'timeline', 'aria-label': text.timeline },
    el('li', { class: 'soft' }, text.loading));
  #evidence = el('div');
  #told = el('div', { role: 'status' });
  #page;
  #muted = null;
  #wide = false;
  #words;
  #buttons;
  #form;

  /** @param {function(Object)} found gets the incident as it is read */
  constructor(page, incident, found) {
    super();
    this.#page = page;
    this.#incident = incident;
    this.#found = found;
    const id = newId();
    this.#words = el('textarea', { id, rows: '2', maxlength: '10000', name: 'comment' });
    const name = `comment-${incident.id}`; // what is being written survives a reload
    this.#words.value = kept(name) ?? '';
    this.#words.addEventListener('input', () => keep(name, this.#words.value));
    this.#buttons = {
      comment: button('comment', text.comment, () =>
        this.#say((words) => words && page.commands.comment(this.#incident, words))),
      acknowledge: button('acknowledge-with', text.acknowledgeWith, () =>
        this.#say((words) => page.commands.acknowledge(this.#incident, words))),
      unacknowledge: button('unacknowledge', text.unacknowledge, () =>
        page.commands.unacknowledge(this.#incident)),
      recipients: button('recipients', text.whoIsTold, () => this.#dryRun()),
    };
    this.#form = el('form', { class: 'say', onsubmit: (event) => event.preventDefault() },
      el('label', { for: id }, text.commentLabel), this.#words,
      el('div', { class: 'actions' }, ...Object.values(this.#buttons)));
    this.append(this.#timeline, this.#form, this.#told, this.#evidence);
    this.ask();
  }

  /** Shows at once what else is shown when it is asked for. */
  showAll() {
    this.#wide = true;
  }

  /** Who the routes, as they are now, would tell of this. */
  async #dryRun() {
    const { commands, notices, store } = this.#page;
    try {
      const answer = await commands.recipients(this.#incident.monitor);
      if (answer) {
        const name = subject(this.#incident, store.board);
        this.#told.replaceChildren(recipientsView(answer, name, this.#muted));
      }
    } catch (problem) {
      notices.fault(problem.message);
    }
  }

  async #say(send) {
    if (await send(this.#words.value.trim())) {
      this.#words.value = '';
      forget(`comment-${this.#incident.id}`);
    }
  }

  draw({ operates, state, muted }) {
    this.#form.hidden = !operates;
    this.#muted = muted;
    const { comment, acknowledge, unacknowledge, recipients } = this.#buttons;
    show([
      [comment, true],
      [acknowledge, state === 'open'],
      [unacknowledge, state === 'acknowledged'],
      [recipients, this.#incident.monitor && state !== 'resolved'],
    ]);
  }

  /** Adds what has just happened. */
  happened(incident, entry) {
    this.#incident = incident;
    if (this.#asking) {
      this.#again = true; // the answer may be older than the entry
    } else {
      this.#add(entry);
    }
  }

  /** Reads all of it. */
  async ask() {
    if (this.#asking) {
      this.#again = true;
      return;
    }
    this.#asking = true;
    try {
      do {
        this.#again = false;
        this.#show(await call('GET', one('incidents', this.#incident.id)));
      } while (this.#again);
    } catch (problem) {
      this.#timeline.replaceChildren(el('li', { class: 'soft' }, problem.message));
    } finally {
      this.#asking = false;
    }
  }

  #show(incident) {
    const { timeline, evidence, suppressed } = incident;
    this.#found(incident);
    this.#timeline.replaceChildren();
    this.#seen.clear();
    timeline.forEach((entry) => this.#add(entry));
    const seen = evidence && evidenceView(evidence);
    this.#evidence.replaceChildren(
      el('p', { hidden: suppressed.length === 0 }, `${text.alsoDown}: ${suppressed.join(', ')}`),
      el('details', { hidden: !seen, open: this.#wide }, el('summary', null, text.evidence), seen));
  }

  #add(entry) {
    const key = JSON.stringify([entry.at, entry.type, entry.actor, entry.text]);
    if (this.#seen.has(key)) {
      return;
    }
    this.#seen.add(key);
    const { at, type, actor, text: words } = entry;
    this.#timeline.append(el('li', { 'data-entry': type },
      el('time', { class: 'soft', datetime: at, title: exact(at) }, moment(at)),
      el('strong', null, text.entries[type] ?? type),
      actor && el('span', { class: 'soft' }, text.by(actor)),
      words && el('p', { class: 'words' }, words)));
  }
}
customElements.define('ss-incident-detail', IncidentDetail);
