import { el, newId } from './dom.js';
import { text } from './text.js';

/** What is being stored, or is shown only once, would be lost. */
const WANTED = ':has([aria-disabled=true], [data-once])';

addEventListener('hashchange', () => { // a dialog belongs to the screen that it was opened on
  document.querySelectorAll(`dialog[open]:not(${WANTED})`).forEach((box) => box.close());
});

/** A modal dialog with a heading that names it. */
export function dialog(id, title, ...children) {
  const heading = el('h2', { id: newId() }, title);
  return el('dialog', { id, 'aria-labelledby': heading.id }, heading, ...children);
}

/** Asks for a yes before what cannot be undone. */
export class ConfirmDialog extends HTMLElement {
  /** @returns {Promise<boolean>} */
  ask(title, hint, yes) {
    return new Promise((resolve) => {
      const close = (answer) => () => box.close(answer);
      const box = dialog('confirm', title,
        el('p', null, hint),
        el('div', { class: 'actions' },
          el('button', { type: 'button', autofocus: true, onclick: close('') }, text.cancel),
          el('button', {
            type: 'button', class: 'danger', 'data-action': 'yes', onclick: close('yes'),
          }, yes)));
      box.addEventListener('close', () => {
        resolve(box.returnValue === 'yes');
        box.remove();
      });
      this.append(box);
      box.showModal();
    });
  }
}
customElements.define('ss-confirm', ConfirmDialog);
