import { countStates, SORTS } from './arrange.js';
import { attribute, el, mark, newId, say } from './dom.js';
import { text } from './text.js';

/** What of the board is shown and in which order; kept for the next visit of this tab. */
export class BoardTools extends HTMLElement {
  how = { query: '', state: '', sort: 'group', ...kept() };

  #changed;
  #query;
  #sort;
  #states = new Map();
  #found = el('span', { class: 'soft', role: 'status' });

  constructor(changed) {
    super();
    this.#changed = changed;
    const ids = { query: newId(), sort: newId() };
    this.#query = el('input', {
      id: ids.query, type: 'search', name: 'query', value: this.how.query, autocomplete: 'off',
      spellcheck: 'false', placeholder: text.searchHint, 'aria-keyshortcuts': '/',
      oninput: () => this.#set({ query: this.#query.value }),
      onkeydown: (event) => event.key === 'Escape' && this.#query.value === ''
        && this.#query.blur(),
    });
    this.#sort = el('select', {
      id: ids.sort, name: 'sort', onchange: () => this.#set({ sort: this.#sort.value }),
    }, ...SORTS.map((sort) => el('option', { value: sort }, text.sorts[sort])));
    this.#sort.value = this.how.sort;
    const states = el('div', { class: 'states', role: 'group', 'aria-label': text.counts });
    for (const [state, word] of Object.entries(text.states)) {
      const number = el('strong');
      const press = el('button', {
        type: 'button', 'data-filter': state, 'aria-pressed': 'false', hidden: true,
        onclick: () => this.#set({ state: this.how.state === state ? '' : state }),
      }, mark(state), number, el('span', null, word));
      this.#states.set(state, { press, number });
      states.append(press);
    }
    this.append(
      states,
      el('div', { class: 'finding' },
        el('label', { for: ids.query, class: 'unseen' }, text.search), this.#query,
        el('label', { for: ids.sort, class: 'unseen' }, text.sortBy), this.#sort),
      this.#found);
  }

  search() {
    this.#query.focus();
    this.#query.select();
  }

  sort(by) {
    this.#sort.value = by;
    this.#set({ sort: by });
  }

  #set(change) {
    this.how = { ...this.how, ...change };
    sessionStorage.setItem('board', JSON.stringify(this.how));
    this.#changed();
  }

  draw({ board }, found) {
    const counts = countStates(board);
    for (const [state, { press, number }] of this.#states) {
      const n = counts[state] ?? 0;
      press.hidden = n === 0 && this.how.state !== state;
      say(number, text.number(n));
      attribute(press, 'aria-pressed', String(this.how.state === state));
    }
    const narrowed = this.how.query.trim() !== '' || this.how.state !== '';
    say(this.#found, narrowed ? text.foundOf(found, board.monitors.size) : '');
    this.hidden = board.monitors.size === 0;
  }
}
customElements.define('ss-board-tools', BoardTools);

function kept() {
  try {
    const { query, state, sort } = JSON.parse(sessionStorage.getItem('board') ?? '{}');
    return {
      ...(typeof query === 'string' && { query }),
      ...(state in text.states && { state }),
      ...(SORTS.includes(sort) && { sort }),
    };
  } catch {
    return {};
  }
}
