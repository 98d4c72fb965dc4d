import { text } from './text.js';

let offset = 0;

/** Learns what time it is on the server, whose clock all times of the page come from. */
export function learnTime(serverTime) {
  const at = Date.parse(serverTime);
  if (Number.isFinite(at)) {
    offset = at - Date.now();
  }
}

/** The server's time in epoch milliseconds, as far as known. */
export function now() {
  return Date.now() + offset;
}

/** How long ago an RFC 3339 time was, in words. */
export function ago(iso) {
  return duration(now() - Date.parse(iso));
}

/** A length of time in words, as exact as one cares at a glance. */
export function duration(ms) {
  const { seconds, minutes, hours, days } = text.units;
  const s = Math.max(0, Math.floor(ms / 1000));
  if (s < 60) {
    return seconds(s);
  }
  const m = Math.floor(s / 60);
  if (m < 60) {
    return minutes(m);
  }
  const h = Math.floor(m / 60);
  if (h < 48) {
    return hours(h, h < 10 ? m % 60 : 0);
  }
  return days(Math.floor(h / 24));
}

/** A latency, with three digits that matter. */
export function latency(ms) {
  if (ms === null || ms === undefined) {
    return text.noLatency;
  }
  if (ms >= 9_999.5) {
    return text.units.seconds((ms / 1000).toFixed(1));
  }
  if (ms >= 999.5) {
    return text.units.seconds((ms / 1000).toFixed(2));
  }
  return text.units.milliseconds(ms < 9.95 && ms > 0 ? ms.toFixed(1) : ms.toFixed(0));
}

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });
const medium = { dateStyle: 'medium', timeStyle: 'medium' };
const dayAndClock = new Intl.DateTimeFormat(undefined, medium);
const exactly = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'long' });

/** A time in the viewer's zone, with the day where it is not today. */
export function moment(time) {
  const at = new Date(time);
  return at.toDateString() === new Date(now()).toDateString()
    ? clock.format(at)
    : dayAndClock.format(at);
}

/** A time in the viewer's zone with all there is to it. */
export function exact(time) {
  return exactly.format(new Date(time));
}
