import { call, one } from './api.js';
import { DAYS } from './day-bars.js';
import { Lazy } from './lazy.js';
import { MOST_SAMPLES } from './sparkline.js';
import { now } from './time.js';

const DAY_MS = 86_400_000;
const NONE = [];

/** What was: days, samples and earlier incidents of the monitors that are looked at. */
export class Past {
  #days;
  #before;
  #seeds;
  #recent = new Map();

  constructor(changed) {
    this.#days = new Lazy(readDays, changed);
    this.#before = new Lazy(readBefore, changed, { freshMs: 60_000 });
    this.#seeds = new Lazy((id) => this.#seed(id), changed, { most: 3_000, freshMs: Infinity });
  }

  /** The last 90 days as points of the history; null if unknown, undefined as yet. */
  days(id) {
    return this.#days.get(id);
  }

  /** The incidents of a monitor within 90 days, newest first, at most 50. */
  before(id) {
    return this.#before.get(id);
  }

  /** The last samples, the oldest first; a new array whenever there is a new one. */
  samples(id) {
    this.#seeds.get(id);
    return this.#recent.get(id) ?? NONE;
  }

  /** Takes new samples as they come. */
  sampled(samples) {
    for (const sample of samples) {
      const known = this.#recent.get(sample.monitor) ?? NONE;
      this.#recent.set(sample.monitor, [...known.slice(1 - MOST_SAMPLES), sample]);
    }
  }

  /** Something happened to a monitor's incidents. */
  happened(monitor) {
    this.#before.forget(monitor);
  }

  /** Samples may have been missed, or what is known is no more for these eyes. */
  forget() {
    this.#recent.clear();
    const changed = () => {};
    this.#seeds = new Lazy((id) => this.#seed(id), changed, { most: 3_000, freshMs: Infinity });
  }

  async #seed(id) {
    const { items } = await call('GET', `${one('monitors', id)}/samples?limit=${MOST_SAMPLES}`);
    const known = this.#recent.get(id) ?? NONE;
    const first = known[0]?.at;
    const older = items.reverse().filter(({ at }) => first === undefined || at < first);
    this.#recent.set(id, [...older, ...known].slice(-MOST_SAMPLES));
    return true;
  }
}

async function readDays(id) {
  const to = new Date(now());
  const from = new Date(now() - (DAYS - 1) * DAY_MS);
  const query = new URLSearchParams({
    from: from.toISOString(), to: to.toISOString(), step: '1d', tz: zone(),
  });
  return (await call('GET', `${one('monitors', id)}/history?${query}`)).points;
}

/** The viewer's time zone, in which a day begins. */
export function zone() {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
}

async function readBefore(id) {
  const query = new URLSearchParams({
    monitor: id, from: new Date(now() - DAYS * DAY_MS).toISOString(),
    to: new Date(now() + DAY_MS).toISOString(), limit: '50',
  });
  return (await call('GET', `incidents?${query}`)).items;
}
