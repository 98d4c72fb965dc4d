import { el } from './dom.js';
import { text } from './text.js';

const GATHER_MS = 2_000;
const MOST_NAMED = 3;
const TOLD = ['DOWN', 'DEGRADED', 'UP', 'UNKNOWN'];

/** Tells those who listen to the page what changed: few words, at most once in two seconds. */
export class Announcer extends HTMLElement {
  #line = el('p', { role: 'status' });
  #changes = new Map();
  #timer = 0;

  constructor() {
    super();
    this.className = 'unseen';
    this.append(this.#line);
  }

  /** A monitor took a state. Its first one after PENDING is no news unless it is trouble. */
  became(name, from, to) {
    const news = TOLD.includes(to) && !(to === 'UP' && (from === 'PENDING' || from === 'PAUSED'));
    if (news) {
      this.#changes.set(name, to);
      this.#timer ||= setTimeout(() => this.#announce(), GATHER_MS);
    }
  }

  #announce() {
    this.#timer = 0;
    const changes = [...this.#changes];
    this.#changes.clear();
    if (changes.length <= MOST_NAMED) {
      this.#line.textContent = changes
        .map(([name, state]) => text.became(name, text.states[state]))
        .join(' ');
      return;
    }
    const words = TOLD.map((state) => [state, changes.filter(([, to]) => to === state).length])
      .filter(([, n]) => n > 0)
      .map(([state, n]) => text.becameCount(n, text.states[state]))
      .join(', ');
    this.#line.textContent = text.becameMany(changes.length, words);
  }
}
customElements.define('ss-announcer', Announcer);
