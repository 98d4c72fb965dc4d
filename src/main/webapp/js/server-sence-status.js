/*
 * <server-sence-status page="shop"></server-sence-status>: a published status page within a page of
 * your own. One file, from /status/server-sence-status.js, as a script of either kind; your origin
 * must be among those that the server allows. Another server is named by server="https://…".
 * Its looks follow the variables --server-sence-ink, -soft, -surface, -line, -radius, -font, -up,
 * -degraded, -down, -unknown, -maintenance and -paused of your page.
 */
(() => {
  'use strict';
  const NAME = 'server-sence-status';
  const EVERY = 15_000;
  const script = document.currentScript ?? document.querySelector(`script[src*="${NAME}.js"]`);
  const HOME = new URL('..', script?.src || document.baseURI).href;
  const WORDS = {
    loading: 'Asking for the state…',
    away: 'The state cannot be told at the moment.',
    uptime: (share) => `${Math.floor(share * 10_000) / 100}% in 90 days`,
  };
  const STYLE = `
    :host { display: block; color: var(--server-sence-ink, #1b211e);
      font: 0.9375rem/1.5 var(--server-sence-font, system-ui, sans-serif); }
    :host([hidden]) { display: none; }
    section { padding: 1rem; border: 1px solid var(--server-sence-line, #dcdad0);
      border-radius: var(--server-sence-radius, 0.5rem);
      background: var(--server-sence-surface, #fffefb); }
    h2, p, ul { margin: 0; padding: 0; list-style: none; }
    h2 { font-size: 1.125rem; }
    li { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1rem;
      padding: 0.5rem 0; border-top: 1px solid var(--server-sence-line, #dcdad0); }
    .headline { margin-bottom: 0.75rem; font-weight: 650; }
    .soft { flex-basis: 100%; color: var(--server-sence-soft, #585f59); font-size: 0.8125rem; }
    .UP { color: var(--server-sence-up, #23724b); }
    .DEGRADED { color: var(--server-sence-degraded, #8a5a00); }
    .DOWN { color: var(--server-sence-down, #b9261c); }
    .UNKNOWN { color: var(--server-sence-unknown, #6a4aa3); }
    .MAINTENANCE { color: var(--server-sence-maintenance, #46658a); }
    .PENDING, .PAUSED { color: var(--server-sence-paused, #626b65); }`;

  function el(name, type, text) {
    const element = document.createElement(name);
    element.className = type;
    element.textContent = text ?? '';
    return element;
  }

  class ServerSenceStatus extends HTMLElement {
    static observedAttributes = ['page', 'server'];
    #body = el('section', '');
    #timer;
    #asked = 0;

    constructor() {
      super();
      const root = this.attachShadow({ mode: 'open' });
      const sheet = new CSSStyleSheet(); // allowed whatever the page's policy for styles is
      sheet.replaceSync(STYLE);
      root.adoptedStyleSheets = [sheet];
      this.#body.setAttribute('part', 'body');
      this.#body.setAttribute('aria-live', 'polite');
      root.append(this.#body);
    }

    connectedCallback() {
      this.#body.replaceChildren(el('p', 'soft', WORDS.loading));
      this.#timer = setInterval(() => document.hidden || this.#ask(), EVERY);
      this.#ask();
    }

    disconnectedCallback() {
      clearInterval(this.#timer);
      this.#asked++;
    }

    attributeChangedCallback() {
      if (this.isConnected) {
        this.#ask();
      }
    }

    async #ask() {
      const asked = ++this.#asked;
      let view = null;
      try {
        const server = this.getAttribute('server')?.replace(/\/*$/, '/') ?? HOME;
        const page = encodeURIComponent(this.getAttribute('page') ?? '');
        const answer = await fetch(new URL(`status/${page}/summary.json`, server), {
          credentials: 'omit', signal: AbortSignal.timeout(10_000),
        });
        view = answer.ok ? await answer.json() : null;
      } catch {
        // told below
      }
      if (asked === this.#asked) { // else another answer is awaited
        this.#body.replaceChildren(...(view ? drawn(view) : [el('p', 'soft', WORDS.away)]));
      }
    }
  }

  function drawn(view) {
    const list = el('ul', '');
    for (const monitor of view.monitors) {
      const item = el('li', '');
      item.append(el('span', '', monitor.name), el('span', monitor.state, monitor.word));
      if (monitor.availability !== null) {
        item.append(el('span', 'soft', WORDS.uptime(monitor.availability)));
      }
      list.append(item);
    }
    return [el('h2', '', view.title), el('p', `headline ${view.state}`, view.headline), list];
  }

  if (!customElements.get(NAME)) {
    customElements.define(NAME, ServerSenceStatus);
  }
})();
