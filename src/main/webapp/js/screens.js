import { IncidentPage } from './incident-page.js';
import { IncidentsPage } from './incidents-page.js';
import { MonitorPage } from './monitor-page.js';
import { SettingsPage } from './settings-page.js';

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

  draw(store) {
    const { board, place } = store;
    this.hidden = place.screen === 'board' || !board.loaded;
    const key = this.hidden ? '' : `${place.screen}/${place.id ?? ''}`;
    if (key !== this.#key) {
      this.#key = key;
      this.#shown?.left?.();
      this.#shown = key === '' ? null : this.#made(place);
      this.replaceChildren(...(this.#shown ? [this.#shown] : []));
      scrollTo(0, 0);
      this.querySelector('h2')?.focus();
    }
    this.#shown?.draw(store);
  }

  #made({ screen, id }) {
    switch (screen) {
      case 'monitors': return id ? new MonitorPage(this.#page, id) : null;
      case 'incidents': return id ? new IncidentPage(this.#page, id) : new IncidentsPage();
      case 'settings': return new SettingsPage(this.#page, id);
      default: return null;
    }
  }
}
customElements.define('ss-screens', Screens);
