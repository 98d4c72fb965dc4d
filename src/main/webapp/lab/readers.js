import { API } from '../js/api-address.js';

const PATIENCE_MS = 15_000;
const PROTOCOL = 'serversence.v1';

/** How many bytes a text takes on the wire. */
export function size(text) {
  return new TextEncoder().encode(text).length;
}

/** The bytes before a server's WebSocket message of so many bytes (RFC 6455, 5.2). */
export function frameHead(bytes) {
  return bytes < 126 ? 2 : bytes < 65_536 ? 4 : 10;
}

/** Fails after a while, lest the page waits for ever. */
export function within(promise, what, ms = PATIENCE_MS) {
  let timer;
  const late = new Promise((unused, reject) => {
    timer = setTimeout(() => reject(new Error(what)), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** The address of the event stream. */
export function eventsUrl(query) {
  const url = new URL('events', API);
  Object.entries(query).forEach(([name, value]) => url.searchParams.set(name, value));
  return url;
}

/**
 * Opens an event stream and waits for its `hello`.
 *
 * @returns {Promise<{source: EventSource, hello: Object, id: string}>}
 */
export function openEvents(query) {
  const source = new EventSource(eventsUrl(query));
  const greeted = new Promise((resolve, reject) => {
    source.addEventListener('hello', ({ data, lastEventId }) => {
      resolve({ source, hello: JSON.parse(data), id: lastEventId });
    });
    source.addEventListener('bye', ({ data }) => reject(new Error(JSON.parse(data).reason)));
    source.onerror = () => source.readyState === EventSource.CLOSED && reject(new Error('SSE'));
  });
  return within(greeted, 'SSE').catch((fault) => {
    source.close();
    throw fault;
  });
}

/**
 * Opens a WebSocket, waits for its `hello` and, if something is wanted, for the subscription.
 *
 * @returns {Promise<{socket: WebSocket, hello: Object, result: Object|undefined}>}
 */
export function openSocket(subscription) {
  const url = new URL('ws', API);
  url.protocol = url.protocol.replace('http', 'ws');
  const socket = new WebSocket(url, PROTOCOL);
  socket.binaryType = 'arraybuffer';
  const ready = new Promise((resolve, reject) => {
    let hello;
    socket.onclose = ({ code }) => reject(new Error(`WebSocket ${code}`));
    socket.onmessage = ({ data }) => {
      const message = typeof data === 'string' ? JSON.parse(data) : {};
      const first = Array.isArray(message) ? message[0] : message;
      if (first.event === 'hello') {
        hello = first.data;
        if (subscription) {
          socket.send(JSON.stringify({ op: 'subscribe', ref: 1, ...subscription }));
        } else {
          resolve({ socket, hello });
        }
      } else if (first.ref === 1) {
        if (first.ok) {
          resolve({ socket, hello, result: first.result });
        } else {
          reject(new Error(first.problem.detail ?? first.problem.title));
        }
      }
    };
  });
  return within(ready, 'WebSocket').catch((fault) => {
    socket.close();
    throw fault;
  });
}
