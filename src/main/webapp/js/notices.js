import { el } from './dom.js';
import { text } from './text.js';

const TOLD_FOR_MS = 6_000;

/** Short answers to what someone did, the last one only; faults stay until they are dismissed. */
export class Notices extends HTMLElement {
  #told = el('div', { role: 'status' });
  #faults = el('div', { role: 'alert' });

  constructor() {
    super();
    this.append(this.#told, this.#faults);
  }

  tell(words) {
    const notice = el('p', { class: 'notice' }, words);
    this.#told.replaceChildren(notice);
    setTimeout(() => notice.remove(), TOLD_FOR_MS);
  }

  fault(words) {
    const dismiss = el('button', { type: 'button', onclick: () => notice.remove() }, text.dismiss);
    const notice = el('p', { class: 'notice', 'data-fault': true }, words, dismiss);
    if (this.#faults.childElementCount > 2) {
      this.#faults.firstElementChild.remove();
    }
    this.#faults.append(notice);
  }
}
customElements.define('ss-notices', Notices);
