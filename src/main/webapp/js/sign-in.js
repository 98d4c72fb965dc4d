import { API } from './api-address.js';
import { call } from './api.js';
import { dialog } from './dialogs.js';
import { el, once, say } from './dom.js';
import { field, showErrors } from './fields.js';
import { text } from './text.js';

/** Lets someone sign in: when asked to, or because what was tried needs it. */
export class SignInDialog extends HTMLElement {
  #signIn;
  #why = el('p', { class: 'soft', hidden: true });
  #fault = el('p', { class: 'fault', role: 'alert' });
  #username = el('input', { name: 'username', autocomplete: 'username', autocapitalize: 'none' });
  #password = el('input', {
    name: 'password', type: 'password', autocomplete: 'current-password',
  });
  #submit = el('button', { class: 'primary', 'data-action': 'submit' }, text.signIn);
  #elsewhere = el('button', {
    type: 'button', hidden: true, 'data-action': 'single-sign-on', onclick: leave,
  }, text.singleSignOn);
  #form;
  #box;
  #asked = null;

  /** @param {function(string, string): Promise} signIn throws a problem */
  constructor(signIn) {
    super();
    this.#signIn = signIn;
    this.#form = el('form', { novalidate: true, onsubmit: (event) => this.#send(event) },
      this.#why, this.#fault,
      field('username', text.username, this.#username),
      field('password', text.password, this.#password),
      el('div', { class: 'actions' },
        el('button', { type: 'button', onclick: () => this.#box.close() }, text.cancel),
        this.#submit),
      this.#elsewhere);
    this.#box = dialog('sign-in-dialog', text.signIn, this.#form);
    this.#box.addEventListener('close', () => this.#answer());
    this.append(this.#box);
  }

  /**
   * Asks until it is enough, or until the dialog is closed.
   *
   * @param {function(): string|null} lacking why who is signed in, or nobody, does not suffice;
   *     null if it is enough
   * @returns {Promise<boolean>} whether it is enough
   */
  ask(lacking) {
    const why = lacking() ?? '';
    say(this.#why, why);
    this.#why.hidden = why === '';
    this.#fault.textContent = '';
    showErrors(this.#form, []);
    if (!this.#asked) {
      let answer;
      const promise = new Promise((resolve) => (answer = resolve));
      this.#asked = { promise, answer, lacking };
      this.#box.showModal();
      this.#username.focus();
      this.#offer();
    }
    this.#asked.lacking = lacking;
    return this.#asked.promise;
  }

  async #offer() {
    try {
      const { ways } = await call('GET', 'sign-in');
      this.#elsewhere.hidden = !ways.includes('oidc');
    } catch {
      // the password is offered anyway
    }
  }

  #answer() {
    const { answer, lacking } = this.#asked;
    this.#asked = null;
    this.#password.value = '';
    answer(lacking() === null);
  }

  async #send(event) {
    event.preventDefault();
    await once(this.#submit, () => this.#try());
  }

  async #try() {
    this.#fault.textContent = '';
    showErrors(this.#form, []);
    try {
      await this.#signIn(this.#username.value, this.#password.value);
      const lacking = this.#asked?.lacking() ?? null;
      if (lacking === null) {
        this.#box.close();
      } else {
        this.#fault.textContent = lacking;
      }
    } catch (problem) {
      const unplaced = showErrors(this.#form, problem.errors);
      this.#fault.textContent = problem.errors.length > 0 ? unplaced.join(' ') : problem.message;
      this.#password.select();
    }
  }
}

/** Goes to the provider, which sends the browser back to where it is now. */
function leave() {
  const start = new URL('../sign-in/oidc', API);
  start.searchParams.set('return', location.pathname + location.search + location.hash);
  location.assign(start);
}

customElements.define('ss-sign-in', SignInDialog);
