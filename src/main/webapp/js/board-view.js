import { el, newId, say } from './dom.js';
import { MonitorRow } from './monitor-row.js';
import { text } from './text.js';

const TROUBLE = ['DOWN', 'DEGRADED', 'UNKNOWN'];

/** All monitors by group, in the order of their names, so that nothing jumps about. */
export class BoardView extends HTMLElement {
  #page;
  #shape = -1;
  #rows = new Map();
  #groups = new Map();
  #heading = el('h2', { tabindex: '-1' }, text.board);
  #empty = el('div', { class: 'empty', hidden: true },
    el('p', null, text.noMonitors), el('p', { class: 'soft' }, text.noMonitorsHint));
  #grid = el('div', { class: 'groups' });
  #wanted = null;

  constructor(page) {
    super();
    this.#page = page;
    this.append(this.#heading, this.#empty, this.#grid);
  }

  /** Shows a monitor as soon as it is there. */
  reveal(id) {
    this.#wanted = id;
    this.#page.changed();
  }

  draw(store) {
    const { board } = store;
    this.hidden = !board.loaded;
    if (board.shape !== this.#shape) {
      this.#shape = board.shape;
      this.#arrange(board);
    }
    for (const [id, element] of this.#rows) {
      element.draw(board.monitors.get(id), store);
    }
    for (const group of this.#groups.values()) {
      const trouble = group.rows.filter(({ row }) => TROUBLE.includes(row.state)).length;
      say(group.count, text.groupCount(group.rows.length, trouble));
    }
    this.#showWanted();
  }

  /** Puts each row where it belongs, and moves none that is there already. */
  #arrange(board) {
    this.#empty.hidden = board.monitors.size > 0;
    for (const [id, element] of this.#rows) {
      if (!board.monitors.has(id)) {
        this.#remove(id, element);
      }
    }
    const names = new Map();
    const byName = [...board.monitors.values()].sort((a, b) => compare(a.name, b.name));
    for (const row of byName) {
      const name = row.group ?? '';
      if (!names.has(name)) {
        names.set(name, []);
      }
      names.get(name).push(this.#element(row.id));
    }
    const ordered = [...names.keys()].sort((a, b) => (a && b ? compare(a, b) : b ? 1 : -1));
    for (const [name, group] of this.#groups) {
      if (!names.has(name)) {
        group.section.remove();
        this.#groups.delete(name);
      }
    }
    const sections = ordered.map((name) => {
      const group = this.#group(name);
      group.heading.hidden = name === '' && ordered.length === 1;
      group.rows = names.get(name);
      place(group.list, group.rows);
      return group.section;
    });
    place(this.#grid, sections);
  }

  #element(id) {
    if (!this.#rows.has(id)) {
      this.#rows.set(id, new MonitorRow(this.#page));
    }
    return this.#rows.get(id);
  }

  #remove(id, element) {
    if (element.contains(document.activeElement)) {
      this.#heading.focus();
    }
    element.remove();
    this.#rows.delete(id);
  }

  #group(name) {
    if (!this.#groups.has(name)) {
      const id = newId();
      const count = el('span', { class: 'soft' });
      const list = el('div', { role: 'list', 'aria-labelledby': id });
      const heading = el('h3', { id }, name || text.noGroup, ' ', count);
      const section = el('section', { class: 'group', 'data-group': name }, heading, list);
      this.#groups.set(name, { section, heading, list, count, rows: [] });
    }
    return this.#groups.get(name);
  }

  #showWanted() {
    const element = this.#wanted && this.#rows.get(this.#wanted);
    if (element) {
      this.#wanted = null;
      element.scrollIntoView({ block: 'nearest' });
      element.focus();
    }
  }
}
customElements.define('ss-board', BoardView);

const compare = new Intl.Collator(undefined, { numeric: true }).compare;

/** Makes the children of a node these, in this order; those that stand right are not touched. */
export function place(node, children) {
  const wanted = new Set(children);
  [...node.children].filter((child) => !wanted.has(child)).forEach((child) => child.remove());
  let next = node.firstElementChild;
  for (const child of children) {
    if (child === next) {
      next = next.nextElementSibling;
    } else {
      node.insertBefore(child, next);
    }
  }
}
