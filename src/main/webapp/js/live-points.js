const MOST = 2_000;

/**
 * The history goes on with the samples that come in, so that one need not ask for every second.
 * What is told of a step is replaced only where all its samples were seen.
 */
export class LivePoints {
  #samples = [];

  /** @param {Array} samples the last ones, the oldest first */
  take(samples) {
    const last = this.#samples.at(-1)?.at;
    const known = samples.findIndex(({ at }) => at === last);
    this.#samples = known < 0 ? [...samples] // some may have been missed between
      : [...this.#samples, ...samples.slice(known + 1)].slice(-MOST);
  }

  /** @returns the points, and those that were not asked for as yet */
  after(points, step) {
    const last = points.at(-1);
    if (!last || this.#samples.length === 0) {
      return points;
    }
    const end = Date.parse(last.at);
    const steps = new Map();
    for (const sample of this.#samples) {
      const at = Math.floor(Date.parse(sample.at) / step) * step;
      if (at >= end) {
        steps.set(at, [...steps.get(at) ?? [], sample]);
      }
    }
    const whole = Date.parse(this.#samples[0].at) < end;
    const added = [...steps].filter(([at]) => at > end || whole).map(point);
    return added.length === 0 ? points
      : [...(added[0].at === last.at ? points.slice(0, -1) : points), ...added];
  }
}

function point([at, samples]) {
  const judged = samples.filter(({ outcome }) => outcome !== 'UNKNOWN')
    .map(({ latencyMs }) => latencyMs ?? 0).sort((a, b) => a - b);
  const count = (wanted) => samples.filter(({ outcome }) => outcome === wanted).length;
  const quantile = (share) => judged[Math.floor(share * (judged.length - 1))] ?? null;
  return {
    at: new Date(at).toISOString(), samples: samples.length,
    down: count('DOWN'), degraded: count('DEGRADED'),
    p50Ms: quantile(0.5), p95Ms: quantile(0.95), p99Ms: quantile(0.99),
  };
}
