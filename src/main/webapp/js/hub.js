import { Board } from './board.js';
import { Stream } from './stream.js';

const BEAT_MS = 2_000;
/** A tab in the background speaks once a minute at least; one that does not is gone. */
const GONE_MS = 150_000;

/**
 * One reader of the event stream for many tabs. A tab that joins gets the board as it is, and from
 * then on every event, in order. Messages to a tab: `hello`, `snapshot`, `event`, `presence`, and
 * `status` every two seconds, whenever the phase changes and as the answer to `ping`; from a tab:
 * `join`, `stay` of one that has the board already, `ping`, `restart`, `leave`.
 */
export class Hub {
  #ports = new Map();
  #board = new Board();
  #looks = new Map();
  #hello;
  #stream;
  #broadcast;
  #beats;

  /**
   * @param {function(): Promise<boolean>} readable as the stream asks
   * @param {{broadcast?: function(Object), known?: Object}} [options] a way to all ports at once;
   *     what another hub knew last: its hello, board, seq and age
   */
  constructor(readable, { broadcast, known } = {}) {
    this.#broadcast = broadcast ?? ((message) => {
      for (const port of this.#ports.keys()) {
        port.postMessage(message);
      }
    });
    this.#hello = known?.hello ?? null;
    if (known) {
      this.#board.replace(known.board);
    }
    this.#stream = new Stream({
      hello: (data) => this.#took({ type: 'hello', data }),
      snapshot: (data) => {
        this.#board.replace(data);
        this.#broadcast(this.#snapshot());
      },
      event: (name, data) => {
        this.#board.apply(name, data);
        this.#broadcast({ type: 'event', name, data });
      },
      presence: (data) => this.#took({ type: 'presence', data }),
      changed: () => this.#broadcast(this.#status()),
    }, readable, { from: known && { ...known, epoch: known.hello.epoch } });
    this.#beats = setInterval(() => this.#beat(), BEAT_MS);
  }

  /**
   * Takes a tab's message.
   *
   * @param {{postMessage: function(Object)}} port always the same one for the same tab
   * @param {{type: string}} message
   */
  took(port, { type }) {
    if (type === 'leave') {
      this.#leave(port);
      return;
    }
    const known = this.#ports.has(port) || type === 'stay';
    this.#ports.set(port, performance.now());
    if (type === 'restart' || this.#stream.phase === 'stopped') {
      this.#stream.restart();
    }
    if (type === 'join' || !known) {
      this.#welcome(port);
    } else if (type !== 'restart') {
      this.#stream.check(); // timers of a tab in the background may be slow
      port.postMessage(this.#status());
    }
  }

  /** Ends it; another one may go on. */
  stop() {
    clearInterval(this.#beats);
    this.#ports.clear();
    this.#stream.stop();
  }

  #took(message) {
    if (message.type === 'hello') {
      this.#hello = message.data;
      this.#looks.clear(); // it is told anew
    } else {
      const { incident, count } = message.data;
      this.#looks.delete(incident);
      if (count > 0) {
        this.#looks.set(incident, message);
      }
    }
    this.#broadcast(message);
  }

  #welcome(port) {
    if (this.#hello !== null && this.#board.loaded && this.#stream.seq !== null) {
      port.postMessage({ type: 'hello', data: this.#hello });
      port.postMessage(this.#snapshot());
      this.#looks.forEach((message) => port.postMessage(message));
    }
    port.postMessage(this.#status());
  }

  #leave(port) {
    this.#ports.delete(port);
    if (this.#ports.size === 0) {
      this.#stream.stop();
    }
  }

  #beat() {
    for (const [port, at] of this.#ports) {
      if (performance.now() - at > GONE_MS) {
        this.#leave(port);
      }
    }
    this.#broadcast(this.#status());
  }

  #snapshot() {
    return {
      type: 'snapshot',
      status: this.#status(),
      data: {
        seq: this.#stream.seq,
        monitors: [...this.#board.monitors.values()],
        incidents: [...this.#board.incidents.values()],
      },
    };
  }

  #status() {
    const { phase, retryAt, reason } = this.#stream;
    const stream = this.#stream;
    return { type: 'status', phase, retryAt, reason, fresh: stream.fresh(), age: stream.age() };
  }
}
