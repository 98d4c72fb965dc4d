import { call, one } from './api.js';
import { CollectionForm } from './collection-form.js';
import { button, el, say } from './dom.js';
import { text } from './text.js';

/**
 * A list of configured things as a table, with what can be done to each. What is in it is described
 * by a screen: `{path, key, role, columns(item), fields, update, actions}`.
 */
export class CollectionView extends HTMLElement {
  #page;
  #name;
  #screen;
  #words;
  #items = [];
  #next = null;
  #askedAs = undefined;
  #fault = el('p', { class: 'soft', role: 'status' }, text.loading);
  #body = el('tbody');
  #table;
  #add;
  #more = button('more', text.more, () => this.#read(this.#next));
  #form = null;
  #aside;

  constructor(page, name, screen) {
    super();
    this.#page = page;
    this.#name = name;
    this.#screen = screen;
    this.#words = text.settings[name];
    this.#add = button('new', this.#words.add ?? '', () => this.#open(null));
    this.#add.classList.add('primary');
    this.#table = el('table', null,
      el('caption', { class: 'unseen' }, this.#words.title),
      el('thead', null, el('tr', null,
        ...this.#words.columns.map((word) => el('th', { scope: 'col' }, word)),
        el('th', null, el('span', { class: 'unseen' }, text.actions)))),
      this.#body);
    this.append(el('section', { class: 'card' },
      el('div', { class: 'topline' }, el('h3', null, this.#words.title), this.#add),
      el('p', { class: 'soft' }, this.#words.hint),
      el('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': this.#words.title },
        this.#table), this.#fault, this.#more));
    this.#table.hidden = true;
    this.#aside = screen.aside?.();
    if (this.#aside) {
      this.append(el('section', { class: 'card' }, this.#aside));
    }
  }

  draw({ session }) {
    this.#add.hidden = !this.#screen.fields || !session.offers(this.#screen.role);
    this.#more.hidden = this.#next === null;
    if (session.user !== this.#askedAs) {
      this.#askedAs = session.user;
      this.#read(null);
    }
  }

  async #read(cursor) {
    try {
      const query = new URLSearchParams({ limit: '100', ...(cursor && { cursor }) });
      const { items, next } = await call('GET', `${this.#screen.path}?${query}`);
      this.#items = cursor ? [...this.#items, ...items] : items;
      this.#next = next;
      say(this.#fault, this.#items.length === 0 ? text.nothingYet : '');
    } catch (problem) {
      this.#items = [];
      const refused = problem.status === 401 || problem.status === 403;
      say(this.#fault, refused ? text.signInFor[this.#screen.reader ?? 'viewer']
        : problem.status === 404 ? text.notHere : problem.message);
    }
    this.#table.hidden = this.#items.length === 0;
    this.#body.replaceChildren(...this.#items.map((item) => this.#row(item)));
    this.#aside?.show(this.#items);
    this.#page.changed();
  }

  #row(item) {
    const { columns, fields, update, removable = true, actions = {} } = this.#screen;
    const fixed = item.managedBy === 'file';
    return el('tr', { 'data-item': this.#key(item) },
      ...columns(item).map((value, i) => el(i === 0 ? 'th' : 'td', i === 0 && { scope: 'row' },
        value)),
      el('td', { class: 'actions' },
        ...Object.entries(actions).map(([name, act]) =>
          button(name, this.#words.actions[name], () => this.#act(() => act(item, this.#page)))),
        !fixed && fields && update && button('edit', text.edit, () => this.#open(item)),
        !fixed && fields && removable
          && button('delete', text.delete, () => this.#delete(item))));
  }

  #key(item) {
    return item[this.#screen.key ?? 'id'];
  }

  async #delete(item) {
    const { path, role } = this.#screen;
    const name = item.name ?? item.comment ?? this.#key(item);
    if (await this.#page.confirm(text.deleteTitle(name), this.#words.deleteHint, text.delete)) {
      await this.#act(() => this.#page.session.change(role, () =>
        call('DELETE', one(path, this.#key(item))).then(() => text.deleted(name))));
    }
  }

  async #act(run) {
    try {
      const words = await run();
      if (words) {
        this.#page.notices.tell(words);
        this.#read(null);
      }
    } catch (problem) {
      this.#page.notices.fault(problem.message);
    }
  }

  #open(item) {
    this.#form?.remove();
    this.#form = new CollectionForm({
      page: this.#page, name: this.#name, screen: this.#screen, words: this.#words, item,
      send: (method, path, body) => this.#page.session.change(this.#screen.role, async () =>
        (await call(method, path, body)) ?? {}),
      stored: (answer) => {
        this.#page.notices.tell(text.stored);
        this.#read(null);
        return this.#screen.once?.(answer);
      },
    });
    document.body.append(this.#form); // it may outlive the screen
    this.#form.open();
  }
}
customElements.define('ss-collection', CollectionView);
