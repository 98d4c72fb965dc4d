import { el, mark, say } from './dom.js';
import { text } from './text.js';

/** The top of the page: what it is, how many are in which state, how fresh, and who looks. */
export class PageHeader extends HTMLElement {
  #counts = new Map();
  #user = el('span', { class: 'soft', 'data-user': '' });
  #signIn;
  #signOut;
  #add;
  #freshness;

  /** @param {{freshness: HTMLElement, signIn, signOut, add: function()}} parts */
  constructor({ freshness, signIn, signOut, add }) {
    super();
    this.#freshness = freshness;
    const press = (id, words, onclick) => el('button', { type: 'button', id, onclick }, words);
    this.#add = press('add-monitor', text.addMonitor, add);
    this.#signIn = press('sign-in', text.signIn, signIn);
    this.#signOut = press('sign-out', text.signOut, signOut);
    this.#add.classList.add('primary');
    const counts = el('ul', { class: 'counts', 'aria-label': text.counts });
    for (const [state, word] of Object.entries(text.states)) {
      const number = el('strong');
      const item = el('li', { 'data-state': state, hidden: true }, mark(state), number, ` ${word}`);
      this.#counts.set(state, { item, number });
      counts.append(item);
    }
    this.append(
      el('header', { role: 'banner' },
        el('h1', null, el('img', { src: 'favicon.svg', alt: '', width: 28, height: 28 }),
          text.product),
        freshness,
        el('div', { class: 'actions' }, this.#user, this.#signIn, this.#signOut, this.#add),
        counts),
    );
  }

  draw(store) {
    const { board, session } = store;
    const counts = countStates(board);
    for (const [state, { item, number }] of this.#counts) {
      const n = counts[state] ?? 0;
      item.hidden = n === 0;
      say(number, String(n));
    }
    const { user, role } = session;
    this.#user.hidden = user === null;
    say(this.#user, user ? text.signedInAs(user, role) : '');
    this.#signIn.hidden = user !== null;
    this.#signOut.hidden = user === null;
    this.#add.hidden = !session.offers('admin');
    this.#freshness.draw(store);
  }
}
customElements.define('ss-header', PageHeader);

/** How many monitors are in each state that one is in. */
function countStates(board) {
  const counts = {};
  for (const { state } of board.monitors.values()) {
    counts[state] = (counts[state] ?? 0) + 1;
  }
  return counts;
}

/** The title tells the worst of it, where the tab is all that one sees. */
export function drawTitle({ board, stream }) {
  const down = countStates(board).DOWN ?? 0;
  const title = down > 0 ? text.title(down) : text.product;
  document.title = board.loaded && !stream.fresh() ? text.titleNotLive : title;
}
