const DAY_MS = 86_400_000;
const day = { day: 'numeric', month: 'short' };
const minute = { ...day, year: 'numeric', hour: '2-digit', minute: '2-digit' };

const format = (options) => new Intl.DateTimeFormat(undefined, options);
const clock = format({ timeStyle: 'short' });
const days = format(day);
const months = format({ month: 'short' });
const years = format({ month: 'short', year: 'numeric' });
const dates = format({ ...day, year: 'numeric' });
const exactly = format({ ...minute, timeZoneName: 'short' });

/** Words at an axis for these times, as far apart as given; a new day or year is said. */
export function ticks(times, apart) {
  return times.map((at, i) => {
    const date = new Date(at);
    if (apart < DAY_MS) {
      const midnight = date.getHours() === 0 && date.getMinutes() === 0;
      return (midnight ? days : clock).format(date);
    }
    if (apart < 28 * DAY_MS) {
      return days.format(date);
    }
    return (i === 0 || date.getMonth() === 0 ? years : months).format(date);
  });
}

/** From when to when, in the viewer's time zone, which is named where it matters. */
export function span(from, to) {
  return (to - from > 60 * DAY_MS ? dates : exactly).formatRange(from, to);
}

/** The time that a point of the history stands for. */
export function pointSpan(at, step) {
  return step >= DAY_MS ? dates.format(at) : exactly.formatRange(at, at + step);
}
