import { attribute, el, say } from './dom.js';
import { to as address } from './route.js';
import { text } from './text.js';
import { duration } from './time.js';

const HATCH = 7;
const ROOM_FOR_WORDS = 76;
const TALLEST_BAR = 18;

/** Where an incident is on a plot, in CSS pixels of its area. */
function placed(plot, { startedAt, endedAt }, now) {
  const width = plot.bbox.width / devicePixelRatio;
  const x = (at) => Math.min(Math.max(plot.valToPos(at, 'x'), 0), width);
  const left = x(Date.parse(startedAt));
  return { left, width: Math.max(2, x(endedAt ? Date.parse(endedAt) : now) - left) };
}

/** Draws incidents as hatched stretches with dashed edges. */
export function hatch(plot, incidents, now, ink) {
  const { ctx, bbox } = plot;
  const px = devicePixelRatio;
  ctx.save();
  ctx.strokeStyle = ink.incident;
  ctx.lineWidth = px;
  for (const incident of incidents) {
    const { left, width } = placed(plot, incident, now);
    const [x, w] = [bbox.left + left * px, width * px];
    ctx.save();
    ctx.beginPath();
    ctx.rect(x, bbox.top, w, bbox.height);
    ctx.clip();
    ctx.globalAlpha = 0.4;
    ctx.beginPath();
    const first = Math.floor((x - bbox.height) / (HATCH * px)) * HATCH * px; // lines of neighbours meet
    for (let at = first; at < x + w; at += HATCH * px) {
      ctx.moveTo(at, bbox.top + bbox.height);
      ctx.lineTo(at + bbox.height, bbox.top);
    }
    ctx.stroke();
    ctx.restore();
    ctx.setLineDash([3 * px, 3 * px]);
    ctx.beginPath();
    for (const edge of [x, x + w]) {
      ctx.moveTo(edge, bbox.top);
      ctx.lineTo(edge, bbox.top + bbox.height);
    }
    ctx.stroke();
  }
  ctx.restore();
}

/** Puts a flag above each incident that leads to it; who has no pointer has a list of them. */
export function flag(plot, incidents, now) {
  const before = new Map([...plot.over.querySelectorAll('.flag')].map((one) => [one.href, one]));
  const places = incidents.map((incident) => ({ incident, ...placed(plot, incident, now) }))
    .sort((a, b) => a.left - b.left);
  const end = plot.bbox.width / devicePixelRatio;
  places.forEach(({ incident: { id, startedAt, endedAt, cause }, left, width }, i) => {
    const lasted = duration((endedAt ? Date.parse(endedAt) : now) - Date.parse(startedAt));
    const middle = left + width / 2;
    const room = (places[i + 1] ? places[i + 1].left : end) - middle;
    const made = el('a', {
      class: 'flag', href: address('incidents', id), tabindex: '-1', 'aria-hidden': 'true',
    });
    const node = before.get(made.href) ?? made; // one that is being pressed stays
    before.delete(made.href);
    attribute(node, 'title', `${text.chart.incident} · ${lasted}${cause ? ` · ${cause}` : ''}`);
    say(node, room > ROOM_FOR_WORDS ? lasted : '');
    node.style.left = `${middle}px`;
    if (!node.isConnected) {
      plot.over.append(node);
    }
  });
  before.forEach((gone) => gone.remove());
}

/** Draws bars where checks failed, the taller the more of them. */
export function failures(plot, points, ink) {
  const { ctx, bbox } = plot;
  const px = devicePixelRatio;
  ctx.save();
  ctx.fillStyle = ink.down;
  for (const { at, down, samples } of points) {
    if (down > 0) {
      const tall = (4 + (TALLEST_BAR - 4) * down / samples) * px;
      const x = plot.valToPos(Date.parse(at), 'x', true);
      if (x >= bbox.left - px && x <= bbox.left + bbox.width) {
        ctx.fillRect(x - px, bbox.top + bbox.height - tall, 2.5 * px, tall);
      }
    }
  }
  ctx.restore();
}

/** Draws points that have no neighbours, of which no line and no band can be made. */
export function lonely(plot, ink) {
  const { ctx, data: [times, p50, p95, p99] } = plot;
  const px = devicePixelRatio;
  const y = (ms) => plot.valToPos(ms, 'y', true);
  const box = (color, x, half, low, high) => {
    ctx.fillStyle = color;
    ctx.fillRect(x - half * px, y(high), 2 * half * px, y(low) - y(high));
  };
  ctx.save();
  ctx.beginPath();
  ctx.rect(plot.bbox.left, plot.bbox.top, plot.bbox.width, plot.bbox.height);
  ctx.clip();
  times.forEach((at, i) => {
    if (p50[i] !== null && (p50[i - 1] ?? null) === null && (p50[i + 1] ?? null) === null) {
      const x = plot.valToPos(at, 'x', true);
      box(ink.p99, x, 3, p95[i], p99[i]);
      box(ink.p95, x, 3, p50[i], p95[i]);
      ctx.fillStyle = ink.p50;
      ctx.fillRect(x - 4 * px, y(p50[i]) - px, 8 * px, 2 * px);
    }
  });
  ctx.restore();
}
