import { el } from './dom.js';
import { field } from './fields.js';
import { text } from './text.js';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** The fields of a monitor that most leave as they are. */
export class MoreFields extends HTMLElement {
  #box;

  constructor() {
    super();
    const { fields, hints } = text;
    const optional = { placeholder: hints.optional };
    const lines = (name) => el('textarea', { name, rows: '2', spellcheck: 'false', class: 'code' });
    const select = (name, words) => el('select', { name },
      ...Object.entries(words).map(([value, word]) => el('option', { value }, word)));
    const check = (name, checked) => el('input', { type: 'checkbox', name, checked });
    this.#box = el('details', null, el('summary', null, text.moreFields),
      el('div', { class: 'more' },
        field('severity', fields.severity, select('severity', text.severities)),
        side(field('tags', fields.tags, input('tags', optional), hints.commas),
          field('dependsOn', fields.dependsOn, input('dependsOn', optional), hints.commas)),
        field('description', fields.description, input('description', optional)),
        field('degradedWhen', fields.degradedWhen, lines('degradedWhen')),
        side(field('successThreshold', fields.successThreshold,
          input('successThreshold', { inputmode: 'numeric', placeholder: '2' }),
          hints.successThreshold),
        field('retryInterval', fields.retryInterval, input('retryInterval', optional),
          hints.duration)),
        field('target.method', fields.method,
          select('method', Object.fromEntries(METHODS.map((method) => [method, method])))),
        field('target.headers', fields.headers, lines('headers'), hints.headers),
        field('target.body', fields.body, lines('body')),
        side(field('target.followRedirects', fields.followRedirects,
          check('followRedirects', true)),
        field('target.insecureTls', fields.insecureTls, check('insecureTls', false))),
        side(field('target.send', fields.send, input('send', optional)),
          field('target.expect', fields.expect, input('expect', optional))),
        field('target.serverName', fields.serverName, input('serverName', optional))));
    this.append(this.#box);
  }

  get open() {
    return this.#box.open;
  }

  set open(open) {
    this.#box.open = open;
  }

  /** Whether a field that the server names is among these. */
  has(path) {
    return [...this.querySelectorAll('[data-field]')].some(({ hidden, dataset }) =>
      !hidden && (path === dataset.field || path.startsWith(`${dataset.field}[`)
        || path.startsWith(`${dataset.field}.`)));
  }

  draw(type) {
    this.dataset.type = type;
  }
}
customElements.define('ss-more-fields', MoreFields);

function input(name, attributes) {
  return el('input', { name, type: 'text', ...attributes });
}

function side(...fields) {
  return el('div', { class: 'side' }, ...fields);
}
