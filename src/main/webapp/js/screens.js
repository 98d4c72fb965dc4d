import { later } from './later.js';

/** What is shown instead of the board, as the address says; a screen is made when one goes there. */
export class Screens extends HTMLElement {
  #page;
  #shown = null;
  #key = '';

  constructor(page) {
    super();
    this.#page = page;
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
    const made = await this.#made(place);
    if (key === this.#key && made) {
      this.#shown = made;
      this.replaceChildren(made);
      made.draw(this.#page.store);
      scrollTo(0, 0);
      this.querySelector('h2')?.focus();
    }
  }

  async #made({ screen, id }) {
    const page = this.#page;
    const make = (name, how) => later(name, page.notices).then((module) => module && how(module));
    switch (screen) {
      case 'monitors':
        return id ? make('monitorPage', ({ MonitorPage }) => new MonitorPage(page, id)) : null;
      case 'incidents':
        return id ? make('incidentPage', ({ IncidentPage }) => new IncidentPage(page, id))
          : make('incidentsPage', ({ IncidentsPage }) => new IncidentsPage());
      case 'settings':
        return make('settingsPage', ({ SettingsPage }) => new SettingsPage(page, id));
      default: return null;
    }
  }
}
customElements.define('ss-screens', Screens);
