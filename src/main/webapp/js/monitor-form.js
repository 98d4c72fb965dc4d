import { dialog } from './dialogs.js';
import { button, el, once, say } from './dom.js';
import { draft, placed } from './draft.js';
import { field, showErrors } from './fields.js';
import { sampleView } from './sample-view.js';
import { text } from './text.js';

const PLACES = {
  http: ['target.url', 'timeout', 'failureThreshold', 'conditions'],
  sse: ['target.url', 'timeout', 'failureThreshold', 'conditions'],
  tcp: ['target.host', 'target.port', 'timeout', 'failureThreshold', 'conditions'],
  tls: ['target.host', 'target.port', 'timeout', 'failureThreshold', 'conditions'],
  heartbeat: ['target.grace'],
};
const KEPT = 'monitor-form';
const ALWAYS = ['name', 'group', 'interval'];

/** Adds or changes a monitor, after it was tested if one likes. What is written survives a reload. */
export class MonitorForm extends HTMLElement {
  #page;
  #form;
  #box;
  #edited = null;
  #groups = el('datalist', { id: 'known-groups' });
  #typeHint = el('p', { class: 'soft' });
  #otherwise = el('code');
  #fault = el('p', { class: 'fault', role: 'alert' });
  #result = el('div', { class: 'result', role: 'status' });
  #test = button('test', text.test, () => this.#probe());
  #add = el('button', { class: 'primary', 'data-action': 'add' }, text.add);

  /** @param page what the form needs: commands, store, reveal, beats */
  constructor(page) {
    super();
    this.#page = page;
    const { fields, hints } = text;
    const optional = { placeholder: hints.optional };
    this.#form = el('form', {
      novalidate: true, autocomplete: 'off', onsubmit: (event) => {
        event.preventDefault();
        once(this.#add, () => this.#store());
      },
    },
    types(),
    this.#typeHint,
    this.#fault,
    field('name', fields.name, input('name')),
    field('target.url', fields.url, input('url', { inputmode: 'url', placeholder: 'https://' })),
    el('div', { class: 'side' },
      field('target.host', fields.host, input('host')),
      field('target.port', fields.port, input('port', { inputmode: 'numeric' }))),
    el('div', { class: 'side' },
      field('interval', fields.interval, input('interval', { value: '60s' }), hints.duration),
      field('timeout', fields.timeout, input('timeout', { placeholder: '10s' }), hints.duration),
      field('target.grace', fields.grace, input('grace', { placeholder: '10s' }), hints.duration)),
    el('div', { class: 'side' },
      field('failureThreshold', fields.failureThreshold,
        input('failureThreshold', { inputmode: 'numeric', value: '3' }), hints.failureThreshold),
      field('group', fields.group, input('group', { list: 'known-groups', ...optional }))),
    this.#groups,
    field('conditions', fields.conditions,
      el('textarea', { name: 'conditions', rows: '3', spellcheck: 'false', class: 'code' }),
      el('span', null, `${hints.conditions} `, this.#otherwise)),
    this.#result,
    el('div', { class: 'actions' },
      el('button', { type: 'button', onclick: () => this.#box.close() }, text.cancel),
      this.#test, this.#add));
    this.#box = dialog('monitor-form', text.addMonitor, this.#form);
    this.append(this.#box);
    this.#form.addEventListener('change', () => this.#drawType());
    this.#form.addEventListener('input', () => this.#keep());
  }

  /** Adds one, going on with what was being written. */
  open() {
    this.#show(null, JSON.parse(sessionStorage.getItem(KEPT) ?? '{}'));
  }

  /** Changes one. */
  edit(monitor) {
    this.#show(monitor.id, values(monitor));
  }

  #show(edited, wanted) {
    const groups = new Set([...this.#page.store.board.monitors.values()].map((row) => row.group));
    groups.delete(null);
    this.#groups.replaceChildren(...[...groups].map((value) => el('option', { value })));
    this.#edited = edited;
    say(this.#add, edited ? text.store : text.add);
    say(this.#box.querySelector('h2'), edited ? text.editMonitor : text.addMonitor);
    this.#form.reset();
    for (const [name, value] of Object.entries(wanted)) {
      const control = this.#form.elements[name];
      if (control) {
        control.value = value;
      }
    }
    this.#fault.textContent = '';
    showErrors(this.#form, []);
    this.#result.replaceChildren();
    for (const type of this.#form.elements.type) {
      type.disabled = edited !== null && !type.checked;
    }
    this.#drawType();
    this.#box.showModal();
    this.#form.elements.name.focus();
  }

  #keep() {
    if (this.#edited === null) {
      sessionStorage.setItem(KEPT, JSON.stringify(this.#values()));
    }
  }

  #values() {
    return Object.fromEntries(new FormData(this.#form));
  }

  #drawType() {
    const { type } = this.#values();
    const shown = [...ALWAYS, ...PLACES[type]];
    for (const place of this.#form.querySelectorAll('[data-field]')) {
      place.hidden = !shown.includes(place.dataset.field);
    }
    say(this.#typeHint, text.typeHints[type]);
    say(this.#otherwise, text.defaultConditions[type] ?? '');
    this.#test.hidden = type === 'heartbeat';
  }

  async #probe() {
    const values = this.#values();
    const name = values.name.trim() === '' ? text.test : values.name; // it need not have one yet
    this.#result.replaceChildren(el('p', { class: 'soft' }, text.testing));
    const sample = await this.#try(values, () =>
      this.#page.commands.test(draft({ ...values, name })));
    this.#result.replaceChildren(...(sample ? [sampleView(sample)] : []));
    this.#result.scrollIntoView({ block: 'nearest' });
  }

  async #store() {
    const values = this.#values();
    const { commands, added, notices } = this.#page;
    const edited = this.#edited;
    const monitor = await this.#try(values, () => (edited
      ? commands.update(edited, { group: null, ...draft(values) })
      : commands.add(draft(values))));
    if (!monitor) {
      return;
    }
    this.#box.close();
    if (edited) {
      notices.tell(text.stored);
    } else {
      sessionStorage.removeItem(KEPT);
      this.#form.reset();
      added(monitor);
    }
  }

  /** Does it and shows what the server has to say against it. */
  async #try(values, action) {
    this.#fault.textContent = '';
    showErrors(this.#form, []);
    try {
      return await action();
    } catch (problem) {
      const unplaced = showErrors(this.#form, placed(problem.errors, values));
      const marked = problem.errors.length > unplaced.length;
      const words = problem.errors.length > 0 ? unplaced : [problem.message];
      this.#fault.textContent = [...(marked ? [text.checkFields] : []), ...words].join(' ');
      return undefined;
    }
  }
}
customElements.define('ss-monitor-form', MonitorForm);

/** A monitor as the form holds it. */
function values(monitor) {
  const { name, group, interval, timeout, failureThreshold, conditions, target } = monitor;
  const { type, url, host, port, grace } = target;
  return {
    type, name, group: group ?? '', interval, timeout: timeout ?? '',
    failureThreshold: failureThreshold ?? '', conditions: conditions?.join('\n') ?? '',
    url: url ?? '', host: host ?? '', port: port ?? '', grace: grace ?? '',
  };
}

function input(name, attributes) {
  return el('input', { name, type: 'text', ...attributes });
}

function types() {
  return el('fieldset', { class: 'types' }, el('legend', null, text.type),
    ...Object.entries(text.types).map(([value, word], i) =>
      el('label', null,
        el('input', { type: 'radio', name: 'type', value, checked: i === 0 }),
        el('span', null, word))));
}
