import { API } from './api-address.js';
import { openEventSource, openWebSocket } from './link.js';

const LEAST_WAIT_MS = 500;
const FIRST_WAIT_MS = 2_000;
const MOST_WAIT_MS = 20_000;
const HELLO_WITHIN_MS = 10_000;
const STEADY_AFTER_MS = 5_000;
const WATCH_EVERY_MS = 1_000;
const FRESH_HEARTBEATS = 1.25; // a quarter is allowed for the way
const DEAD_HEARTBEATS = 2.5;
const OPEN = ['connecting', 'loading', 'live'];

/**
 * A reader of the event stream that misses nothing, or starts over. Its listener is told:
 * `hello(data)`; `snapshot({monitors, incidents})`, which replaces everything; `event(name, data)`
 * for each event of the log after it, once and in order; `presence(data)`, if it has that, who looks
 * at an incident; `changed()` when the phase changed.
 *
 * Phases: `connecting`; `loading` until the board is whole; `live`; `waiting` for the next try;
 * `ended`, when the server wants nobody back; `refused`, when these credentials do not suffice;
 * `stopped`.
 */
export class Stream {
  phase = 'stopped';
  /** When the next try is, in epoch milliseconds, while waiting. */
  retryAt = 0;
  /** The reason of a terminal bye. */
  reason = null;

  #listener;
  #readable;
  #ways;
  #query;
  #closeLink = () => {};
  #link = 0;
  #timer = 0;
  #tries = 0;
  #greeted = false;
  #epoch = null;
  #last = null;
  #parts = null;
  #heartbeatMs = 15_000;
  #openedAt = 0;
  #spoken = null;
  #proven = null;

  /**
   * @param {Object} listener
   * @param {function(): Promise<boolean>} readable whether the caller may read at all; asked after
   *     a refusal, because an EventSource does not tell why
   * @param {Object} [options] `{query, ways, from: {epoch, seq, age}}`: the filter; the ways to the
   *     events, the next of which is tried where one did not get through; what is known already, and
   *     for how many ms
   */
  constructor(listener, readable, options = {}) {
    const { query = {}, ways = [openEventSource, openWebSocket], from } = options;
    this.#listener = listener;
    this.#readable = readable;
    this.#query = query;
    this.#ways = [...ways];
    this.#epoch = from?.epoch ?? null;
    this.#last = from?.seq ?? null;
    this.#proven = from ? moment(from.age) : null;
    setInterval(() => this.check(), WATCH_EVERY_MS);
    addEventListener('online', () => this.#wanted() && this.restart());
    addEventListener('pagehide', () => this.#wanted() && this.stop());
    addEventListener('pageshow', (event) => {
      if (event.persisted && this.phase === 'stopped') {
        this.restart();
      }
    });
    globalThis.document?.addEventListener('visibilitychange', () => {
      if (!document.hidden && this.phase === 'waiting') {
        this.restart();
      } else {
        this.check();
      }
    });
  }

  /** Connects now, going on where it was. */
  restart() {
    this.#tries = 0;
    this.#connect();
  }

  stop() {
    this.#leave('stopped');
  }

  /** The seq of the newest event that is known; null before a snapshot. */
  get seq() {
    return this.#last;
  }

  /** What the seq belongs to. */
  get epoch() {
    return this.#epoch;
  }

  /**
   * True while what is known is what is. A connection that was lost a moment ago does not change
   * that, or the page would flicker each time the server hands its readers over.
   */
  fresh() {
    return (
      this.#wanted() &&
      this.#last !== null &&
      since(this.#proven) < this.#heartbeatMs * FRESH_HEARTBEATS
    );
  }

  /** Milliseconds since what is known was proven to be what is; infinite before the first time. */
  age() {
    return since(this.#proven);
  }

  #wanted() {
    return this.phase === 'waiting' || OPEN.includes(this.phase);
  }

  #connect() {
    this.#leave('connecting');
    const url = new URL('events', API);
    for (const [name, value] of Object.entries(this.#query)) {
      url.searchParams.set(name, value);
    }
    if (this.#last !== null) {
      url.searchParams.set('lastEventId', `${this.#epoch}-${this.#last}`);
    }
    const link = ++this.#link;
    this.#openedAt = performance.now();
    this.#timer = setTimeout(() => this.#lost(false), HELLO_WITHIN_MS);
    this.#greeted = false;
    this.#closeLink = this.#ways[0](
      url,
      (name, data) => link === this.#link && this.#message(name, data),
      (refused) => link === this.#link && this.#lost(refused),
    );
  }

  /** Closes what is open and takes a new phase. */
  #leave(phase) {
    clearTimeout(this.#timer);
    this.#link++;
    this.#closeLink();
    this.#closeLink = () => {};
    this.#parts = null;
    this.#enter(phase);
  }

  #enter(phase) {
    if (this.phase !== phase) {
      this.phase = phase;
      this.#listener.changed();
    }
  }

  async #lost(refused) {
    if (!this.#greeted) {
      this.#ways.push(this.#ways.shift()); // what is between may let the other one through
    }
    this.#retry();
    const tried = this.#link;
    if (refused && !(await this.#readable()) && tried === this.#link) {
      this.#last = null; // whoever comes next may see something else
      this.#leave('refused');
    }
  }

  /** Comes back after a while that is drawn from a range that grows with each failure. */
  #retry() {
    const most = Math.min(MOST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.#tries++);
    this.#wait(LEAST_WAIT_MS + Math.random() * (most - LEAST_WAIT_MS));
  }

  #wait(ms) {
    this.#leave('waiting');
    this.retryAt = Date.now() + ms;
    this.#timer = setTimeout(() => this.#connect(), ms);
    this.#listener.changed();
  }

  /** Something is missing: starts over without a cursor. */
  #reload() {
    this.#last = null;
    this.#retry();
  }

  /** Sees whether the connection is dead; done every second, where timers are not slowed down. */
  check() {
    if (this.phase !== 'live' && this.phase !== 'loading') {
      return;
    }
    if (since(this.#spoken) > this.#heartbeatMs * DEAD_HEARTBEATS) {
      this.#retry();
    } else if (performance.now() - this.#openedAt > STEADY_AFTER_MS) {
      this.#tries = 0;
    }
  }

  #prove() {
    this.#proven = moment();
  }

  /** @param {string|Object} given the event's data, as JSON or read already */
  #message(name, given) {
    this.#spoken = moment();
    let data = given;
    try {
      data = typeof given === 'string' ? JSON.parse(given) : given;
    } catch {
      this.#reload();
      return;
    }
    switch (name) {
      case 'hello': return this.#hello(data);
      case 'snapshot': return this.#snapshot(data);
      case 'reset': return this.#reset();
      case 'heartbeat': return this.#heartbeat(data);
      case 'bye': return this.#bye(data);
      case 'presence': return this.#listener.presence?.(data); // not in the log
      default: return this.#logged(name, data);
    }
  }

  #hello(data) {
    clearTimeout(this.#timer);
    this.#greeted = true;
    this.#heartbeatMs = data.heartbeatMs;
    this.#listener.hello(data);
    if (data.resumed !== 'ok') {
      this.#epoch = data.epoch;
      this.#reset();
    } else if (data.epoch !== this.#epoch || this.#last === null) {
      this.#reload(); // an answer to what was not asked
    } else {
      this.#prove();
      this.#enter('live');
    }
  }

  /** What was known counts no more; a snapshot follows. */
  #reset() {
    this.#last = null;
    this.#parts = null;
    this.#enter('loading');
  }

  #snapshot(data) {
    const part = data.part ?? 1;
    if (part === 1) {
      this.#parts = { seq: data.seq, count: 0, monitors: [], incidents: [] };
    }
    const parts = this.#parts;
    if (!parts || parts.seq !== data.seq || ++parts.count !== part) {
      this.#reload();
      return;
    }
    parts.monitors.push(...data.monitors);
    parts.incidents.push(...data.incidents);
    if (part === (data.parts ?? 1)) {
      this.#parts = null;
      this.#last = data.seq;
      this.#prove();
      this.#listener.snapshot(parts);
      this.#enter('live');
    }
  }

  #heartbeat(data) {
    if (this.#last !== null) {
      this.#last = Math.max(this.#last, data.seq);
      this.#prove();
    }
  }

  #logged(name, data) {
    if (this.#last === null || data.seq <= this.#last) {
      return; // before the snapshot, or known already
    }
    if (data.prev > this.#last) {
      this.#reload();
      return;
    }
    this.#last = data.seq;
    this.#prove();
    this.#listener.event(name, data);
  }

  #bye(data) {
    this.reason = data.reason;
    if (data.reconnectMs === null) {
      this.#leave('ended');
    } else {
      this.#wait(data.reconnectMs);
    }
  }
}

/** So many ms ago by two clocks: sleep stops the steady one, and people set the other. */
function moment(ago = 0) {
  return { wall: Date.now() - ago, steady: performance.now() - ago };
}

/** The longer of what the two clocks say; infinite since never. */
function since(then) {
  return then
    ? Math.max(Date.now() - then.wall, performance.now() - then.steady)
    : Infinity;
}
