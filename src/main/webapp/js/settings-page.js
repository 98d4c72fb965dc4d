import { call } from './api.js';
import { BulkView } from './bulk-view.js';
import { CollectionView } from './collection-view.js';
import { attribute, el } from './dom.js';
import { to } from './route.js';
import { audit } from './settings/audit.js';
import { channels } from './settings/channels.js';
import { maintenance } from './settings/maintenance.js';
import { notifications } from './settings/notifications.js';
import { pages } from './settings/pages.js';
import { routes } from './settings/routes.js';
import { silences } from './settings/silences.js';
import { tokens } from './settings/tokens.js';
import { users } from './settings/users.js';
import { text } from './text.js';

const monitors = { path: 'monitors', bulk: true };
const ALL = {
  monitors, silences, maintenance, channels, routes, notifications, pages, users, tokens, audit,
};
const absent = new Map();

/** Everything configured but monitors: one list at a time; what this server has not is hidden. */
export class SettingsPage extends HTMLElement {
  #page;
  #links = new Map();
  #view = null;
  #shown;

  constructor(page, id) {
    super();
    this.#page = page;
    this.#shown = id in ALL ? id : 'silences';
    const nav = el('nav', { class: 'side-nav', 'aria-label': text.screens.settings });
    for (const name of Object.keys(ALL)) {
      const link = el('a', { href: to('settings', name) }, text.settings[name].title);
      attribute(link, 'aria-current', name === this.#shown ? 'page' : null);
      link.hidden = absent.get(name) ?? true;
      this.#links.set(name, link);
      nav.append(link);
      this.#look(name, link);
    }
    this.#view = ALL[this.#shown].bulk ? new BulkView(page)
      : new CollectionView(page, this.#shown, ALL[this.#shown]);
    this.append(el('h2', { tabindex: '-1' }, text.screens.settings),
      el('div', { class: 'settings' }, nav, this.#view));
  }

  async #look(name, link) {
    if (!absent.has(name)) {
      try {
        await call('GET', `${ALL[name].path}?limit=1`);
        absent.set(name, false);
      } catch ({ status }) {
        if (status === 404) {
          absent.set(name, true);
        } else {
          link.hidden = false; // it may be there for those who may see it
          return;
        }
      }
    }
    link.hidden = absent.get(name);
    this.#page.changed();
  }

  draw(store) {
    this.#view.draw(store);
  }
}
customElements.define('ss-settings', SettingsPage);
