import { Board } from './board.js';
import { Stream } from './stream.js';
import { tabPort } from './tab-port.js';
import { workerPort } from './worker-port.js';

const PING_MS = 5_000;
const SILENT_MS = 8_000;
const FIRST_WITHIN_MS = 4_000;
const EVER = ['connecting', 'loading', 'live', 'waiting'];

/**
 * A reader of the event stream that shares one connection with all other tabs of the browser. To
 * its listener it is as a {@link Stream} is. The connection is held by a SharedWorker; where there
 * is none, or it does not speak, by the tab that has a Web Lock; and else each tab reads by itself.
 */
export class SharedStream {
  phase = 'stopped';
  retryAt = 0;
  reason = null;

  #listener;
  #readable;
  #ways;
  #port = null;
  #own = null;
  #hello = null;
  #board = new Board();
  #last = null;
  #status = null;
  #heardAt = 0;
  #timer = 0;

  constructor(listener, readable) {
    this.#listener = listener;
    this.#readable = readable;
    this.#ways = [
      () => workerPort(() => this.#next()),
      () => tabPort(readable, () => this.#known()),
    ];
    addEventListener('pagehide', () => this.#say('leave'));
    addEventListener('pageshow', (event) => event.persisted && this.#say('join'));
    setInterval(() => this.#watch(), 1_000);
    setInterval(() => this.#say('ping'), PING_MS);
  }

  restart() {
    if (this.#own) {
      this.#own.restart();
    } else if (this.#port) {
      this.#say('restart');
    } else {
      this.#enter({ phase: 'connecting' });
      this.#next();
    }
  }

  fresh() {
    return this.#own ? this.#own.fresh()
      : this.#last !== null && this.#status?.fresh === true && this.#silence() < SILENT_MS;
  }

  age() {
    return this.#own ? this.#own.age()
      : this.#status && this.#last !== null ? this.#status.age + this.#silence() : Infinity;
  }

  #silence() {
    return Date.now() - this.#heardAt;
  }

  /** Goes the next way to the events; the last is by itself. */
  #next() {
    clearTimeout(this.#timer);
    this.#port?.close();
    this.#port = null;
    while (this.#ways.length > 0 && !this.#port) {
      try {
        this.#port = this.#ways.shift()();
      } catch {
        // not in this browser, or not on this page
      }
    }
    if (this.#port) {
      this.#port.onmessage = ({ data }) => this.#took(data);
      this.#hope();
    } else if (!this.#own) {
      this.#alone();
    }
  }

  #join() {
    this.#say('join');
    this.#hope();
  }

  #hope() {
    this.#timer = setTimeout(() => this.#next(), FIRST_WITHIN_MS);
  }

  #say(type) {
    this.#port?.postMessage({ type });
  }

  #alone() {
    this.#own = new Stream({
      ...this.#listener,
      changed: () => {
        const { phase, retryAt, reason } = this.#own;
        Object.assign(this, { phase, retryAt, reason });
        this.#listener.changed();
      },
    }, this.#readable);
    this.#own.restart();
  }

  #watch() {
    if (this.#port && EVER.includes(this.phase) && this.#silence() > 3 * SILENT_MS
      && this.#heardAt > 0) {
      this.#heardAt = Date.now();
      this.#join(); // after a sleep it speaks at once; a dead one never
    }
  }

  /** What a hub in this tab would begin with. */
  #known() {
    return this.#last === null ? undefined : {
      hello: this.#hello, board: {
        monitors: [...this.#board.monitors.values()],
        incidents: [...this.#board.incidents.values()],
      }, seq: this.#last, age: this.age(),
    };
  }

  #took(message) {
    clearTimeout(this.#timer);
    this.#heardAt = Date.now();
    const { type, data } = message;
    switch (type) {
      case 'hello':
        this.#hello = data;
        return this.#listener.hello(data);
      case 'snapshot':
        this.#last = data.seq;
        this.#status = message.status; // or the page would be drawn as of never
        this.#board.replace(data);
        return this.#listener.snapshot(data);
      case 'event': return this.#event(message.name, data);
      case 'presence': return this.#listener.presence?.(data);
      case 'status': return this.#enter(message);
      case 'moved': return this.#say(this.#last === null ? 'join' : 'stay');
      default: return undefined;
    }
  }

  #event(name, data) {
    if (this.#last === null || data.seq <= this.#last) {
      return;
    }
    if (data.prev > this.#last) {
      this.#last = null;
      this.#say('join');
      return;
    }
    this.#last = data.seq;
    this.#board.apply(name, data);
    this.#listener.event(name, data);
  }

  #enter(status) {
    const { phase, retryAt = 0, reason = null } = status;
    this.#status = status;
    const changed = phase !== this.phase || retryAt !== this.retryAt;
    Object.assign(this, { phase, retryAt, reason });
    if (changed) {
      this.#listener.changed();
    }
  }
}
