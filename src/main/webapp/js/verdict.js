import { countStates } from './arrange.js';
import { attribute, el, say } from './dom.js';
import { text } from './text.js';

/** The answer to the first question, in one line that is read from afar. */
export class Verdict extends HTMLElement {
  #words = el('p', { class: 'verdict' });

  constructor() {
    super();
    this.append(this.#words);
  }

  draw({ board, stream, place }) {
    this.hidden = !board.loaded || place.screen !== 'board' || board.monitors.size === 0;
    const counts = countStates(board);
    const state = ['DOWN', 'DEGRADED', 'UNKNOWN'].find((s) => counts[s] > 0) ?? 'UP';
    attribute(this, 'data-state', stream.fresh() ? state : 'UNKNOWN');
    say(this.#words, stream.fresh() ? text.verdict(counts) : text.verdictStale);
  }
}
customElements.define('ss-verdict', Verdict);
