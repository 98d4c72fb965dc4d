import { Board } from './board.js';
import { Stream } from './stream.js';

const BEAT_MS = 2_000;
/** A tab in the background speaks once a minute at least; one that does not is gone. */
const GONE_MS = 150_000;

/**
 * One reader of the event stream for many tabs. A tab that joins gets the board as it is, and from
 * then on every event, in order. Messages to a tab: `hello`, `snapshot`, `event`, and `status` every
 * two seconds and whenever the phase changes; from a tab: `join`, `ping`, `restart`, `leave`.
 */
export class Hub {
  #ports = new Map();
  #board = new Board();
  #hello = null;
  #stream;

  /**
   * @param {function(): Promise<boolean>} readable as the stream asks
   * @param {Object} [options] as of the stream
   */
  constructor(readable, options) {
    this.#stream = new Stream({
      hello: (data) => {
        this.#hello = data;
        this.#tell({ type: 'hello', data });
      },
      snapshot: (data) => {
        this.#board.replace(data);
        this.#tell(this.#snapshot());
      },
      event: (name, data) => {
        this.#board.apply(name, data);
        this.#tell({ type: 'event', name, data });
      },
      changed: () => this.#tell(this.#status()),
    }, readable, options);
    setInterval(() => this.#beat(), BEAT_MS);
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
    const known = this.#ports.has(port);
    this.#ports.set(port, performance.now());
    if (type === 'restart') {
      this.#stream.restart();
    } else if (this.#stream.phase === 'stopped') {
      this.#stream.restart();
    }
    if (type === 'join' || !known) {
      this.#welcome(port);
    }
  }

  #welcome(port) {
    if (this.#hello !== null && this.#board.loaded && this.#stream.seq !== null) {
      port.postMessage({ type: 'hello', data: this.#hello });
      port.postMessage(this.#snapshot());
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
    this.#tell(this.#status());
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

  #tell(message) {
    for (const port of this.#ports.keys()) {
      port.postMessage(message);
    }
  }
}
