/*
 * Keeps a status page fresh: asks for the whole page again and puts its main part in place of the
 * old one. Nothing is read but what anybody could reload, so that nothing more can leak.
 */
const EVERY = 10_000;
const PATIENCE = 8_000;
const MISSES = 3;

const form = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const stale = document.createElement('p');
stale.className = 'stale';
stale.setAttribute('role', 'status');
stale.hidden = true;
stale.textContent = 'This page cannot be refreshed at the moment; it may be out of date.';
document.body.append(stale);

let missed = 0;

async function refresh() {
  try {
    const answer = await fetch(location.href, {
      headers: { Accept: 'text/html' },
      cache: 'no-cache',
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (!answer.ok) {
      throw new Error(`status ${answer.status}`);
    }
    show(new DOMParser().parseFromString(await answer.text(), 'text/html'));
    missed = 0;
  } catch {
    missed++;
  }
  stale.hidden = missed < MISSES;
}

function show(fresh) {
  const old = document.getElementById('status');
  const main = fresh.getElementById('status');
  if (main && old) {
    document.title = fresh.title;
    localize(main);
    if (said(main) !== said(old)) {
      old.replaceWith(document.adoptNode(main));
    } else { // the time alone is no reason to take away what somebody has selected
      old.querySelector('footer').replaceWith(document.adoptNode(main.querySelector('footer')));
    }
  }
}

function said(main) {
  return [...main.children].filter((part) => part.localName !== 'footer')
    .map((part) => part.outerHTML).join('');
}

/** Times as they are where the reader is. */
function localize(root) {
  for (const time of root.querySelectorAll('time')) {
    time.textContent = form.format(new Date(time.dateTime));
  }
}

localize(document);
setInterval(() => document.hidden || refresh(), EVERY);
document.addEventListener('visibilitychange', () => document.hidden || refresh());
