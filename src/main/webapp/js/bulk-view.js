import { arrange } from './arrange.js';
import { attribute, el, mark, once, say } from './dom.js';
import { field, showErrors } from './fields.js';
import { forget, keep, kept } from './kept.js';
import { to } from './route.js';
import { text } from './text.js';

const KEPT = 'bulk';
const MOST_SHOWN = 50;
/** What can be changed of many: how it is read from the form and sent. */
const CHANGES = {
  pause: { patch: () => ({ enabled: false }) },
  resume: { patch: () => ({ enabled: true }) },
  interval: { example: '30s', patch: (value) => ({ interval: value }) },
  timeout: { example: '10s', patch: (value) => ({ timeout: value }) },
  failureThreshold: { example: '3', patch: (value) => ({ failureThreshold: number(value) }) },
  severity: { example: 'critical', patch: (value) => ({ severity: value }) },
  group: { example: 'shop', patch: (value) => ({ group: value === '' ? null : value }) },
  addTag: {
    example: 'prod', patch: (value, { tags }) => ({ tags: [...new Set([...tags, value])] }),
  },
  removeTag: {
    example: 'prod', patch: (value, { tags }) => ({ tags: tags.filter((tag) => tag !== value) }),
  },
  delete: {},
};

/** Changes all monitors that a filter finds, one after the other; each that fails says why. */
export class BulkView extends HTMLElement {
  #page;
  #found = [];
  #form;
  #running = false;
  #fault = el('p', { class: 'fault', role: 'alert' });
  #count = el('p', { role: 'status', class: 'count' });
  #list = el('ul', { class: 'bulk' });
  #failed = el('ul', { class: 'bulk', 'aria-label': text.bulk.failed });
  #progress = el('progress', { hidden: true, 'aria-label': text.bulk.progress });
  #submit = el('button', { class: 'primary', 'data-action': 'apply' }, text.bulk.apply);

  constructor(page) {
    super();
    this.#page = page;
    const options = (words) => Object.entries(words).map(([value, word]) =>
      el('option', { value }, word));
    this.#form = el('form', {
      novalidate: true, autocomplete: 'off', class: 'bulk-form', onsubmit: (event) => {
        event.preventDefault();
        once(this.#submit, () => this.#apply());
      },
      oninput: () => this.#written(),
    },
    el('div', { class: 'side' },
      field('query', text.search, el('input', { name: 'query', type: 'search' }),
        text.bulk.queryHint),
      field('state', text.bulk.state,
        el('select', { name: 'state' }, ...options({ '': text.bulk.any, ...text.states })))),
    el('div', { class: 'side' },
      field('change', text.bulk.change, el('select', { name: 'change' },
        ...options(text.bulk.changes))),
      field('value', text.bulk.value, el('input', { name: 'value', type: 'text' }))),
    this.#fault, this.#count, this.#progress,
    el('div', { class: 'actions' }, this.#submit));
    for (const [name, value] of Object.entries(kept(KEPT) ?? {})) {
      if (this.#form.elements[name]) {
        this.#form.elements[name].value = value;
      }
    }
    this.append(el('section', { class: 'card' },
      el('h3', null, text.bulk.title), el('p', { class: 'soft' }, text.bulk.hint),
      this.#form, this.#failed, this.#list));
    this.#drawChange();
  }

  get #values() {
    return Object.fromEntries(new FormData(this.#form));
  }

  #written() {
    keep(KEPT, this.#values);
    this.#drawChange();
    this.#page.changed();
  }

  #drawChange() {
    const { change } = this.#values;
    const { example } = CHANGES[change];
    this.#form.querySelector('[data-field=value]').hidden = example === undefined;
    attribute(this.#form.elements.value, 'placeholder', example ?? null);
    this.#submit.classList.toggle('danger', change === 'delete');
    this.#submit.classList.toggle('primary', change !== 'delete');
  }

  draw({ board }) {
    if (this.#running) {
      return; // what is found may change with what is done to it
    }
    const { query, state } = this.#values;
    this.#found = arrange(board.monitors.values(), { query, state, sort: 'name' })
      .map(({ row }) => row);
    say(this.#count, text.bulk.count(this.#found.length, board.monitors.size));
    this.#submit.hidden = this.#found.length === 0;
    const shown = this.#found.slice(0, MOST_SHOWN);
    const key = shown.map(({ id, name, group, state: s }) => [id, name, group, s].join()).join();
    if (key !== this.#list.dataset.key) {
      this.#list.dataset.key = key;
      this.#list.replaceChildren(...shown.map((row) => el('li', null, mark(row.state),
        el('a', { href: to('monitors', row.id) }, row.name),
        el('span', { class: 'soft' }, [row.group, ...row.tags].filter((w) => w).join(' · ')))),
      ...(this.#found.length > shown.length
        ? [el('li', { class: 'soft' }, text.bulk.more(this.#found.length - shown.length))] : []));
    }
  }

  async #apply() {
    const { change, value } = this.#values;
    const rows = this.#found;
    const { confirm, session, commands } = this.#page;
    this.#fault.textContent = '';
    showErrors(this.#form, []);
    this.#failed.replaceChildren();
    const words = text.bulk.changes[change];
    if (!await confirm(text.bulk.sure(rows.length), text.bulk.sureHint(words, value), words)) {
      return;
    }
    this.#running = true;
    this.#progress.hidden = false;
    this.#progress.max = rows.length;
    let done = 0;
    const ended = await session.change('admin', async () => {
      for (const [i, row] of rows.entries()) {
        this.#progress.value = i;
        try {
          await (change === 'delete' ? commands.remove(row.id)
            : commands.update(row.id, CHANGES[change].patch(value.trim(), row)));
          done++;
        } catch (problem) {
          if (problem.status === 400 && done === 0) {
            return problem; // it is wrong for all
          }
          this.#failed.append(el('li', { class: 'fault' }, `${row.name}: ${problem.message}`));
        }
      }
      return null;
    });
    this.#running = false;
    this.#progress.hidden = true;
    if (ended) {
      const errors = ended.errors.map(({ message }) => ({ field: 'value', message }));
      this.#fault.textContent = showErrors(this.#form, errors).join(' ')
        || (errors.length === 0 ? ended.message : '');
    } else if (ended === null) {
      this.#page.notices.tell(text.bulk.done(done, rows.length - done));
      forget(KEPT);
    }
    this.#page.changed();
  }
}
customElements.define('ss-bulk', BulkView);

function number(words) {
  return /^[0-9]{1,9}$/.test(words) ? Number(words) : words;
}
