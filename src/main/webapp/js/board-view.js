import { arrange } from './arrange.js';
import { BoardTools } from './board-tools.js';
import { attribute, el, place, say } from './dom.js';
import { MonitorRow } from './monitor-row.js';
import { text } from './text.js';

const BEYOND = 8; // lines that are there above and below what is seen
const RESORT_MS = 5_000;

/** All monitors as one list, of which only those lines exist that are seen. */
export class BoardView extends HTMLElement {
  #page;
  #tools;
  #lines = [];
  #tops = [];
  #arrangedFor = '';
  #rows = new Map();
  #free = [];
  #headings = new Map();
  #heading = el('h2', { tabindex: '-1', class: 'unseen' }, text.board);
  #empty = el('div', { class: 'empty', hidden: true },
    el('p', null, text.noMonitors), el('p', { class: 'soft' }, text.noMonitorsHint));
  #nothing = el('p', { class: 'empty soft', hidden: true }, text.noneFound);
  #list = el('div', { role: 'list', class: 'board', 'aria-label': text.board });
  #wanted = null;
  #store = null;
  #height = 44;
  #top = 0;
  #frame = 0;

  constructor(page) {
    super();
    this.#page = page;
    this.#tools = new BoardTools(() => page.changed());
    this.append(this.#heading, this.#tools, this.#empty, this.#nothing, this.#list);
    addEventListener('scroll', () => this.#scrolled(), { passive: true });
    addEventListener('resize', () => this.#page.changed());
  }

  /** Shows a monitor as soon as it is there. */
  reveal(id) {
    this.#wanted = id;
    this.#page.changed();
  }

  search() {
    this.#tools.search();
  }

  sort(by) {
    this.#tools.sort(by);
  }

  /** Moves the focus by so many monitors. */
  move(by) {
    const ids = this.#lines.flatMap(({ row }) => (row ? [row.id] : []));
    const at = ids.indexOf(document.activeElement?.closest('ss-monitor')?.dataset.monitor);
    const next = at < 0 ? (by > 0 ? 0 : ids.length - 1) : at + by;
    if (ids[next] !== undefined) {
      this.reveal(ids[next]);
    }
  }

  draw(store) {
    this.#store = store;
    const { board } = store;
    this.hidden = !board.loaded || store.place.screen !== 'board';
    if (this.hidden) {
      return;
    }
    this.#arrange(board);
    this.#tools.draw(store, this.#lines.filter(({ row }) => row).length);
    this.#top = this.#list.getBoundingClientRect().top + scrollY;
    this.#showWanted();
    this.#drawLines(board);
  }

  /** Draws at once what has come into sight, and nothing else of the page. */
  #scrolled() {
    if (!this.hidden && this.#store) {
      this.#frame ||= requestAnimationFrame(() => {
        this.#frame = 0;
        this.#drawLines(this.#store.board);
      });
    }
  }

  /** Finds the order anew when something changed that it is made of. */
  #arrange(board) {
    const wall = document.documentElement.dataset.layout === 'wall';
    const how = wall ? { ...this.#tools.how, sort: 'trouble' } : this.#tools.how;
    const { query, state, sort } = how;
    const height = matchMedia('(max-width: 60rem)').matches ? 64 : wall ? 60 : 44;
    const time = sort === 'slow' ? Math.floor(performance.now() / RESORT_MS) : 0;
    const key = JSON.stringify([board.shape, board.turns, query, state, sort, height, time]);
    if (key === this.#arrangedFor) {
      return;
    }
    this.#arrangedFor = key;
    this.#height = height;
    this.#lines = arrange(board.monitors.values(), how);
    let top = 0;
    this.#tops = this.#lines.map((line) => {
      const at = top;
      top += line.row ? height : 52;
      return at;
    });
    this.#list.style.height = `${top + 2}px`;
    this.#empty.hidden = board.monitors.size > 0;
    this.#nothing.hidden = board.monitors.size === 0 || this.#lines.length > 0;
    this.#list.hidden = this.#lines.length === 0;
  }

  #drawLines(board) {
    const above = scrollY - this.#top;
    const first = Math.max(0, this.#lineAt(above) - BEYOND);
    const last = Math.min(this.#lines.length, this.#lineAt(above + innerHeight) + 1 + BEYOND);
    const shown = [];
    const used = new Set();
    for (let i = first; i < last; i++) {
      used.add(this.#lines[i].row?.id);
    }
    for (const [id, element] of this.#rows) {
      if (!used.has(id) && !(board.monitors.has(id) && element.contains(document.activeElement))) {
        this.#rows.delete(id);
        if (element.contains(document.activeElement)) {
          this.#heading.focus();
        }
        element.remove(); // or all others would be moved around it
        this.#free.push(element);
      }
    }
    for (let i = first; i < last; i++) {
      shown.push(this.#line(i, board));
    }
    for (const [id, element] of this.#rows) {
      if (!used.has(id)) {
        shown.push(element); // out of sight with the focus in it
      }
    }
    place(this.#list, shown);
  }

  #line(i, board) {
    const { row, group, count, trouble } = this.#lines[i];
    let element;
    if (row) {
      element = this.#rows.get(row.id) ?? this.#free.pop() ?? new MonitorRow();
      this.#rows.set(row.id, element);
      element.draw(board.monitors.get(row.id) ?? row, this.#store);
      attribute(element, 'aria-posinset', i + 1);
      attribute(element, 'aria-setsize', this.#lines.length);
    } else {
      element = this.#groupHeading(group);
      say(element.firstElementChild, group || text.noGroup);
      say(element.lastElementChild, text.groupCount(count, trouble));
    }
    const top = `translateY(${this.#tops[i]}px)`;
    if (element.style.transform !== top) {
      element.style.transform = top;
    }
    return element;
  }

  #groupHeading(name) {
    if (!this.#headings.has(name)) {
      this.#headings.set(name, el('div', { class: 'group', role: 'listitem', 'data-group': name },
        el('h3'), el('span', { class: 'soft' })));
    }
    return this.#headings.get(name);
  }

  /** The last line that begins above a height. */
  #lineAt(y) {
    let low = 0;
    let high = this.#tops.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#tops[middle] <= y) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  #showWanted() {
    const i = this.#wanted === null ? -1
      : this.#lines.findIndex(({ row }) => row?.id === this.#wanted);
    if (i < 0) {
      return;
    }
    const top = this.#list.getBoundingClientRect().top + this.#tops[i];
    if (top < 140 || top > innerHeight - 80) {
      scrollBy({ top: top - innerHeight / 3, behavior: 'instant' });
    }
    const { row } = this.#lines[i];
    this.#wanted = null;
    this.#drawLines(this.#store.board);
    this.#rows.get(row.id)?.focus({ preventScroll: true });
  }
}
customElements.define('ss-board', BoardView);
