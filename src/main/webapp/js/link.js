const EVENTS = [
  'hello', 'snapshot', 'state', 'samples', 'incident', 'notification', 'monitor', 'mute',
  'presence', 'reset', 'heartbeat', 'bye',
];

/**
 * Opens one connection by EventSource. It never reconnects by itself: when and with which cursor
 * is the stream's decision. Another way to the same events, such as a worker that several tabs
 * share, is a function of the same shape.
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
