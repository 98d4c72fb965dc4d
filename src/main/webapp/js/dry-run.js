import { el, newId, once } from './dom.js';
import { recipientsView } from './recipients.js';
import { text } from './text.js';

/**
 * Tries a route that is being written on a monitor: who would be told of its incident. Those that
 * have one stand first.
 */
export class DryRun extends HTMLElement {
  #page;
  #route;
  #fail;
  #monitor;
  #try = el('button', { type: 'button', 'data-action': 'try' }, text.tryIt);
  #answer = el('div', { role: 'status' });

  /**
   * @param page
   * @param {function(): Object} route reads what is written
   * @param {function(Error)} fail shows what is wrong with it
   */
  constructor(page, route, fail) {
    super();
    this.#page = page;
    this.#route = route;
    this.#fail = fail;
    const rows = [...page.store.board.monitors.values()]
      .sort((a, b) => (a.incident === null) - (b.incident === null) || (a.name < b.name ? -1 : 1));
    const id = newId();
    this.#monitor = el('select', { id }, ...rows.map((row) =>
      el('option', { value: row.id }, row.incident ? text.withIncident(row.name) : row.name)));
    this.#try.addEventListener('click', () => once(this.#try, () => this.#ask()));
    this.hidden = rows.length === 0;
    this.append(
      el('label', { for: id }, text.dryRun),
      el('div', { class: 'trying' }, this.#monitor, this.#try), this.#answer);
  }

  async #ask() {
    const { commands, store } = this.#page;
    this.#answer.replaceChildren();
    try {
      const answer = await commands.recipients(this.#monitor.value, this.#route());
      const row = store.board.monitors.get(this.#monitor.value);
      if (answer && row) {
        this.#answer.replaceChildren(recipientsView(answer, row.name, row.muted));
      }
    } catch (problem) {
      this.#fail(problem);
    }
  }
}
customElements.define('ss-dry-run', DryRun);
