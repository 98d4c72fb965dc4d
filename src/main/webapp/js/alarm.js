import { text } from './text.js';

const GATHER_MS = 1_500;
const MOST_NAMED = 3;
const KEPT = 'alarm';

/**
 * Sounds and shows a notification of the system when monitors go down, for who asked for it in this
 * browser. Of several tabs one does.
 */
export class Alarm {
  #changed;
  #down = new Map();
  #timer = 0;
  #sound = null;

  constructor(changed) {
    this.#changed = changed;
    if (this.on) {
      for (const touch of ['pointerdown', 'keydown']) { // before that no page may sound
        addEventListener(touch, () => this.#tune(), { once: true });
      }
    }
  }

  /** Whether it was asked for. */
  get on() {
    return localStorage.getItem(KEPT) === 'on';
  }

  /** @returns {Promise<string>} what it does from now on: `off`, `sounds`, `tells` */
  async toggle() {
    localStorage.setItem(KEPT, this.on ? 'off' : 'on');
    this.#changed();
    if (!this.on) {
      return 'off';
    }
    this.#tune();
    this.#ring(1);
    return (await globalThis.Notification?.requestPermission()) === 'granted' ? 'tells' : 'sounds';
  }

  /** A monitor changed its state. */
  became(row, to) {
    if (!this.on) {
      return;
    }
    if (to === 'DOWN' && !row.muted) {
      this.#down.set(row.id, row.name);
      this.#timer ||= setTimeout(() => this.#tell(), GATHER_MS);
    } else {
      this.#down.delete(row.id);
    }
  }

  #tell() {
    this.#timer = 0;
    const names = [...this.#down.values()];
    this.#down.clear();
    if (names.length === 0) {
      return;
    }
    const tell = () => {
      this.#ring(2);
      this.#notify(names);
      return new Promise((resolve) => setTimeout(resolve, 2 * GATHER_MS));
    };
    if (navigator.locks) {
      navigator.locks.request('serversence-alarm', { ifAvailable: true }, (lock) => lock && tell());
    } else {
      tell();
    }
  }

  #notify(names) {
    if (globalThis.Notification?.permission !== 'granted') {
      return;
    }
    const named = names.slice(0, MOST_NAMED).join(', ');
    const note = new Notification(text.title(names.length), {
      body: names.length > MOST_NAMED ? text.andMore(named, names.length - MOST_NAMED) : named,
      icon: new URL('../favicon-down.svg', import.meta.url).href,
      tag: 'serversence',
    });
    note.onclick = () => {
      focus();
      note.close();
    };
  }

  #tune() {
    this.#sound ??= new AudioContext();
    this.#sound.resume();
  }

  /** Some pairs of falling notes. */
  #ring(times) {
    if (this.#sound?.state === 'closed' || !this.#sound) {
      return;
    }
    for (let i = 0; i < times * 2; i++) {
      const at = this.#sound.currentTime + i * 0.25;
      const note = new OscillatorNode(this.#sound, { frequency: i % 2 === 0 ? 880 : 660 });
      const loud = new GainNode(this.#sound, { gain: 0 });
      loud.gain.setValueAtTime(0.0001, at);
      loud.gain.exponentialRampToValueAtTime(0.25, at + 0.02);
      loud.gain.exponentialRampToValueAtTime(0.0001, at + 0.22);
      note.connect(loud).connect(this.#sound.destination);
      note.start(at);
      note.stop(at + 0.24);
    }
  }
}
