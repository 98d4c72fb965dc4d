const WAIT_MS = 120;

/**
 * What is asked of the server only when it is looked at. At most so many at once, the newest wish
 * first; a wish that was pushed out comes back with the next drawing, if it is still looked at.
 */
export class Lazy {
  #load;
  #changed;
  #most;
  #atOnce;
  #freshMs;
  #known = new Map();
  #wanted = new Set();
  #asking = 0;
  #timer = 0;

  /**
   * @param {function(string): Promise} load
   * @param {function()} changed called when an answer is there
   * @param {{most: number, atOnce: number, freshMs: number}} [limits]
   */
  constructor(load, changed, { most = 500, atOnce = 3, freshMs = 300_000 } = {}) {
    this.#load = load;
    this.#changed = changed;
    this.#most = most;
    this.#atOnce = atOnce;
    this.#freshMs = freshMs;
  }

  /** What is known, maybe of a while ago; null where it could not be read, undefined as yet. */
  get(key) {
    const found = this.#known.get(key);
    if (!found || performance.now() - found.at > this.#freshMs) {
      this.#want(key);
    }
    return found?.value;
  }

  /** It has changed. */
  forget(key) {
    const found = this.#known.get(key);
    if (found) {
      found.at = -Infinity;
    }
  }

  #want(key) {
    this.#wanted.delete(key);
    this.#wanted.add(key);
    if (this.#wanted.size > 60) {
      this.#wanted.delete(this.#wanted.values().next().value);
    }
    this.#timer ||= setTimeout(() => this.#next(), WAIT_MS);
  }

  #next() {
    this.#timer = 0;
    while (this.#asking < this.#atOnce && this.#wanted.size > 0) {
      const key = [...this.#wanted].pop();
      this.#wanted.delete(key);
      this.#ask(key);
    }
  }

  async #ask(key) {
    this.#asking++;
    const old = this.#known.get(key);
    this.#known.set(key, { at: performance.now(), value: old?.value });
    let value = null;
    try {
      value = await this.#load(key);
    } catch {
      value = old?.value ?? null;
    }
    this.#known.delete(key);
    this.#known.set(key, { at: performance.now(), value });
    if (this.#known.size > this.#most) {
      this.#known.delete(this.#known.keys().next().value);
    }
    this.#asking--;
    this.#changed();
    this.#next();
  }
}
