import { place } from './route.js';

const HIDDEN_EVERY_MS = 1_000;

/**
 * Everything the page shows: the board, the stream's condition, who is signed in. Whoever changes
 * a part of it says so, and once per animation frame every view draws what there is then.
 */
export class Store {
  board;
  stream;
  session;
  past;
  presence;
  alarm;
  /** Where one is. */
  place = place();

  #views = [];
  #hiddenViews = [];
  #frame = 0;
  #timer = 0;

  constructor(parts) {
    Object.assign(this, parts);
    document.addEventListener('visibilitychange', () => this.changed());
    addEventListener('hashchange', () => {
      this.place = place();
      this.changed();
    });
    setInterval(() => this.changed(), 1_000); // ages are shown in seconds
  }

  /**
   * Draws with a view from now on.
   *
   * @param {function(Store)} view
   * @param {{hidden: boolean}} [when] whether it is seen of a hidden tab too, such as the title
   */
  draw(view, { hidden = false } = {}) {
    this.#views.push(view);
    if (hidden) {
      this.#hiddenViews.push(view);
    }
    this.changed();
  }

  /** Something changed. */
  changed() {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#views.forEach((view) => view(this));
    });
    if (document.hidden) { // where there are no animation frames
      this.#timer ||= setTimeout(() => {
        this.#timer = 0;
        this.#hiddenViews.forEach((view) => view(this));
      }, HIDDEN_EVERY_MS);
    }
  }
}
