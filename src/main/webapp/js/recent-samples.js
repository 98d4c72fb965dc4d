import { call, one } from './api.js';
import { el, mark } from './dom.js';
import { sampleView } from './sample-view.js';
import { text } from './text.js';
import { exact, latency, moment } from './time.js';

const MOST = 20;

/** The last checks of a monitor, each of which opens to its phases and conditions. */
export class RecentSamples extends HTMLElement {
  #id;
  #open = new Set();

  constructor(id) {
    super();
    this.#id = id;
    this.append(el('p', { class: 'soft' }, text.loading));
  }

  async ask() {
    try {
      const { items } = await call('GET', `${one('monitors', this.#id)}/samples?limit=${MOST}`);
      const focused = document.activeElement?.closest?.('[data-sample]')?.dataset.sample;
      this.replaceChildren(items.length > 0
        ? el('ul', { class: 'recent' }, ...items.map((sample) => this.#line(sample)))
        : el('p', { class: 'soft' }, text.noSample));
      if (focused) {
        this.querySelector(`[data-sample="${CSS.escape(focused)}"] summary`)?.focus();
      }
    } catch (problem) {
      this.replaceChildren(el('p', { class: 'soft' }, problem.message));
    }
  }

  #line(sample) {
    const { at, outcome, latencyMs, message } = sample;
    const node = el('details', { open: this.#open.has(at), 'data-outcome': outcome },
      el('summary', null, mark(outcome),
        el('span', null, text.outcome[outcome]),
        el('span', { class: 'latency' }, latency(latencyMs)),
        el('time', { class: 'soft', datetime: at, title: exact(at) }, moment(at)),
        el('span', { class: 'cause soft' }, message ?? '')));
    const fill = () => node.open && node.childElementCount === 1
      && node.append(sampleView(sample));
    node.addEventListener('toggle', () => {
      this.#open[node.open ? 'add' : 'delete'](at);
      fill();
    });
    fill();
    return el('li', { 'data-sample': at }, node);
  }
}
customElements.define('ss-recent', RecentSamples);
