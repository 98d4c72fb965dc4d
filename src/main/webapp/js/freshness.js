import { attribute, el, say } from './dom.js';
import { text } from './text.js';
import { duration, moment, now } from './time.js';

const JUST_NOW_MS = 5_000;

/** Says whether the page is live, always; and how old it is, as soon as it is not. */
export class Freshness extends HTMLElement {
  #word = el('strong');
  #age = el('span', { class: 'soft' });

  constructor() {
    super();
    this.append(el('span', { class: 'pulse', 'aria-hidden': 'true' }), this.#word, this.#age);
  }

  draw({ stream }) {
    const live = stream.phase === 'live' && stream.fresh();
    const shown = live ? 'live' : stream.fresh() || !known(stream) ? 'connecting' : 'stale';
    attribute(this, 'data-freshness', shown);
    attribute(this, 'data-phase', stream.phase);
    say(this.#word, word(shown, stream.phase));
    say(this.#age, known(stream) ? heard(stream.age()) : '');
  }
}
customElements.define('ss-freshness', Freshness);

function known(stream) {
  return stream.age() < Infinity;
}

function heard(age) {
  return age < JUST_NOW_MS ? text.heardNow : text.heard(duration(age));
}

function word(shown, phase) {
  if (shown === 'live') {
    return text.live;
  }
  const given = phase === 'ended' || phase === 'refused' || phase === 'stopped';
  return shown === 'stale' || given ? text.notLive : text.connecting;
}

/** The line across the page that tells why it is not live, and what can be done. */
export class StaleBanner extends HTMLElement {
  #why = el('span');
  #asOf = el('span', { class: 'soft' });
  #button;

  constructor(reconnect) {
    super();
    this.#button = el('button', { type: 'button', onclick: reconnect }, text.reconnect);
    this.append(el('p', { role: 'status' }, this.#why), this.#asOf, this.#button);
    this.hidden = true;
  }

  draw({ stream, board }) {
    const fresh = stream.fresh();
    document.documentElement.dataset.fresh = fresh ? 'yes' : 'no';
    const opening = !board.loaded && ['connecting', 'loading', 'stopped'].includes(stream.phase);
    this.hidden = fresh || opening || stream.phase === 'refused';
    if (this.hidden) {
      return;
    }
    const quiet = stream.phase === 'live' ? 'silent' : stream.phase;
    const phase = text.phases[quiet] ?? text.notLive;
    const wait = duration(stream.retryAt - Date.now() + 999);
    // The seconds run outside of what is read aloud.
    say(this.#why, quiet === 'waiting' ? text.lost : phase);
    const next = quiet === 'waiting' ? text.nextTry(wait) : '';
    say(this.#asOf, board.loaded && known(stream) ? `${asOf(stream)} ${next}` : `${text.nothingKnown} ${next}`);
  }
}
customElements.define('ss-stale', StaleBanner);

function asOf(stream) {
  const age = stream.age();
  return text.lastKnown(moment(now() - age), duration(age));
}
