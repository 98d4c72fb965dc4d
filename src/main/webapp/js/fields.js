import { attribute, el, newId, say } from './dom.js';
import { text } from './text.js';

/**
 * A labelled control with room for a hint and for what the server says is wrong with it.
 *
 * @param {string} path the field's name as the server says it, such as `target.url`
 * @param {string} label
 * @param {HTMLElement} control
 * @param {string|Node} [hint]
 */
export function field(path, label, control, hint) {
  const id = newId();
  const fault = el('p', { class: 'fault', id: `${id}-fault`, hidden: true });
  const help = hint && el('p', { class: 'soft', id: `${id}-hint` }, hint);
  control.id = id;
  attribute(control, 'aria-describedby', help ? `${help.id} ${fault.id}` : fault.id);
  return el('div', { class: 'field', 'data-field': path },
    el('label', { for: id }, label), control, fault, help);
}

/**
 * Shows each error at the field that it names, or at the one that the named field is a part of.
 *
 * @param {HTMLElement} form
 * @param {{field: string, message: string}[]} errors
 * @returns {string[]} those that have no place in the form, in words
 */
export function showErrors(form, errors) {
  const unplaced = [];
  const faults = new Map();
  for (const { field: path, message } of errors) {
    const place = [...form.querySelectorAll('[data-field]')].find(
      (f) => !f.hidden && (path === f.dataset.field || path.startsWith(`${f.dataset.field}[`)
        || path.startsWith(`${f.dataset.field}.`)));
    if (place) {
      faults.set(place, [...(faults.get(place) ?? []), message]);
    } else {
      unplaced.push(text.fieldFault(path, message));
    }
  }
  for (const place of form.querySelectorAll('[data-field]')) {
    const messages = faults.get(place);
    const line = place.querySelector('.fault');
    line.hidden = !messages;
    say(line, messages?.join('; ') ?? '');
    const control = place.querySelector('input, textarea, select');
    attribute(control, 'aria-invalid', messages ? 'true' : null);
  }
  form.querySelector('[aria-invalid]')?.focus();
  return unplaced;
}
