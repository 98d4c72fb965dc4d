/*
 * Keeps a status page live: puts the parts that the server sends in the places of the old ones.
 * They are the page's own, as anybody could reload them, so that nothing more can leak.
 */
import './server-sence-status.js';

const { Reader, region } = customElements.get('server-sence-status');
const PARTS = ['head', 'open', 'systems', 'works', 'past'];
const PATIENCE_MS = 8_000;
const BACK_WITHIN_MS = 1_500; // to a tab that was hidden

const main = document.getElementById('status');
const text = main.dataset; // in the language of the page
const { lang } = document.documentElement;
const here = region(lang);

const form = new Intl.DateTimeFormat(here, { dateStyle: 'medium', timeStyle: 'short' });
const exact = new Intl.DateTimeFormat(here, { dateStyle: 'full', timeStyle: 'long' });
const clock = new Intl.DateTimeFormat(here, { timeStyle: 'medium' });

const stale = spoken('stale');
const news = spoken('unseen');
let shownAt = performance.now();

function spoken(type) {
  const element = document.createElement('p');
  element.className = type;
  element.setAttribute('role', 'status');
  document.body.append(element);
  return element;
}

/** An element of the server's, not of this document yet, in which nothing runs. */
function parsed(html) {
  const element = new DOMParser().parseFromString(html, 'text/html').body.firstElementChild;
  localize(element);
  return document.adoptNode(element);
}

/** Leaves what is the same, as somebody may be reading or selecting it. */
function replace(old, fresh) {
  if (old && !old.isEqualNode(fresh)) {
    old.replaceWith(fresh);
  }
}

function show(data) {
  for (const id of PARTS.filter((part) => part in data && part !== 'systems')) {
    replace(document.getElementById(id), parsed(data[id]));
  }
  for (const row of data.monitors.map(parsed)) {
    replace(document.getElementById(row.id), row);
  }
  if (data.title !== undefined && data.title !== document.title) {
    document.title = data.title;
    say(news, data.title);
  }
}

/** The same with other rows, or in another order. */
function showAll(data) {
  const systems = parsed(data.systems);
  systems.querySelector('#rows')?.append(...data.monitors.map(parsed));
  replace(document.getElementById('systems'), systems);
  show({ ...data, monitors: [] });
}

/** Times as they are where the reader is. */
function localize(root) {
  for (const time of root.querySelectorAll('time')) {
    const at = new Date(time.dateTime);
    time.textContent = form.format(at);
    time.title = exact.format(at);
  }
}

function say(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

async function ask() {
  try {
    const answer = await fetch(location.href, {
      headers: { Accept: 'text/html' },
      cache: 'no-cache',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (Reader.denies(answer)) {
      return 'gone';
    }
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const parts = PARTS.map((id) => fresh.getElementById(id));
    if (!answer.ok || parts.includes(null)) {
      return 'failed';
    }
    for (const part of parts) {
      localize(part);
      replace(document.getElementById(part.id), document.adoptNode(part));
    }
    document.title = fresh.title;
    return 'ok';
  } catch {
    return 'failed';
  }
}

function freshen() {
  const fresh = reader.fresh();
  const waits = !fresh && reader.phase !== 'gone' && performance.now() - shownAt < BACK_WITHIN_MS;
  if (waits || document.hidden) {
    return;
  }
  document.documentElement.dataset.fresh = fresh ? 'yes' : 'no';
  document.documentElement.dataset.phase = reader.phase;
  say(stale, fresh ? '' : reader.phase === 'gone' ? text.gone : text.lost);
  if (reader.asOf !== null) {
    const time = document.createElement('time');
    time.dateTime = new Date(reader.asOf).toISOString();
    time.title = exact.format(reader.asOf);
    time.textContent = fresh ? clock.format(reader.asOf) : form.format(reader.asOf);
    document.getElementById('as-of').replaceChildren(`${fresh ? text.live : text.asOf} `, time);
  }
}

localize(document);
document.addEventListener('visibilitychange', () => {
  shownAt = performance.now();
});
const reader = new Reader(
  new URL(`${text.page}/events?form=html&lang=${lang}`, location.href),
  { page: showAll, change: show, changed: () => reader && freshen() },
  ask,
);
reader.start();
