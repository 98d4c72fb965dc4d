import { dialog } from './dialogs.js';
import { button, el, say } from './dom.js';
import { text } from './text.js';

/** Shows where a new heartbeat is to be sent. */
export class BeatAddress extends HTMLElement {
  show({ name, target }) {
    const address = el('input', {
      readonly: true, value: target.url, 'aria-label': text.beatUrl, 'data-beat-url': '',
      onfocus: () => address.select(),
    });
    const copy = button('copy', text.copy, async () => {
      await navigator.clipboard.writeText(target.url);
      say(copy, text.copied);
    });
    const box = dialog('beat-address', name,
      el('p', null, text.beatReady),
      el('div', { class: 'copyable' }, address,
        navigator.clipboard && copy), // there is none without TLS
      el('pre', { tabindex: '0' }, text.beatExample(target.url)),
      el('div', { class: 'actions' },
        el('button', { type: 'button', class: 'primary', onclick: () => box.close() }, text.done)));
    box.addEventListener('close', () => box.remove());
    this.append(box);
    box.showModal();
  }
}
customElements.define('ss-beat-address', BeatAddress);
