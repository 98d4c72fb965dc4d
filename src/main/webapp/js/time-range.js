const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** How long a step of the history is; a day may be longer or shorter. */
export const STEPS = { '1m': MINUTE_MS, '5m': 5 * MINUTE_MS, '1h': HOUR_MS, '1d': DAY_MS };

/** How far back one looks, with the step that gives enough points, and how often to look again. */
export const RANGES = {
  '30m': { length: 30 * MINUTE_MS, step: '1m', every: 15_000 },
  '6h': { length: 6 * HOUR_MS, step: '1m', every: 60_000 },
  '24h': { length: DAY_MS, step: '5m', every: 60_000 },
  '7d': { length: 7 * DAY_MS, step: '1h', every: 300_000 },
  '30d': { length: 30 * DAY_MS, step: '1h', every: 300_000 },
  '90d': { length: 90 * DAY_MS, step: '1d', every: 300_000 },
  '2y': { length: 730 * DAY_MS, step: '1d', every: 300_000 },
};
const SHORTEST = RANGES['30m'].length;
const LONGEST = RANGES['2y'].length;

/** The window of a range that ends now. */
export function latest(name, now) {
  return { from: now - RANGES[name].length, to: now };
}

/** The window nearest to this one that is long enough, not too long, and over by now. */
export function fitted({ from, to }, now) {
  const length = Math.min(Math.max(to - from, SHORTEST), LONGEST);
  const end = Math.min((from + to + length) / 2, now);
  return { from: end - length, to: end };
}

/** A window around the same middle, this many times as long. */
export function scaled({ from, to }, times, now) {
  const more = (to - from) * (times - 1) / 2;
  return fitted({ from: from - more, to: to + more }, now);
}

/** A window as long, later by this share of its length. */
export function moved({ from, to }, share, now) {
  const by = (to - from) * share;
  return fitted({ from: from + by, to: to + by }, now);
}
