import { Stream } from './stream.js';

const PING_MS = 10_000;
const SILENT_MS = 8_000;
const FIRST_WITHIN_MS = 4_000;
const EVER = ['connecting', 'loading', 'live', 'waiting'];

/**
 * A reader of the event stream that shares one connection with all other tabs of the browser, by a
 * SharedWorker. To its listener it is as a {@link Stream} is. Where there is no such worker, or it
 * does not speak, this tab reads by itself.
 */
export class SharedStream {
  phase = 'stopped';
  retryAt = 0;
  reason = null;

  #listener;
  #readable;
  #port = null;
  #own = null;
  #last = null;
  #status = null;
  #heardAt = 0;
  #timer = 0;

  constructor(listener, readable) {
    this.#listener = listener;
    this.#readable = readable;
    addEventListener('pagehide', () => this.#port?.postMessage({ type: 'leave' }));
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
      this.#open();
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

  #open() {
    this.#enter({ phase: 'connecting' });
    try {
      const worker = new SharedWorker(new URL('stream-worker.js', import.meta.url), {
        type: 'module', name: 'serversence-stream',
      });
      worker.onerror = () => this.#alone();
      this.#port = worker.port;
      this.#port.onmessage = ({ data }) => this.#took(data);
      this.#say('join');
      this.#timer = setTimeout(() => this.#alone(), FIRST_WITHIN_MS);
    } catch {
      this.#alone();
    }
  }

  #say(type) {
    this.#port?.postMessage({ type });
  }

  /** Reads without the others from now on. */
  #alone() {
    clearTimeout(this.#timer);
    if (this.#own) {
      return;
    }
    this.#port?.close();
    this.#port = null;
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
      this.#say('join'); // after a sleep it speaks at once; a dead one never
      this.#timer = setTimeout(() => this.#alone(), FIRST_WITHIN_MS);
    }
  }

  #took(message) {
    clearTimeout(this.#timer);
    this.#heardAt = Date.now();
    switch (message.type) {
      case 'hello': return this.#listener.hello(message.data);
      case 'snapshot':
        this.#last = message.data.seq;
        this.#status = message.status; // or the page would be drawn as of never
        return this.#listener.snapshot(message.data);
      case 'event': return this.#event(message.name, message.data);
      case 'status': return this.#enter(message);
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
