import { text } from './text.js';

const SOON_MS = 4_000;
/** Read when one goes there, so that the board is there the sooner. */
const MODULES = {
  monitor: () => import('./monitor-page.js'),
  incident: () => import('./incident-page.js'),
  incidents: () => import('./incidents-page.js'),
  settings: () => import('./settings-page.js'),
};

/** What is shown instead of the board, as the address says; a screen is made when one goes there. */
export class Screens extends HTMLElement {
  #page;
  #shown = null;
  #key = '';

  constructor(page) {
    super();
    this.#page = page;
    setTimeout(() => { // so that they are here when the server is not
      Object.values(MODULES).forEach((load) => load().catch(() => {}));
    }, SOON_MS);
  }

  happened(data) {
    this.#shown?.happened?.(data);
  }

  resync() {
    this.#shown?.resync?.();
  }

  zoom(by) {
    this.#shown?.zoom?.(by);
  }

  back() {
    this.#shown?.back?.();
  }

  draw(store) {
    const { board, place } = store;
    this.hidden = place.screen === 'board' || !board.loaded;
    const key = this.hidden ? '' : `${place.screen}/${place.id ?? ''}`;
    if (key !== this.#key) {
      this.#key = key;
      this.#shown?.left?.();
      this.#shown = null;
      this.replaceChildren();
      if (key !== '') {
        this.#open(key, place);
      }
    }
    this.#shown?.draw(store);
  }

  async #open(key, place) {
    let made = null;
    try {
      made = await this.#made(place);
    } catch {
      this.#page.notices.fault(text.unreachable);
    }
    if (key === this.#key && made) {
      this.#shown = made;
      this.replaceChildren(made);
      made.draw(this.#page.store);
      scrollTo(0, 0);
      this.querySelector('h2')?.focus();
    }
  }

  async #made({ screen, id }) {
    switch (screen) {
      case 'monitors':
        return id ? new (await MODULES.monitor()).MonitorPage(this.#page, id) : null;
      case 'incidents':
        return id ? new (await MODULES.incident()).IncidentPage(this.#page, id)
          : new (await MODULES.incidents()).IncidentsPage();
      case 'settings': return new (await MODULES.settings()).SettingsPage(this.#page, id);
      default: return null;
    }
  }
}
customElements.define('ss-screens', Screens);
