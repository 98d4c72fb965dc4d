const EVENTS = [
  'hello', 'snapshot', 'state', 'samples', 'incident', 'notification', 'monitor', 'mute',
  'presence', 'reset', 'heartbeat', 'bye',
];

/**
 * Opens one connection by EventSource. It never reconnects by itself: when and with which cursor
 * is the stream's decision.
 *
 * @param {URL} url
 * @param {function(string, string)} message gets each event's name and data
 * @param {function(boolean)} lost called once, with true if the server refused by its status
 * @returns {function()} closes it; nothing is called afterwards
 */
export function openEventSource(url, message, lost) {
  const source = new EventSource(url);
  const close = () => {
    source.onerror = null;
    source.close();
  };
  for (const name of EVENTS) {
    source.addEventListener(name, (event) => {
      if (source.readyState !== EventSource.CLOSED) {
        message(name, event.data);
      }
    });
  }
  source.onerror = () => {
    const refused = source.readyState === EventSource.CLOSED;
    close();
    lost(refused);
  };
  return close;
}

/** Close codes that mean: not with these credentials. */
const REFUSED = [4501, 4503];
const PROTOCOL = 'serversence.v1';

/** Opens one connection by WebSocket; as {@link openEventSource}, whose parameters it takes. */
export function openWebSocket(url, message, lost) {
  const socket = socketTo(url);
  let hello = null;
  const close = () => {
    socket.onmessage = socket.onclose = null;
    socket.close();
  };
  socket.onmessage = ({ data }) => {
    const said = JSON.parse(data);
    if (said.event === 'hello') {
      hello = said.data;
      socket.send(JSON.stringify(subscription(url)));
    } else if (said.ref === 'subscribe') {
      if (said.ok) {
        message('hello', { ...hello, resumed: said.result.resumed });
      } else {
        close();
        lost(said.problem.status === 401 || said.problem.status === 403);
      }
    } else if (said.event) {
      message(said.event, said.data);
    }
  };
  socket.onclose = ({ code }) => lost(hello === null || REFUSED.includes(code));
  return close;
}

/** A socket to the same server. */
export function socketTo(url) {
  const address = new URL('ws', url);
  address.protocol = address.protocol.replace('http', 'ws');
  return new WebSocket(address, PROTOCOL);
}

function subscription(url) {
  const { lastEventId, ...filter } = Object.fromEntries(url.searchParams);
  return { op: 'subscribe', ref: 'subscribe', filter, ...(lastEventId && { lastEventId }) };
}
