import { dialog } from './dialogs.js';
import { el, once } from './dom.js';
import { field, showErrors } from './fields.js';
import { text } from './text.js';

/** Changes the password of who is signed in. */
export class PasswordDialog extends HTMLElement {
  #commands;
  #notices;
  #changed;
  #form;
  #box;
  #fault = el('p', { class: 'fault', role: 'alert' });
  #submit = el('button', { class: 'primary', 'data-action': 'store' }, text.store);

  constructor(commands, notices, changed) {
    super();
    this.#commands = commands;
    this.#notices = notices;
    this.#changed = changed;
    const input = (name, autocomplete) => el('input', { type: 'password', name, autocomplete });
    this.#form = el('form', {
      novalidate: true, onsubmit: (event) => {
        event.preventDefault();
        once(this.#submit, () => this.#store());
      },
    },
    this.#fault,
    field('old', text.oldPassword, input('old', 'current-password')),
    field('new', text.newPassword, input('new', 'new-password')),
    el('div', { class: 'actions' },
      el('button', { type: 'button', onclick: () => this.#box.close() }, text.cancel),
      this.#submit));
    this.#box = dialog('password-dialog', text.changePassword, this.#form);
    this.#box.addEventListener('close', () => this.#form.reset());
    this.append(this.#box);
  }

  open() {
    this.#fault.textContent = '';
    showErrors(this.#form, []);
    this.#box.showModal();
  }

  async #store() {
    const { old, new: fresh } = Object.fromEntries(new FormData(this.#form));
    this.#fault.textContent = '';
    showErrors(this.#form, []);
    try {
      if (await this.#commands.changePassword(old, fresh)) {
        this.#box.close();
        this.#changed();
        this.#notices.tell(text.stored);
      }
    } catch (problem) {
      const errors = problem.errors ?? [];
      this.#fault.textContent = errors.length > 0 ? showErrors(this.#form, errors).join(' ')
        : problem.message;
    }
  }
}
customElements.define('ss-password', PasswordDialog);
