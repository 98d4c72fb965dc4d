import { countStates } from './arrange.js';
import { attribute, el, say } from './dom.js';
import { to } from './route.js';
import { text } from './text.js';

/** The top of the page: what it is, where one can go, how fresh it is, and who looks. */
export class PageHeader extends HTMLElement {
  #links = new Map();
  #broken = el('span', { class: 'badge', hidden: true });
  #user;
  #alarm;
  #signIn;
  #signOut;
  #add;
  #freshness;

  /**
   * @param {{freshness: HTMLElement, signIn, signOut, add, looks, keys, alarm, password: function()}}
   *     parts
   */
  constructor({ freshness, signIn, signOut, add, looks, keys, alarm, password }) {
    super();
    this.#freshness = freshness;
    const press = (id, words, onclick) => el('button', { type: 'button', id, onclick }, words);
    this.#add = press('add-monitor', text.addMonitor, add);
    this.#signIn = press('sign-in', text.signIn, signIn);
    this.#signOut = press('sign-out', text.signOut, signOut);
    this.#add.classList.add('primary');
    this.#user = el('button', {
      type: 'button', class: 'plain soft', 'data-user': '', title: text.changePassword,
      onclick: password,
    });
    const icon = (id, sign, words, onclick) => el('button', {
      type: 'button', id, class: 'icon', onclick, title: words, 'aria-label': words,
    }, sign);
    this.#alarm = icon('alarm', '♪', text.alarm, alarm);
    const nav = el('nav', { 'aria-label': text.pages });
    for (const [screen, words] of Object.entries(text.screens)) {
      const link = el('a', { href: to(screen) }, words, screen === 'incidents' && this.#broken);
      this.#links.set(screen, link);
      nav.append(link);
    }
    this.append(
      el('header', { role: 'banner' },
        el('h1', null, el('a', { href: to('board') },
          el('img', { src: 'favicon.svg', alt: '', width: 26, height: 26 }), text.product)),
        nav, freshness,
        el('div', { class: 'actions' }, this.#user, this.#alarm, icon('theme', '◐', text.theme, looks),
          icon('keys', '?', text.shortcutsTitle, keys),
          this.#signIn, this.#signOut, this.#add)));
  }

  draw(store) {
    const { board, session, place, alarm } = store;
    for (const [screen, link] of this.#links) {
      const here = screen === place.screen || (screen === 'board' && place.screen === 'monitors');
      attribute(link, 'aria-current', here ? 'page' : null);
      link.hidden = screen === 'settings' && !session.offers('operator');
    }
    this.#broken.hidden = board.incidents.size === 0;
    say(this.#broken, text.number(board.incidents.size));
    const { user, role } = session;
    attribute(this.#alarm, 'aria-pressed', String(alarm.on));
    this.#user.hidden = user === null;
    say(this.#user, user ? text.signedInAs(user, role) : '');
    this.#signIn.hidden = user !== null;
    this.#signOut.hidden = user === null;
    this.#add.hidden = !session.offers('admin');
    this.#freshness.draw(store);
  }
}
customElements.define('ss-header', PageHeader);

const STALE = 'favicon-stale.svg';

/** As data once it is read, because it is wanted when the server is away. */
let staleIcon = STALE;

/** Reads what the tab is to show when the server is away. */
export async function keepStaleIcon() {
  if (staleIcon !== STALE) {
    return;
  }
  try {
    const answer = await fetch(STALE);
    if (answer.ok) {
      staleIcon = `data:image/svg+xml,${encodeURIComponent(await answer.text())}`;
    }
  } catch {
    // the tab keeps the icon that it has
  }
}

/** The title tells the worst of it, and so does the icon, where the tab is all that one sees. */
export function drawTitle({ board, stream }) {
  const { DOWN: down = 0, DEGRADED: degraded = 0 } = countStates(board);
  const stale = board.loaded && !stream.fresh();
  const title = down > 0 ? text.title(down) : text.product;
  document.title = stale ? text.titleNotLive : title;
  const worst = down > 0 ? '-down' : degraded > 0 ? '-degraded' : '';
  attribute(document.querySelector('link[rel=icon]'), 'href',
    stale ? staleIcon : `favicon${worst}.svg`);
}
