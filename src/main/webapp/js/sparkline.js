import { attribute } from './dom.js';
import { svg } from './svg.js';

const WIDTH = 112;
const HEIGHT = 24;
export const MOST_SAMPLES = 40;

/** The latencies of the last samples, the newest at the right; failing ones are crosses. */
export class Sparkline extends HTMLElement {
  #line = svg('path', { class: 'spark-line', 'vector-effect': 'non-scaling-stroke' });
  #bad = svg('path', { class: 'spark-bad', 'vector-effect': 'non-scaling-stroke' });
  #seen = null;

  constructor() {
    super();
    this.append(svg('svg', {
      viewBox: `0 0 ${WIDTH} ${HEIGHT}`, width: WIDTH, height: HEIGHT, 'aria-hidden': 'true',
    }, this.#line, this.#bad));
  }

  /** @param {Array} samples the oldest first; a new array whenever one was added */
  draw(samples) {
    if (samples === this.#seen) {
      return;
    }
    this.#seen = samples;
    const top = Math.max(1, ...samples.map((sample) => sample.latencyMs ?? 0));
    const x = (i) => ((i + MOST_SAMPLES - samples.length) / (MOST_SAMPLES - 1) * (WIDTH - 6) + 3)
      .toFixed(1);
    const y = (ms) => (HEIGHT - 2 - (ms / top) * (HEIGHT - 5)).toFixed(1);
    let line = '';
    let bad = '';
    let drawing = false;
    samples.forEach(({ outcome, latencyMs }, i) => {
      const known = latencyMs !== null && latencyMs !== undefined && outcome !== 'UNKNOWN';
      if (outcome === 'DOWN') {
        bad += `M${x(i) - 2} ${HEIGHT - 5}l4 4m0 -4l-4 4`;
      }
      if (known && outcome !== 'DOWN') {
        line += `${drawing ? 'L' : 'M'}${x(i)} ${y(latencyMs)}`;
      }
      drawing = known && outcome !== 'DOWN';
    });
    attribute(this.#line, 'd', line || 'M0 0');
    attribute(this.#bad, 'd', bad || 'M0 0');
  }
}
customElements.define('ss-spark', Sparkline);
