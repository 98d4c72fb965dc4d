import { Hub } from './hub.js';

const NAME = 'serversence-stream';
const ALL = 'all';
const HUB = 'hub';

/**
 * A port that has joined the hub in the tab that holds a Web Lock; null where there are none. When
 * that tab goes, another one gets the lock, and its hub goes on from what this tab knows.
 *
 * @param {function(): Promise<boolean>} readable as the stream asks
 * @param {function(): Object|undefined} known what a new hub begins with
 */
export function tabPort(readable, known) {
  if (!navigator.locks || !globalThis.BroadcastChannel) {
    return null;
  }
  const me = crypto.getRandomValues(new Uint32Array(4)).join('-');
  const channel = new BroadcastChannel(NAME);
  const others = new Map();
  const port = { onmessage: null, postMessage, close: leave };
  const mine = { postMessage: (data) => queueMicrotask(() => port.onmessage?.({ data })) };
  let hub = null;
  let giveBack = () => {};
  let wish = null;

  channel.onmessage = ({ data: { from, to, message } }) => {
    if (to === HUB) {
      hub?.took(other(from), message);
    } else if (to === me || to === ALL) {
      port.onmessage?.({ data: message });
    }
  };
  addEventListener('pagehide', leave);
  addEventListener('pageshow', ({ persisted }) => persisted && want());
  want();
  postMessage({ type: 'join' });
  return port;

  function postMessage(message) {
    if (hub) {
      hub.took(mine, message);
    } else {
      channel.postMessage({ from: me, to: HUB, message });
    }
  }

  function other(name) {
    if (!others.has(name)) {
      others.set(name, {
        postMessage: (message) => channel.postMessage({ to: name, message }),
      });
    }
    return others.get(name);
  }

  function broadcast(message) {
    channel.postMessage({ to: ALL, message });
    mine.postMessage(message);
  }

  function want() {
    wish = new AbortController();
    navigator.locks.request(NAME, { signal: wish.signal }, () => {
      hub = new Hub(readable, { broadcast, known: known() });
      broadcast({ type: 'moved' });
      return new Promise((resolve) => {
        giveBack = resolve;
      });
    }).catch(() => {}); // it left before it was its turn
  }

  function leave() {
    wish.abort();
    hub?.stop();
    hub = null;
    giveBack();
  }
}
