import { API } from './api-address.js';
import { socketTo } from './link.js';

const AGAIN_MS = 10_000;

/**
 * Who looks at which incident, and that this page does: it says so over a WebSocket of its
 * own, which is open only while an incident is looked at.
 */
export class Presence {
  #looks = new Map();
  #changed;
  #session;
  #incident = null;
  #told = null;
  #socket = null;
  #timer = 0;

  constructor(session, changed) {
    this.#session = session;
    this.#changed = changed;
    document.addEventListener('visibilitychange', () => document.hidden && this.look(null));
  }

  /** Who looks is told anew. */
  forget() {
    this.#looks.clear();
  }

  /** Takes who looks at an incident. */
  took({ incident, users, count }) {
    this.#looks.set(incident, { users, count });
    this.#changed();
  }

  /** The others who look at an incident: names, and how many more. */
  others(incident) {
    const { users, count } = this.#looks.get(incident) ?? { users: [], count: 0 };
    return {
      names: users.filter((name) => name !== this.#session.user), more: count - users.length,
    };
  }

  /** This page looks at an incident now, or at none. */
  look(incident) {
    const wanted = document.hidden || this.#session.user === null ? null : incident;
    if (wanted === this.#incident) {
      return;
    }
    this.#incident = wanted;
    this.#told = null;
    if (wanted === null) {
      this.#close();
    } else if (this.#socket) {
      this.#tell();
    } else {
      this.#open();
    }
  }

  #open() {
    clearTimeout(this.#timer);
    this.#socket = socketTo(new URL('events', API));
    this.#socket.onmessage = () => this.#tell(); // its first is a hello
    this.#socket.onclose = () => {
      this.#socket = null;
      this.#told = null;
      this.#timer = setTimeout(() => this.#incident && this.#open(), AGAIN_MS);
    };
  }

  #tell() {
    if (this.#told !== this.#incident && this.#socket.readyState === WebSocket.OPEN) {
      this.#told = this.#incident;
      this.#socket.send(JSON.stringify({ op: 'view', ref: 'view', incident: this.#incident }));
    }
  }

  #close() {
    clearTimeout(this.#timer);
    if (this.#socket) {
      this.#socket.onclose = null;
      this.#socket.close();
      this.#socket = null;
    }
  }
}
