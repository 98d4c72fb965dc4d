import { Alarm } from './alarm.js';
import { Announcer } from './announcer.js';
import { Board } from './board.js';
import { BoardView } from './board-view.js';
import { Commands } from './commands.js';
import { Confirmations } from './confirming.js';
import { ConfirmDialog } from './dialogs.js';
import { el } from './dom.js';
import { Freshness, StaleBanner } from './freshness.js';
import { drawTitle, keepStaleIcon, PageHeader } from './header.js';
import { IncidentList } from './incident-list.js';
import { isIncomplete, later, readSoon } from './later.js';
import { Notices } from './notices.js';
import { Past } from './past.js';
import { Presence } from './presence.js';
import { readable } from './readable.js';
import { go } from './route.js';
import { Screens } from './screens.js';
import { Session } from './session.js';
import { Shortcuts } from './shortcuts.js';
import { Store } from './store.js';
import { SharedStream } from './shared-stream.js';
import { language, text } from './text.js';
import { nextTheme, startLooks, toggleWall } from './theme.js';
import { learnTime } from './time.js';
import { Verdict } from './verdict.js';

document.documentElement.lang = language;
startLooks();

const notices = new Notices();
const announcer = new Announcer();
const confirmDialog = new ConfirmDialog();
const changed = () => store.changed();
let forms = null;

const board = new Board();
const past = new Past(changed);
const session = new Session(askFor, changed);
const confirmations = new Confirmations(board, changed);
const presence = new Presence(session, changed);
const alarm = new Alarm(changed);
const stream = new SharedStream({
  hello, snapshot, event, changed: phaseChanged, presence: (data) => presence.took(data),
}, readable);
const store = new Store({ board, past, session, stream, presence, alarm });
const commands = new Commands(session, notices);
const confirm = (...question) => confirmDialog.ask(...question);
const edit = async (monitor) => (await form('monitor'))?.edit(monitor);
const add = async () => (await form('monitor'))?.open();
const page = { store, session, commands, notices, changed, added, confirm, edit };
const incidents = new IncidentList(page);
const boardView = new BoardView(page);
const screens = new Screens(page);
const banner = new StaleBanner(() => stream.restart());
const opening = el('p', { class: 'opening soft', role: 'status' });
const shortcuts = new Shortcuts({
  '/': () => onBoard(() => boardView.search()),
  j: () => onBoard(() => boardView.move(1)),
  k: () => onBoard(() => boardView.move(-1)),
  t: () => onBoard(() => boardView.sort('trouble')),
  g: () => onBoard(() => boardView.sort('group')),
  b: () => go('board'),
  i: () => go('incidents'),
  n: () => session.offers('admin') && add(),
  a: toggleAlarm,
  d: nextTheme,
  w: toggleWall,
  '+': () => screens.zoom(-1),
  '-': () => screens.zoom(1),
  0: () => screens.back(),
});
const header = new PageHeader({
  freshness: new Freshness(),
  signIn: () => askFor(null),
  signOut,
  add,
  looks: nextTheme,
  alarm: toggleAlarm,
  password: async () => (await form('password'))?.open(),
  keys: () => shortcuts.open(),
});
const views = [header, banner, new Verdict(), incidents, boardView, screens];

document.body.append(
  header,
  el('main', null, banner, opening, ...views.slice(2)),
  notices, announcer, confirmDialog, shortcuts);
store.draw(drawTitle, { hidden: true });
store.draw((s) => views.forEach((view) => view.draw(s)));
store.draw(drawOpening);
stream.restart();

function onBoard(act) {
  if (store.place.screen === 'board') {
    act(); // the next key may be meant for what this one has brought about
    return;
  }
  go('board');
  requestAnimationFrame(() => requestAnimationFrame(act)); // once it is drawn
}

function drawOpening() {
  const words = { refused: text.phases.refused, loading: text.phases.loading };
  opening.textContent = board.loaded ? '' : words[stream.phase] ?? text.connecting;
  opening.hidden = board.loaded;
}

function hello(data) {
  if (isIncomplete()) {
    location.reload(); // the server is there again
  }
  learnTime(data.serverTime);
  session.learn(data);
  presence.forget(); // it is told anew
}

function snapshot(data) {
  if (!board.loaded) {
    readSoon();
    keepStaleIcon();
  }
  board.replace(data);
  past.forget();
  incidents.resync();
  screens.resync();
  changed();
}

function event(name, data) {
  const row = board.monitors.get(data.monitor);
  board.apply(name, data);
  if (name === 'samples') {
    past.sampled(data.samples);
    confirmations.sampled(data.samples);
  } else if (name === 'incident') {
    if (data.incident.monitor) { // null where a channel fails
      past.happened(data.incident.monitor);
    }
    incidents.happened(data);
    screens.happened(data);
  } else if (name === 'state' && row) {
    announcer.became(row.name, data.from, data.to);
    alarm.became(row, data.to);
  }
  changed();
}

/** What ended because of who is signed in goes on as whoever that is now. */
async function phaseChanged() {
  changed();
  if (stream.phase === 'refused') {
    board.forget();
    past.forget();
    session.learn({ user: null, role: null });
    askFor('viewer');
  } else if (stream.phase === 'ended' && stream.reason === 'revoked' && session.user !== null) {
    await session.refresh().catch(() => {});
    if (session.user === null && stream.phase === 'ended') {
      stream.restart();
    }
  }
}

/** @param {string|null} needs a role; null for whatever role the user has */
async function askFor(needs) {
  const dialog = await form('signIn');
  return dialog !== null && dialog.ask(() => {
    const { user, role } = session;
    if (user === null) {
      return needs === null ? '' : text.signInFor[needs];
    }
    return needs === null || session.may(needs) ? null : text.tooLittle(user, role, needs);
  });
}

async function signOut() {
  try {
    await session.signOut();
    notices.tell(text.signedOut);
    stream.restart(); // as nobody, which the server may let read
  } catch (problem) {
    notices.fault(problem.message);
  }
}

async function toggleAlarm() {
  notices.tell(text.alarms[await alarm.toggle()]);
}

async function added(monitor) {
  notices.tell(text.added(monitor.name));
  const address = monitor.target.type === 'heartbeat' ? await form('beatAddress') : null;
  onBoard(() => {
    boardView.reveal(monitor.id);
    address?.show(monitor); // not before the screen is there with which it would be closed
  });
}

/** One of the forms, which are made when the first is wanted; null where they cannot be read. */
async function form(name) {
  const module = await later('forms', notices);
  if (module) {
    forms ??= module.makeForms(page, () => stream.restart());
  }
  return forms && forms[name];
}
