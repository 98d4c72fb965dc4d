import { Announcer } from './announcer.js';
import { Problem } from './api.js';
import { BeatAddress } from './beat-address.js';
import { Board } from './board.js';
import { BoardView } from './board-view.js';
import { Commands } from './commands.js';
import { Confirmations } from './confirming.js';
import { ConfirmDialog } from './dialogs.js';
import { el } from './dom.js';
import { Freshness, StaleBanner } from './freshness.js';
import { drawTitle, PageHeader } from './header.js';
import { IncidentList } from './incident-list.js';
import { MonitorForm } from './monitor-form.js';
import { Notices } from './notices.js';
import { readable, Session } from './session.js';
import { SignInDialog } from './sign-in.js';
import { Store } from './store.js';
import { Stream } from './stream.js';
import { text } from './text.js';
import { learnTime } from './time.js';

const notices = new Notices();
const announcer = new Announcer();
const confirmDialog = new ConfirmDialog();
const beatAddress = new BeatAddress();
const changed = () => store.changed();

const board = new Board();
const session = new Session(askFor, changed);
const confirmations = new Confirmations(board, changed);
const stream = new Stream({ hello, snapshot, event, changed: phaseChanged }, readable);
const store = new Store({ board, session, stream });
const commands = new Commands(session, notices);
const signInDialog = new SignInDialog(async (username, password) => {
  await session.signIn(username, password);
  if (session.user === null) {
    throw new Problem(401, text.notKept);
  }
  stream.restart(); // with the new rights
});

const confirm = (...question) => confirmDialog.ask(...question);
const page = { store, session, commands, changed, added, confirm };
const incidents = new IncidentList(page);
const boardView = new BoardView(page);
const form = new MonitorForm(page);
const banner = new StaleBanner(() => stream.restart());
const opening = el('p', { class: 'opening soft', role: 'status' });
const header = new PageHeader({
  freshness: new Freshness(),
  signIn: () => askFor(null),
  signOut,
  add: () => form.open(),
});

document.body.append(
  header,
  el('main', null, banner, opening, incidents, boardView),
  notices, announcer, form, beatAddress, confirmDialog, signInDialog);
store.draw(drawTitle, { hidden: true });
store.draw((s) => [header, banner, incidents, boardView].forEach((view) => view.draw(s)));
store.draw(drawOpening);
stream.restart();

function drawOpening() {
  const words = { refused: text.phases.refused, loading: text.phases.loading };
  opening.textContent = board.loaded ? '' : words[stream.phase] ?? text.connecting;
  opening.hidden = board.loaded;
}

function hello(data) {
  learnTime(data.serverTime);
  session.learn(data);
}

function snapshot(data) {
  board.replace(data);
  incidents.resync();
  changed();
}

function event(name, data) {
  const row = board.monitors.get(data.monitor);
  board.apply(name, data);
  if (name === 'samples') {
    confirmations.sampled(data.samples);
  } else if (name === 'incident') {
    incidents.happened(data);
  } else if (name === 'state' && row) {
    announcer.became(row.name, data.from, data.to);
  }
  changed();
}

/** What ended because of who is signed in goes on as whoever that is now. */
async function phaseChanged() {
  changed();
  if (stream.phase === 'refused') {
    board.forget();
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
function askFor(needs) {
  return signInDialog.ask(() => {
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

function added(monitor) {
  notices.tell(text.added(monitor.name));
  boardView.reveal(monitor.id);
  if (monitor.target.type === 'heartbeat') {
    beatAddress.show(monitor);
  }
}
