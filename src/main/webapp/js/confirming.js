import { call, one } from './api.js';

const AT_ONCE = 4;
const MOST_WAITING = 40;

/**
 * Asks how far a change has been confirmed, because `samples` events do not say. During an outage
 * of many, most are not asked about: they are down before it would be answered.
 */
export class Confirmations {
  #board;
  #changed;
  #waiting = new Set();
  #asking = 0;

  constructor(board, changed) {
    this.#board = board;
    this.#changed = changed;
  }

  /** Looks at new samples, once they are on the board. */
  sampled(samples) {
    for (const { monitor, outcome } of samples) {
      const row = this.#board.monitors.get(monitor);
      const news = outcome !== 'UNKNOWN' && outcome !== row?.state && row?.state !== 'PAUSED';
      if (row && news && this.#waiting.size < MOST_WAITING) {
        this.#waiting.add(monitor);
      }
    }
    while (this.#asking < AT_ONCE && this.#waiting.size > 0) {
      this.#ask();
    }
  }

  async #ask() {
    const [id] = this.#waiting;
    this.#waiting.delete(id);
    this.#asking++;
    try {
      const { state } = await call('GET', one('monitors', id));
      this.#board.confirm(id, state);
      this.#changed();
    } catch {
      // the next sample asks again
    } finally {
      this.#asking--;
      this.sampled([]);
    }
  }
}
