/*
 * <server-sence-status page="shop"></server-sence-status>: a published status page within a page of
 * your own, live. One file, from /status/server-sence-status.js, as a script of either kind; your
 * origin must be among those that the server allows. Another server is named by server="https://…".
 * It speaks the language of where it stands, or that of its own lang="de"; English if it has neither.
 * Its looks follow the variables --server-sence-ink, -soft, -surface, -line, -radius, -font, -up,
 * -degraded, -down, -unknown, -maintenance and -paused of your page, and its color-scheme.
 */
(() => {
  'use strict';
  const NAME = 'server-sence-status';
  const script = document.currentScript ?? document.querySelector(`script[src*="${NAME}.js"]`);
  const HOME = new URL('..', script?.src || document.baseURI).href;

  const LEAST_WAIT_MS = 500;
  const FIRST_WAIT_MS = 2_000;
  const MOST_WAIT_MS = 20_000;
  const HELLO_WITHIN_MS = 6_000;
  const STEADY_AFTER_MS = 5_000;
  const HIDDEN_FOR_MS = 60_000; // a browser has few connections to a server for all its tabs
  const FRESH_HEARTBEATS = 1.25; // a quarter is allowed for the way
  const DEAD_HEARTBEATS = 1.5;

  /**
   * Reads a status page live, and by asking now and then where no stream comes through. The
   * listener is told `page(data)`, which replaces everything; `change(data)` for what differs since;
   * `changed()` when it may have become fresh or stale, and each second while it is stale.
   *
   * Phases: `connecting`, `live`, `waiting` for the next try, `gone` for good, `stopped`.
   */
  class StatusReader {
    phase = 'stopped';
    #url;
    #listener;
    #ask;
    #source = null;
    #timer = 0;
    #clock = 0;
    #tries = 0;
    #turn = 0;
    #id = null;
    #version = 0;
    #heartbeatMs = 15_000;
    #openedAt = 0;
    #spoken = null;
    #proven = null;
    #wasFresh = null;
    #hiddenAt = null;
    #seen = () => this.#visible();
    #online = () => this.phase === 'waiting' && this.start();
    #left = () => this.phase !== 'gone' && this.stop();
    #back = (event) => event.persisted && this.phase === 'stopped' && this.start();

    /**
     * @param {URL} url of the stream
     * @param {Object} listener
     * @param {function(): Promise<string>} ask gets what is shown without a stream: `ok`, `gone` if
     *     there is no such page, or `failed`
     */
    constructor(url, listener, ask) {
      this.#url = url;
      this.#listener = listener;
      this.#ask = ask;
    }

    /** Whether it says that there is no such page; a server that is only starting says 404 too. */
    static denies(answer) {
      return answer.status === 404
        && answer.headers.get('Content-Type')?.startsWith('application/problem+json') === true;
    }

    start() {
      this.#tries = 0;
      if (!this.#clock) {
        this.#clock = setInterval(() => this.#watch(), 1_000);
        addEventListener('online', this.#online);
        addEventListener('pagehide', this.#left);
        addEventListener('pageshow', this.#back);
        document.addEventListener('visibilitychange', this.#seen);
      }
      this.#connect();
    }

    stop() {
      this.#leave('stopped');
    }

    /** Ends it for good. */
    close() {
      this.stop();
      clearInterval(this.#clock);
      this.#clock = 0;
      removeEventListener('online', this.#online);
      removeEventListener('pagehide', this.#left);
      removeEventListener('pageshow', this.#back);
      document.removeEventListener('visibilitychange', this.#seen);
    }

    /** True while what was told is what is, as far as can be known. */
    fresh() {
      return this.phase !== 'gone'
        && since(this.#proven) < this.#heartbeatMs * FRESH_HEARTBEATS;
    }

    /** When what was told was proven to be what is, in epoch milliseconds, or null. */
    get asOf() {
      return this.#proven?.wall ?? null;
    }

    #connect() {
      this.#leave('connecting');
      const url = new URL(this.#url);
      if (this.#id) {
        url.searchParams.set('lastEventId', this.#id);
      }
      const source = new EventSource(url);
      this.#source = source;
      this.#openedAt = performance.now();
      this.#timer = setTimeout(() => this.#lost(), HELLO_WITHIN_MS);
      for (const name of ['hello', 'page', 'change', 'heartbeat', 'bye']) {
        source.addEventListener(name, (event) => {
          if (source === this.#source) {
            this.#message(name, event);
          }
        });
      }
      source.onerror = () => source === this.#source && this.#lost();
    }

    #leave(phase) {
      clearTimeout(this.#timer);
      this.#turn++;
      this.#source?.close();
      this.#source = null;
      this.phase = phase;
      this.#tell();
    }

    /** Comes back after a while that is drawn from a range that grows with each failure. */
    async #lost() {
      this.#leave('waiting');
      const turn = this.#turn;
      const most = Math.min(MOST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.#tries);
      let wait = LEAST_WAIT_MS + Math.random() * (most - LEAST_WAIT_MS);
      if (this.#tries++ > 0) {
        const answer = await this.#ask();
        if (turn !== this.#turn) {
          return;
        }
        if (answer === 'gone') {
          this.#leave('gone');
          return;
        }
        if (answer === 'ok') {
          this.#forget(); // where the stream went on is not known
          this.#prove();
          wait = 3_000 + Math.random() * 4_000;
        }
      }
      this.#wait(wait);
    }

    #wait(ms) {
      this.#leave('waiting');
      this.#timer = setTimeout(() => this.#connect(), ms);
    }

    #forget() {
      this.#id = null;
      this.#version = 0;
    }

    #message(name, event) {
      this.#spoken = moment();
      const data = JSON.parse(event.data);
      switch (name) {
        case 'hello': return this.#hello(data);
        case 'page': return this.#news(event, data, 'page');
        case 'change':
          if (data.prev !== this.#version) {
            this.#forget();
            this.#lost();
            return undefined;
          }
          return this.#news(event, data, 'change');
        case 'heartbeat':
          if (this.#version > 0 && data.seq === this.#version) {
            this.#prove();
          }
          return undefined;
        default: return this.#bye(data);
      }
    }

    #hello(data) {
      clearTimeout(this.#timer);
      this.#heartbeatMs = data.heartbeatMs;
      if (data.resumed === 'ok' && this.#version > 0) {
        this.#enter();
      } else {
        this.#forget();
        this.#timer = setTimeout(() => this.#lost(), HELLO_WITHIN_MS);
      }
    }

    #news(event, data, kind) {
      clearTimeout(this.#timer);
      this.#id = event.lastEventId;
      this.#version = data.version;
      this.#listener[kind](data);
      this.#enter();
    }

    #enter() {
      this.phase = 'live';
      this.#prove();
    }

    #prove() {
      this.#proven = moment();
      this.#tell();
    }

    async #bye(data) {
      if (data.reconnectMs !== null) {
        this.#wait(data.reconnectMs);
        return;
      }
      this.#tries = 1;
      await this.#lost(); // asks whether the page is still there
    }

    #watch() {
      const fresh = this.fresh();
      if (fresh !== this.#wasFresh || !fresh) {
        this.#tell();
      }
      if (this.#hiddenAt !== null && performance.now() - this.#hiddenAt > HIDDEN_FOR_MS
        && this.phase !== 'gone' && this.phase !== 'stopped') {
        this.stop();
      }
      if (this.phase !== 'live') {
        return;
      }
      if (since(this.#spoken) > this.#heartbeatMs * DEAD_HEARTBEATS) {
        this.#lost();
      } else if (performance.now() - this.#openedAt > STEADY_AFTER_MS) {
        this.#tries = 0;
      }
    }

    #visible() {
      this.#hiddenAt = document.hidden ? performance.now() : null;
      if (!document.hidden && (this.phase === 'waiting' || this.phase === 'stopped')) {
        this.start();
      }
    }

    #tell() {
      this.#wasFresh = this.fresh();
      this.#listener.changed();
    }
  }

  /** Now, by two clocks: sleep stops the steady one, and people set the other. */
  function moment() {
    return { wall: Date.now(), steady: performance.now() };
  }

  /** The longer of what the two clocks say; infinite since never. */
  function since(then) {
    return then
      ? Math.max(Date.now() - then.wall, performance.now() - then.steady)
      : Infinity;
  }

  /** All that it says itself; the server words the states. Each language has the same keys. */
  const WORDS = {
    en: {
      loading: 'Asking for the state…',
      away: 'The state cannot be told at the moment.',
      gone: 'There is no such status page.',
      stale: (time) => `Not live: this is as of ${time}.`,
      uptime: (share) => `${share} in 90 days`,
      since: (time) => `Down since ${time}`,
    },
    de: {
      loading: 'Der Zustand wird abgefragt…',
      away: 'Der Zustand lässt sich gerade nicht abfragen.',
      gone: 'Diese Statusseite gibt es nicht.',
      stale: (time) => `Nicht live: Stand ${time}.`,
      uptime: (share) => `${share} in 90 Tagen`,
      since: (time) => `Gestört seit ${time}`,
    },
  };

  const primary = (tag) => tag.toLowerCase().split('-')[0];

  /** A language as it is written where the reader is, as far as the browser tells. */
  function region(lang) {
    return navigator.languages.find((tag) => primary(tag) === lang) ?? lang;
  }

  /** The language of where an element stands, if it is one of ours. */
  function language(element) {
    const stands = element.closest('[lang]')?.lang || document.documentElement.lang;
    const lang = primary(stands || navigator.language);
    return Object.hasOwn(WORDS, lang) ? lang : 'en';
  }

  /** What is said in a language, and how dates and shares are written in it. */
  function speech(lang) {
    const here = region(lang);
    const form = new Intl.DateTimeFormat(here, { dateStyle: 'medium', timeStyle: 'short' });
    const clock = new Intl.DateTimeFormat(here, { timeStyle: 'medium' });
    const percent = new Intl.NumberFormat(here, { style: 'percent', maximumFractionDigits: 2 });
    return {
      ...WORDS[lang],
      date: (iso) => form.format(new Date(iso)),
      clock: (ms) => clock.format(ms),
      percent: (share) => percent.format(Math.floor(share * 10_000) / 10_000), // never up
    };
  }

  const STYLE = `
    :host { display: block; color: var(--server-sence-ink, light-dark(#1b211e, #e8ece9));
      font: 0.9375rem/1.5 var(--server-sence-font, system-ui, sans-serif);
      --soft: var(--server-sence-soft, light-dark(#585f59, #a1aca5));
      --line: var(--server-sence-line, light-dark(#dcdad0, #2b332f)); }
    :host([hidden]), [hidden] { display: none; }
    section { padding: 1rem; border: 1px solid var(--line);
      border-radius: var(--server-sence-radius, 0.5rem);
      background: var(--server-sence-surface, light-dark(#fffefb, #171c1a)); }
    h2, p, ul { margin: 0; padding: 0; list-style: none; overflow-wrap: anywhere; }
    h2 { font-size: 1.125rem; }
    ul { margin-top: 0.75rem; }
    li { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1rem;
      padding: 0.5rem 0; border-top: 1px solid var(--line); }
    .headline { font-weight: 650; }
    .state::before { content: ''; display: inline-block; width: 0.6em; height: 0.6em;
      margin-inline-end: 0.45em; border-radius: 50%; background: currentcolor; }
    .DOWN.state::before, .MAINTENANCE.state::before { border-radius: 0; }
    .DEGRADED.state::before { border-radius: 0; transform: rotate(45deg); }
    .soft { flex-basis: 100%; color: var(--soft); font-size: 0.8125rem; }
    .note { margin-top: 0.5rem; }
    a { color: inherit; }
    .UP { color: var(--server-sence-up, light-dark(#23724b, #5fbf8c)); }
    .DEGRADED { color: var(--server-sence-degraded, light-dark(#8a5a00, #e2a942)); }
    .DOWN { color: var(--server-sence-down, light-dark(#b9261c, #ff8274)); }
    .UNKNOWN { color: var(--server-sence-unknown, light-dark(#6a4aa3, #bda4f2)); }
    .MAINTENANCE { color: var(--server-sence-maintenance, light-dark(#46658a, #94b5d8)); }
    .PENDING, .PAUSED { color: var(--server-sence-paused, light-dark(#626b65, #9ca69f)); }
    .stale .headline, .stale .state { color: var(--soft); }`;

  function el(name, type, text) {
    const element = document.createElement(name);
    element.className = type;
    element.textContent = text ?? '';
    return element;
  }

  class ServerSenceStatus extends HTMLElement {
    static observedAttributes = ['page', 'server', 'lang'];
    /** For a page that draws by itself, such as the status page. */
    static Reader = StatusReader;
    static region = region;
    static WORDS = WORDS;

    #body = el('section', 'stale');
    #title = el('h2', '');
    #headline = el('p', 'headline');
    #outages = el('ul', 'outages');
    #list = el('ul', 'systems');
    #note = el('p', 'soft note');
    #reader = null;
    #view = null;
    #speech = null;

    constructor() {
      super();
      const root = this.attachShadow({ mode: 'open' });
      const sheet = new CSSStyleSheet(); // allowed whatever the page's policy for styles is
      sheet.replaceSync(STYLE);
      root.adoptedStyleSheets = [sheet];
      this.#body.setAttribute('part', 'body');
      this.#headline.setAttribute('role', 'status'); // read aloud when it changes, and alone
      this.#body.append(this.#title, this.#headline, this.#outages, this.#list, this.#note);
      root.append(this.#body);
    }

    connectedCallback() {
      this.#open();
    }

    disconnectedCallback() {
      this.#reader?.close();
      this.#reader = null;
    }

    attributeChangedCallback() {
      if (this.#reader) {
        this.#open();
      }
    }

    #open() {
      this.#reader?.close();
      this.#view = null;
      const lang = language(this);
      this.#speech = speech(lang);
      this.#body.lang = lang;
      say(this.#headline, this.#speech.loading);
      const server = this.getAttribute('server')?.replace(/\/*$/, '/') ?? HOME;
      const page = encodeURIComponent(this.getAttribute('page') ?? '');
      const home = new URL(`status/${page}/`, server);
      this.#reader = new StatusReader(new URL(`events?lang=${lang}`, home), {
        page: (data) => this.#show(data),
        change: (data) => this.#show(merged(this.#view, data)),
        changed: () => this.#freshen(),
      }, () => this.#ask(new URL(`summary.json?lang=${lang}`, home)));
      this.#reader.start();
    }

    async #ask(url) {
      try {
        const answer = await fetch(url, {
          credentials: 'omit', cache: 'no-cache', signal: AbortSignal.timeout(8_000),
        });
        if (answer.ok) {
          this.#show(await answer.json());
          return 'ok';
        }
        return StatusReader.denies(answer) ? 'gone' : 'failed';
      } catch {
        return 'failed';
      }
    }

    #show(view) {
      this.#view = view;
      say(this.#title, view.title);
      say(this.#headline, view.headline);
      this.#headline.className = `headline ${view.state}`;
      this.#outages.replaceChildren(
        ...view.incidents.filter((incident) => incident.endedAt === null)
          .map((incident) => outage(incident, this.#speech)),
      );
      this.#outages.hidden = this.#outages.childElementCount === 0;
      this.#list.replaceChildren(
        ...view.monitors.map((monitor) => system(monitor, this.#speech)),
      );
    }

    #freshen() {
      const reader = this.#reader;
      const { away, gone, stale, clock } = this.#speech;
      const fresh = this.#view !== null && reader?.fresh() === true;
      this.#body.className = fresh ? '' : 'stale';
      if (this.#view === null) {
        const never = reader?.phase === 'gone' ? gone
          : reader?.phase === 'waiting' ? away : null;
        say(this.#headline, never ?? this.#headline.textContent);
      }
      const note = this.#view === null || fresh ? ''
        : reader?.phase === 'gone' ? gone : stale(clock(reader?.asOf ?? 0));
      say(this.#note, note);
      this.#note.hidden = note === '';
    }
  }

  function say(element, text) {
    if (element.textContent !== text) {
      element.textContent = text;
    }
  }

  /** The view after a change, which has only what differs. */
  function merged(view, change) {
    const changed = new Map(change.monitors.map((monitor) => [monitor.id, monitor]));
    const monitors = view.monitors.map((monitor) => changed.get(monitor.id) ?? monitor);
    return { ...view, ...change, monitors };
  }

  function outage(incident, { since, date }) {
    const item = el('li', '');
    const time = since(date(incident.startedAt));
    item.append(el('span', '', incident.name), el('span', 'soft', time));
    return item;
  }

  function system(monitor, { uptime, percent }) {
    const item = el('li', '');
    item.append(el('span', '', monitor.name), el('span', `state ${monitor.state}`, monitor.word));
    if (monitor.availability !== null) {
      item.append(el('span', 'soft', uptime(percent(monitor.availability))));
    }
    return item;
  }

  if (!customElements.get(NAME)) {
    customElements.define(NAME, ServerSenceStatus);
  }
})();
