import { call, one } from './api.js';
import { button, el, show } from './dom.js';
import { facts, sampleView } from './sample-view.js';
import { text } from './text.js';

const ASK_EVERY_MS = 2_000;

/** What is known of one monitor beyond its row, and what can be done with it. */
export class MonitorPanel extends HTMLElement {
  #page;
  #row = null;
  #detail = null;
  #askedFor = null;
  #askedAt = -Infinity;
  #asking = false;
  #facts = el('div', null, el('p', { class: 'soft' }, text.loading));
  #sample = el('div');
  #fileNote = el('p', { class: 'soft', hidden: true }, text.managedByFile);
  #buttons;

  constructor(page) {
    super();
    this.#page = page;
    const { commands } = page;
    this.#buttons = {
      probe: button('probe', text.probe, () => this.#do((row) => commands.probe(row))),
      pause: button('pause', text.pause, () => this.#do((row) => commands.pause(row))),
      resume: button('resume', text.resume, () => this.#do((row) => commands.resume(row))),
      delete: button('delete', text.delete, () => this.#do((row) => this.#delete(row))),
    };
    this.append(
      el('div', { class: 'actions' }, ...Object.values(this.#buttons)),
      this.#facts, this.#sample, this.#fileNote);
  }

  async #do(run) {
    await run(this.#row);
    this.#askedFor = null;
    this.#page.changed();
  }

  async #delete(row) {
    const sure = await this.#page.confirm(text.deleteTitle(row.name), text.deleteHint, text.delete);
    return sure && this.#page.commands.delete(row);
  }

  draw(row, { session }) {
    this.#row = row;
    const paused = row.state === 'PAUSED';
    const operates = session.offers('operator');
    const { managedBy, target } = this.#detail ?? {};
    const { probe, pause, resume, delete: remove } = this.#buttons;
    show([
      [probe, operates && !paused && target && target.type !== 'heartbeat'],
      [pause, operates && !paused],
      [resume, operates && paused],
      [remove, session.offers('admin') && managedBy && managedBy !== 'file'],
    ]);
    this.#fileNote.hidden = managedBy !== 'file';
    this.#ask(`${row.lastSample?.at} ${row.state} ${session.user}`);
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
      this.#show(await call('GET', one('monitors', this.#row.id)));
    } catch (problem) {
      if (!this.#detail) {
        this.#facts.replaceChildren(el('p', { class: 'soft' }, problem.message));
      }
    } finally {
      this.#asking = false;
    }
  }

  #show(detail) {
    this.#detail = detail;
    const { target, state, tags } = detail;
    const beats = target.type === 'heartbeat';
    this.#facts.replaceChildren(facts([
      [text.target, `${text.types[target.type] ?? target.type} ${beats ? '' : address(target)}`],
      [text.beatUrl, beats && target.url && el('code', null, target.url)],
      [text.schedule, text.scheduleOf(detail)],
      [text.description, detail.description],
      [text.tags, tags.join(', ')],
      [text.key, el('code', null, detail.id)],
    ]));
    this.#sample.replaceChildren(
      el('h4', null, text.lastSample),
      state.lastSample ? sampleView(state.lastSample) : el('p', { class: 'soft' }, text.noSample));
    this.#page.changed();
  }
}
customElements.define('ss-monitor-panel', MonitorPanel);

function address({ url, host, port }) {
  return url ?? (host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`);
}
