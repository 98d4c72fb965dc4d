import { dialog } from './dialogs.js';
import { el } from './dom.js';
import { text } from './text.js';

/** Single keys that act wherever one is, unless one writes; and the list of them. */
export class Shortcuts extends HTMLElement {
  #actions;
  #box;

  /** @param {Object<string, function()>} actions by key, as `text.shortcuts` describes them */
  constructor(actions) {
    super();
    this.#actions = { ...actions, '?': () => this.open() };
    const lines = Object.entries(text.shortcuts).flatMap(([key, words]) => [
      el('dt', null, ...key.split(' ').map((k) => el('kbd', null, k))), el('dd', null, words)]);
    this.#box = dialog('shortcuts', text.shortcutsTitle,
      el('dl', { class: 'keys' }, ...lines),
      el('div', { class: 'actions' },
        el('button', { type: 'button', class: 'primary', onclick: () => this.#box.close() },
          text.done)));
    this.append(this.#box);
    addEventListener('keydown', (event) => this.#press(event));
  }

  open() {
    this.#box.showModal();
  }

  #press(event) {
    const writes = event.target.closest?.('input, textarea, select, dialog[open]');
    const action = this.#actions[event.key];
    const mixed = event.ctrlKey || event.metaKey || event.altKey || event.isComposing;
    if (writes || !action || mixed) {
      return;
    }
    event.preventDefault();
    action();
  }
}
customElements.define('ss-shortcuts', Shortcuts);
