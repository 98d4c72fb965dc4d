import { call, one } from './api.js';
import { Availability } from './availability.js';
import { attribute, button, el, mark, say, show } from './dom.js';
import { DayBars } from './day-bars.js';
import { EarlierList } from './earlier.js';
import { LatencyView } from './latency-view.js';
import { RecentSamples } from './recent-samples.js';
import { go, to } from './route.js';
import { facts, sampleView } from './sample-view.js';
import { text } from './text.js';
import { ago, exact, moment } from './time.js';

const ASK_EVERY_MS = 2_000;
const NONE = [];

/** One monitor: how it is, since when, how it was, what was seen, and what can be done with it. */
export class MonitorPage extends HTMLElement {
  #page;
  #id;
  #row = null;
  #detail = null;
  #askedFor = null;
  #askedAt = -Infinity;
  #asking = false;
  /** What the last check found that was asked for here, with its evidence. */
  #probed = null;
  #mark = mark('PENDING');
  #name = el('h2', { tabindex: '-1' });
  #state = el('strong', { class: 'state' });
  #since = el('time', { class: 'soft' });
  #incident = el('a', { class: 'chip', hidden: true }, text.openIncident);
  #days = new DayBars();
  #latency = null;
  #earlier = new EarlierList();
  #recent;
  /** What there is of a monitor that is there; empty until it is known to be. */
  #sections = [];
  #facts = el('div', null, el('p', { class: 'soft' }, text.loading));
  #sample = el('div', { role: 'group', 'aria-label': text.lastSample });
  #fileNote = el('p', { class: 'soft', hidden: true }, text.managedByFile);
  #buttons;

  constructor(page, id) {
    super();
    this.#page = page;
    this.#id = id;
    this.setAttribute('data-page', id);
    this.#recent = new RecentSamples(id);
    const { commands } = page;
    this.#buttons = {
      probe: button('probe', text.probe, () => this.#probe()),
      pause: button('pause', text.pause, () => this.#do((row) => commands.pause(row))),
      resume: button('resume', text.resume, () => this.#do((row) => commands.resume(row))),
      edit: button('edit', text.edit, () => page.edit(this.#detail)),
      delete: button('delete', text.delete, () => this.#do((row) => this.#delete(row))),
    };
    this.append(
      el('a', { class: 'back', href: to('board') }, text.back),
      el('div', { class: 'heading' },
        this.#mark,
        el('div', null, this.#name,
          el('p', null, this.#state, ' ', this.#since, ' ', this.#incident)),
        el('div', { class: 'actions' }, ...Object.values(this.#buttons))));
  }

  /** Shows more than the heading, parts of which ask the server as soon as they are made. */
  #reveal() {
    if (this.#sections.length === 0) {
      this.#latency = new LatencyView(this.#id);
      this.#sections = [
        section(text.days, this.#days),
        new Availability(this.#id),
        this.#latency,
        el('div', { class: 'columns' },
          section(text.lastSample, this.#sample),
          section(text.configuration, this.#facts, this.#fileNote)),
        section(text.recent, this.#recent),
        section(text.earlier, this.#earlier),
      ];
      this.append(...this.#sections);
    }
    this.#hide(false);
  }

  #hide(hidden) {
    for (const node of [this.#mark, this.#state, this.#since, ...this.#sections]) {
      node.hidden = hidden;
    }
  }

  /** Looks further back, or less far. */
  zoom(by) {
    this.#latency?.zoom(by);
  }

  /** Looks at the range up to now again. */
  back() {
    this.#latency?.back();
  }

  async #probe() {
    const sample = await this.#page.commands.probe(this.#row);
    if (sample) {
      this.#probed = sample;
      this.#sample.replaceChildren(sampleView(sample));
    }
  }

  async #do(run) {
    await run(this.#row);
    this.#askedFor = null;
    this.#page.changed();
  }

  async #delete(row) {
    const sure = await this.#page.confirm(text.deleteTitle(row.name), text.deleteHint, text.delete);
    if (sure && (await this.#page.commands.delete(row))) {
      go('board');
    }
  }

  draw(store) {
    const { board, session, past } = store;
    const row = board.monitors.get(this.#id);
    if (!row) {
      say(this.#name, text.noSuchMonitor(this.#id));
      this.#hide(true);
      this.#incident.hidden = true;
      show(Object.values(this.#buttons).map((node) => [node, false]));
      return;
    }
    this.#row = row;
    this.#reveal();
    attribute(this, 'data-state', row.state);
    attribute(this.#mark, 'data-state', row.state);
    say(this.#name, row.name);
    say(this.#state, text.states[row.state] ?? row.state);
    say(this.#since, text.sinceAgo(ago(row.since)));
    attribute(this.#since, 'title', exact(row.since));
    this.#incident.hidden = !row.incident;
    attribute(this.#incident, 'href', row.incident ? to('incidents', row.incident) : null);
    this.#drawButtons(row, session);
    this.#days.draw(past.days(row.id));
    const before = past.before(row.id);
    this.#earlier.draw(before);
    this.#latency.draw(before ?? NONE, past.samples(row.id));
    this.#ask(`${row.lastSample?.at} ${row.state} ${session.user} ${board.shape}`);
  }

  #drawButtons(row, session) {
    const paused = row.state === 'PAUSED';
    const operates = session.offers('operator');
    const { managedBy, target } = this.#detail ?? {};
    const { probe, pause, resume, edit, delete: remove } = this.#buttons;
    const mine = session.offers('admin') && managedBy && managedBy !== 'file';
    show([
      [probe, operates && !paused && target && target.type !== 'heartbeat'],
      [pause, operates && !paused],
      [resume, operates && paused],
      [edit, mine],
      [remove, mine],
    ]);
    this.#fileNote.hidden = managedBy !== 'file';
  }

  /** Asks again when there is news, but not more often than one can read. */
  async #ask(news) {
    const at = performance.now();
    if (this.#asking || news === this.#askedFor || at - this.#askedAt < ASK_EVERY_MS) {
      return;
    }
    this.#asking = true;
    this.#askedFor = news;
    this.#askedAt = at;
    try {
      this.#show(await call('GET', one('monitors', this.#id)));
    } catch (problem) {
      if (!this.#detail) {
        this.#facts.replaceChildren(el('p', { class: 'soft' }, problem.message));
      }
    } finally {
      this.#asking = false;
    }
  }

  /** The evidence of a check that was asked for stays until one looks elsewhere. */
  #showSample(sample) {
    this.#sample.replaceChildren(
      sample ? sampleView(sample) : el('p', { class: 'soft' }, text.noSample),
      this.#probed ? el('details', { open: true },
        el('summary', null, text.checkedAt(moment(this.#probed.at))), sampleView(this.#probed))
        : '');
  }

  #show(detail) {
    this.#detail = detail;
    const { target, state, tags } = detail;
    const beats = target.type === 'heartbeat';
    this.#facts.replaceChildren(facts([
      [text.target, `${text.types[target.type] ?? target.type} ${beats ? '' : address(target)}`],
      [text.beatUrl, beats && target.url && el('code', null, target.url)],
      [text.schedule, text.scheduleOf(detail)],
      [text.fields.severity, text.severities[detail.severity]],
      [text.fields.dependsOn, detail.dependsOn?.join(', ')],
      [text.conditions, detail.conditions?.join('\n')],
      [text.degradedWhen, detail.degradedWhen?.join('\n')],
      [text.fields.description, detail.description],
      [text.fields.group, detail.group],
      [text.fields.tags, tags.join(', ')],
      [text.key, el('code', null, detail.id)],
    ]));
    if (!this.#probed || state.lastSample?.at > this.#probed.at) {
      this.#showSample(state.lastSample);
    }
    this.#recent.ask();
    this.#page.changed();
  }
}
customElements.define('ss-monitor-page', MonitorPage);

function section(title, ...children) {
  return el('section', { class: 'card' }, el('h3', null, title), ...children);
}

function address({ url, host, port }) {
  return url ?? (host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`);
}
