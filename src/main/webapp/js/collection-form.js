import { one } from './api.js';
import { dialog } from './dialogs.js';
import { attribute, el, once } from './dom.js';
import { DryRun } from './dry-run.js';
import { field, showErrors } from './fields.js';
import { forget, keep, kept } from './kept.js';
import { text } from './text.js';

/** A form for one configured thing; what is written survives a reload until it is stored. */
export class CollectionForm extends HTMLElement {
  #parts;
  #form;
  #box;
  #kept;
  #fault = el('p', { class: 'fault', role: 'alert' });
  #once = el('div', { role: 'status' });
  #submit = el('button', { class: 'primary', 'data-action': 'store' }, text.store);

  /** @param {{page, name, screen, words, item, send, stored}} parts */
  constructor(parts) {
    super();
    this.#parts = parts;
    const { page, name, screen, words, item } = parts;
    this.#kept = `form-${name}-${item ? item[screen.key ?? 'id'] : ''}`;
    this.#form = el('form', {
      novalidate: true, autocomplete: 'off', onsubmit: (event) => {
        event.preventDefault();
        once(this.#submit, () => this.#store());
      },
      oninput: () => this.#keep(),
      onchange: () => this.#drawType(),
    },
    this.#fault,
    ...screen.fields.filter((f) => !(item && f.fixed)).map((f) =>
      field(f.name, words.fields[f.name] ?? f.name, control(f), words.hints?.[f.name])),
    screen.dryRun && new DryRun(page, () => this.#body(), (problem) => this.#show(problem)),
    this.#once,
    el('div', { class: 'actions' },
      el('button', { type: 'button', onclick: () => this.#cancel() }, text.cancel),
      this.#submit));
    this.#box = dialog(`form-${name}`, item ? text.edit : words.add, this.#form);
    this.#box.addEventListener('close', () => this.remove());
    this.append(this.#box);
  }

  open() {
    const { screen, item } = this.#parts;
    const words = kept(this.#kept);
    for (const f of screen.fields) {
      const node = this.#form.elements[f.name];
      if (node) {
        const value = item?.[f.name] ?? f.initial?.() ?? null;
        fill(node, f, words?.[f.name] ?? written(f, value));
      }
    }
    this.#drawType();
    this.#once.textContent = words ? text.keptWords : '';
    this.#box.showModal();
  }

  #cancel() {
    forget(this.#kept);
    this.#box.close();
  }

  #values() {
    const { screen } = this.#parts;
    return Object.fromEntries(screen.fields
      .filter((f) => this.#form.elements[f.name])
      .map((f) => [f.name, f.kind === 'check' ? String(this.#form.elements[f.name].checked)
        : this.#form.elements[f.name].value]));
  }

  #keep() {
    const values = this.#values();
    const type = this.#type;
    for (const { name, kind, secret } of this.#parts.screen.fields) {
      if (kind === 'password' || secret === true || secret?.includes(type)) {
        delete values[name]; // is nowhere kept
      }
    }
    keep(this.#kept, values);
  }

  get #type() {
    return this.#form.elements.type?.value ?? this.#parts.item?.type;
  }

  /** Shows the fields that things of this type have. */
  #drawType() {
    const type = this.#type;
    for (const f of this.#parts.screen.fields.filter(({ types }) => types)) {
      const place = this.#form.querySelector(`[data-field="${f.name}"]`);
      place.hidden = !f.types.includes(type);
    }
  }

  /** What is written as the API takes it. @throws an error with its field */
  #body() {
    const { screen, item } = this.#parts;
    const body = this.#rest();
    for (const f of screen.fields) {
      const node = this.#form.elements[f.name];
      if (node && !node.closest('[data-field]').hidden) {
        const value = read(f, this.#values()[f.name]);
        if (value !== undefined || (item && screen.update === 'PATCH' && !f.optional)) {
          body[f.name] = value ?? null;
        }
      }
    }
    return body;
  }

  /** What a replaced thing has that the form does not show. */
  #rest() {
    const { screen, item } = this.#parts;
    const shown = new Set(screen.fields.filter((f) => !f.fixed).map((f) => f.name));
    return item && screen.update === 'PUT'
      ? Object.fromEntries(Object.entries(item).filter(([name]) => !shown.has(name))) : {};
  }

  #show(problem) {
    const errors = (problem.errors ?? [{ field: problem.field, message: problem.message }])
      .map((error) => ({ ...error, field: error.field.replace(/^route\./, '') }));
    const unplaced = showErrors(this.#form, errors);
    this.#fault.textContent = errors.length > 0 ? unplaced.join(' ') : problem.message;
  }

  async #store() {
    const { screen, item, send, stored } = this.#parts;
    this.#fault.textContent = '';
    try {
      const body = this.#body();
      const path = item ? one(screen.path, item[screen.key ?? 'id']) : screen.path;
      const answer = await send(item ? screen.update : 'POST', path, body);
      if (answer === undefined) {
        return;
      }
      forget(this.#kept);
      const shownOnce = stored(answer);
      if (shownOnce) {
        this.#once.replaceChildren(el('p', null, text.shownOnce),
          el('pre', { tabindex: '0', 'data-once': '' }, shownOnce));
        this.#submit.remove();
      } else {
        this.#box.close();
      }
    } catch (problem) {
      this.#show(problem);
    }
  }
}
customElements.define('ss-collection-form', CollectionForm);

function control(f) {
  switch (f.kind) {
    case 'select': return el('select', { name: f.name },
      ...f.options.map((value) => el('option', { value }, value)));
    case 'check': return el('input', { type: 'checkbox', name: f.name });
    case 'json': return el('textarea', {
      name: f.name, rows: '3', class: 'code', spellcheck: 'false',
    });
    case 'password': return el('input', {
      type: 'password', name: f.name, autocomplete: 'new-password',
    });
    case 'time': return el('input', { type: 'datetime-local', name: f.name, step: '1' });
    default: return el('input', { type: 'text', name: f.name, placeholder: f.example });
  }
}

function fill(node, f, words) {
  if (f.kind === 'check') {
    node.checked = words === 'true';
  } else {
    node.value = words;
    if (f.kind === 'select' && node.value === '') {
      node.selectedIndex = 0;
    }
  }
  attribute(node, 'aria-invalid', null);
}

/** A value as it stands in the form. */
function written(f, value) {
  if (value === null || value === undefined) {
    return '';
  }
  switch (f.kind) {
    case 'list': return value.join(', ');
    case 'json': return JSON.stringify(value, null, 1);
    case 'time': return local(value);
    default: return String(value);
  }
}

function local(iso) {
  const at = new Date(iso);
  return new Date(at - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}

/** What stands in the form as a value; undefined for nothing. @throws an error with its field */
function read(f, words) {
  if (f.kind === 'check') {
    return words === 'true';
  }
  if (words.trim() === '') {
    return f.kind === 'list' && !f.optional ? [] : undefined;
  }
  switch (f.kind) {
    case 'list': return words.split(',').map((word) => word.trim())
      .filter((word) => word !== '');
    case 'number': return /^-?[0-9]{1,15}$/.test(words) ? Number(words) : words;
    case 'time': return new Date(words).toISOString();
    case 'json':
      try {
        return JSON.parse(words);
      } catch (fault) {
        throw Object.assign(new Error(fault.message), { field: f.name });
      }
    default: return words;
  }
}
