import { dialog } from './dialogs.js';
import { button, el, once, say } from './dom.js';
import { draft, placed, values } from './draft.js';
import { field, showErrors } from './fields.js';
import { forget, keep, kept } from './kept.js';
import { MoreFields } from './monitor-fields.js';
import { sampleView } from './sample-view.js';
import { text } from './text.js';

const JUDGED = [
  'timeout', 'failureThreshold', 'conditions', 'successThreshold', 'retryInterval', 'degradedWhen',
];
const HTTP = ['target.method', 'target.headers', 'target.body', 'target.followRedirects'];
const PLACES = {
  http: ['target.url', ...HTTP, 'target.insecureTls', ...JUDGED],
  sse: ['target.url', 'target.headers', ...JUDGED],
  tcp: ['target.host', 'target.port', 'target.send', 'target.expect', ...JUDGED],
  tls: ['target.host', 'target.port', 'target.serverName', ...JUDGED],
  heartbeat: ['target.grace'],
};
/** Each kind once; src/docs/conditions.md explains them. */
const CONDITIONS = `[STATUS] == any(200, 204)
[RESPONSE_TIME] < 500
[BODY] == pat(*welcome*)
[BODY].status == UP
len([BODY].items) > 0
[HEADER].Content-Type == pat(*json*)
[CERTIFICATE_EXPIRATION] > 30d`;
const KEPT = 'monitor-form';
const ALWAYS = ['name', 'group', 'interval', 'severity', 'tags', 'dependsOn', 'description'];

/** Adds or changes a monitor, after it was tested if one likes. What is written survives a reload. */
export class MonitorForm extends HTMLElement {
  #page;
  #form;
  #box;
  #edited = null;
  #headers = [];
  #groups = el('datalist', { id: 'known-groups' });
  #typeHint = el('p', { class: 'soft' });
  #otherwise = el('code');
  #more = new MoreFields();
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
    this.#conditions(),
    this.#more,
    this.#result,
    el('div', { class: 'actions' },
      el('button', { type: 'button', onclick: () => this.#cancel() }, text.cancel),
      this.#test, this.#add));
    this.#box = dialog('monitor-form', text.addMonitor, this.#form);
    this.append(this.#box);
    this.#form.addEventListener('change', () => this.#drawType());
    this.#form.addEventListener('input', () => this.#keep());
  }

  #conditions() {
    const { fields, hints, examples } = text;
    const whole = field('conditions', fields.conditions,
      el('textarea', { name: 'conditions', rows: '3', spellcheck: 'false', class: 'code' }),
      el('span', null, `${hints.conditions} `, this.#otherwise));
    whole.append(el('details', { class: 'soft' }, el('summary', null, examples),
      el('pre', { class: 'code' }, CONDITIONS)));
    return whole;
  }

  /** Adds one, going on with what was being written. */
  open() {
    this.#show(null, {});
  }

  /** Changes one. */
  edit(monitor) {
    this.#headers = Object.keys(monitor.target.headers ?? {});
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
    const words = kept(this.#name);
    this.#fill({ ...wanted, ...words });
    this.#more.open = false;
    this.#fault.textContent = '';
    showErrors(this.#form, []);
    this.#result.textContent = words ? text.keptWords : '';
    for (const type of this.#form.elements.type) {
      type.disabled = edited !== null && !type.checked;
    }
    this.#drawType();
    this.#box.showModal();
    this.#form.elements.name.focus();
  }

  /** What is written is kept by this name. */
  get #name() {
    return this.#edited === null ? KEPT : `${KEPT}-${this.#edited}`;
  }

  #fill(wanted) {
    for (const control of this.#form.elements) {
      if (control.type === 'checkbox' && control.name in wanted) {
        control.checked = wanted[control.name] === 'on';
      } else if (control.type !== 'radio' && control.name in wanted) {
        control.value = wanted[control.name];
      }
    }
    if (wanted.type) {
      this.#form.elements.type.value = wanted.type;
    }
  }

  /** Headers are nowhere kept, as they may hold secrets. */
  #keep() {
    const { headers, ...values } = this.#values();
    keep(this.#name, values);
  }

  #cancel() {
    forget(this.#name);
    this.#box.close();
  }

  #values() {
    const off = Object.fromEntries([...this.#form.elements]
      .filter(({ type }) => type === 'checkbox').map(({ name }) => [name, 'off']));
    return { ...off, ...Object.fromEntries(new FormData(this.#form)) };
  }

  #drawType() {
    const { type } = this.#values();
    const shown = [...ALWAYS, ...PLACES[type]];
    for (const place of this.#form.querySelectorAll('[data-field]')) {
      place.hidden = !shown.includes(place.dataset.field);
    }
    this.#more.draw(type);
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
      ? commands.update(edited, this.#patch(draft(values)))
      : commands.add(draft(values))));
    if (!monitor) {
      return;
    }
    forget(this.#name);
    this.#box.close();
    if (edited) {
      notices.tell(text.stored);
    } else {
      this.#form.reset();
      added(monitor);
    }
  }

  /** A merge patch: what is to go is null in it. */
  #patch(wanted) {
    const { headers } = wanted.target;
    for (const name of this.#headers.filter((known) => headers && !(known in headers))) {
      headers[name] = null;
    }
    return { group: null, description: null, ...wanted };
  }

  /** Does it and shows what the server has to say against it. */
  async #try(values, action) {
    this.#fault.textContent = '';
    showErrors(this.#form, []);
    try {
      return await action();
    } catch (problem) {
      this.#more.open ||= problem.errors.some(({ field: path }) => this.#more.has(path));
      const unplaced = showErrors(this.#form, placed(problem.errors, values));
      const marked = problem.errors.length > unplaced.length;
      const words = problem.errors.length > 0 ? unplaced : [problem.message];
      this.#fault.textContent = [...(marked ? [text.checkFields] : []), ...words].join(' ');
      return undefined;
    }
  }
}
customElements.define('ss-monitor-form', MonitorForm);

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
