import { dialog } from './dialogs.js';
import { el, once } from './dom.js';
import { field, showErrors } from './fields.js';
import { forget, keep, kept } from './kept.js';
import { text } from './text.js';
import { now } from './time.js';

const HOUR_MS = 3_600_000;
const LENGTHS = { '30m': 0.5, '1h': 1, '2h': 2, '8h': 8, '24h': 24, '72h': 72 };

/** Silences what an incident is about, for a while: its monitor, or its whole group. */
export class SilenceForm extends HTMLElement {
  #page;
  #incident;
  #group;
  #box;
  #form;
  #fault = el('p', { class: 'fault', role: 'alert' });
  #submit = el('button', { class: 'primary', 'data-action': 'store' }, text.silence);

  constructor(page, incident) {
    super();
    this.#page = page;
    this.#incident = incident;
    const row = page.store.board.monitors.get(incident.monitor);
    this.#group = row?.group ?? null;
    const options = (words) => Object.entries(words).map(([value, word]) =>
      el('option', { value }, word));
    this.#form = el('form', {
      novalidate: true, onsubmit: (event) => {
        event.preventDefault();
        once(this.#submit, () => this.#store());
      },
      oninput: () => keep(this.#name, Object.fromEntries(new FormData(this.#form))),
    },
    this.#fault,
    field('matchers', text.silenceWhat, el('select', { name: 'what' }, ...options({
      monitor: text.silenceMonitor(row?.name ?? incident.monitor),
      ...(this.#group && { group: text.silenceGroup(this.#group) }),
    }))),
    field('endsAt', text.silenceFor, el('select', { name: 'lasts' }, ...options(text.lengths))),
    field('comment', text.settings.silences.fields.comment,
      el('input', { name: 'comment', type: 'text', maxlength: '2000' })),
    el('div', { class: 'actions' },
      el('button', { type: 'button', onclick: () => this.#box.close() }, text.cancel),
      this.#submit));
    this.#box = dialog('silence-form', text.silenceTitle, this.#form);
    this.#box.addEventListener('close', () => this.remove());
    this.append(this.#box);
  }

  get #name() {
    return `silence-${this.#incident.id}`;
  }

  open() {
    for (const [name, value] of Object.entries({ lasts: '1h', ...kept(this.#name) })) {
      this.#form.elements[name].value = value;
    }
    this.#box.showModal();
  }

  async #store() {
    const { what, lasts, comment } = Object.fromEntries(new FormData(this.#form));
    const { commands } = this.#page;
    const value = what === 'group' ? this.#group : this.#incident.monitor;
    this.#fault.textContent = '';
    try {
      const done = await commands.silence({
        matchers: [{ name: what, op: '=', value }],
        endsAt: new Date(now() + LENGTHS[lasts] * HOUR_MS).toISOString(),
        comment,
      });
      if (done) {
        forget(this.#name);
        this.#box.close();
        this.#page.notices.tell(text.silenced(text.lengths[lasts]));
      }
    } catch (problem) {
      this.#fault.textContent = problem.errors.length > 0
        ? showErrors(this.#form, problem.errors).join(' ') : problem.message;
    }
  }
}
customElements.define('ss-silence-form', SilenceForm);
