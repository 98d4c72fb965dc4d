import { API } from '../js/api-address.js';
import { text } from '../js/text.js';
import { eventsUrl, frameHead, openEvents, openSocket, size, within } from './readers.js';

const RUNS = 5;
const SAMPLES = { events: 'samples' };
const QUIET = { events: 'incident', snapshot: 'false' };
const NO_SNAPSHOT = { snapshot: false, filter: { events: 'incident' } };
const WATCHED_MS = 6_000;
const AT_ONCE = 8;
const AT_ONCE_MS = 4_000;
const DEAD_HEARTBEATS = 2.5; // as in stream.js
const NOTICED_WITHIN_MS = 70_000;

/** What is measured, in the order of the page. */
export const ROWS = ['first', 'bytes', 'resume', 'many', 'silence', 'left'];

const { figures } = text.lab;

/**
 * Measures one after the other.
 *
 * @param {function(string, string, string)} tell gets the name of a row, that of a column and a
 *     figure in words
 * @param {function(string)} begin gets the name of each row before it is measured
 */
export async function measureAll(tell, begin) {
  const measures = { first, bytes, resume, many, silence, left };
  for (const name of ROWS) {
    begin(name);
    await measures[name]((kind, figure) => tell(name, kind, figure));
  }
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

async function timed(action) {
  const from = performance.now();
  await action();
  return performance.now() - from;
}

async function medianOf(action) {
  const times = [];
  for (let i = 0; i < RUNS; i++) {
    times.push(await timed(action));
  }
  return figures.ms(median(times));
}

/** From nothing to the first event. */
async function first(tell) {
  tell('sse', await medianOf(async () => (await openEvents(QUIET)).source.close()));
  const socket = await medianOf(async () => (await openSocket()).socket.close());
  tell('text', socket);
  tell('binary', socket);
}

/** What a sample takes on the wire, over the same time. */
async function bytes(tell) {
  tell('sse', each(await sseSamples()));
  tell('text', each(await socketSamples('json')));
  tell('binary', each(await socketSamples('binary')));
}

function each({ bytes, samples }) {
  return samples === 0 ? figures.nothing : figures.bytes(bytes / samples, samples);
}

async function sseSamples() {
  const stop = new AbortController();
  const sum = { bytes: 0, samples: 0 };
  const answer = await fetch(eventsUrl({ ...SAMPLES, snapshot: 'false' }), { signal: stop.signal });
  if (!answer.ok) {
    throw new Error(`SSE ${answer.status}`);
  }
  setTimeout(() => stop.abort(), WATCHED_MS);
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      const events = (rest + part.value).split('\n\n');
      rest = events.pop();
      for (const event of events.filter((e) => e.includes('event: samples\n'))) {
        sum.bytes += size(event) + 2;
        sum.samples += JSON.parse(event.slice(event.indexOf('data: ') + 6)).samples.length;
      }
    }
  } catch (fault) {
    if (fault.name !== 'AbortError') {
      throw fault;
    }
  }
  return sum;
}

async function socketSamples(samples) {
  const sum = { bytes: 0, samples: 0 };
  const { socket } = await openSocket({ snapshot: false, filter: SAMPLES, samples });
  socket.onmessage = ({ data }) => {
    if (data instanceof ArrayBuffer) {
      sum.bytes += data.byteLength + frameHead(data.byteLength);
      sum.samples += new DataView(data).getUint16(2);
    } else if (data.startsWith('{"event":"samples"')) {
      sum.bytes += size(data) + frameHead(size(data));
      sum.samples += JSON.parse(data).data.samples.length;
    }
  };
  await new Promise((resolve) => setTimeout(resolve, WATCHED_MS));
  socket.close();
  return sum;
}

/** From a cut to being level again, with nothing lost. */
async function resume(tell) {
  const { source, id } = await openEvents(QUIET);
  source.close();
  tell('sse', await medianOf(async () => {
    const again = await openEvents({ ...QUIET, lastEventId: id });
    again.source.close();
    if (again.hello.resumed !== 'ok') {
      throw new Error(again.hello.resumed);
    }
  }));
  const socket = await medianOf(async () => {
    const again = await openSocket({ ...NO_SNAPSHOT, lastEventId: id });
    again.socket.close();
    if (again.result.resumed !== 'ok') {
      throw new Error(again.result.resumed);
    }
  });
  tell('text', socket);
  tell('binary', socket);
}

/** How many of several connections at once are let through by the browser. */
async function many(tell) {
  tell('sse', figures.of(await counted(
    () => new EventSource(eventsUrl(QUIET)),
    (source, greeted) => source.addEventListener('hello', greeted),
  ), AT_ONCE));
  const url = new URL('ws', API);
  url.protocol = url.protocol.replace('http', 'ws');
  const sockets = figures.of(await counted(
    () => new WebSocket(url, 'serversence.v1'),
    (socket, greeted) => socket.addEventListener('message', greeted),
  ), AT_ONCE);
  tell('text', sockets);
  tell('binary', sockets);
}

async function counted(open, listen) {
  const all = Array.from({ length: AT_ONCE }, open);
  let greeted = 0;
  const whole = Promise.all(all.map((one) => new Promise((resolve) => {
    listen(one, () => resolve(greeted++));
  })));
  await within(whole, '', AT_ONCE_MS).catch(() => {});
  const count = greeted;
  all.forEach((one) => one.close());
  return count;
}

/** How long a browser takes for a dead server, by the watchdog of this page's stream. */
async function silence(tell) {
  const { source, hello } = await openEvents(QUIET);
  source.close();
  const figure = figures.atMost(hello.heartbeatMs * DEAD_HEARTBEATS);
  ['sse', 'text', 'binary'].forEach((kind) => tell(kind, figure));
}

/** How long the server takes for a client that has gone; its metrics tell. */
async function left(tell) {
  if (await connections('sse') === null) {
    ['sse', 'text', 'binary'].forEach((kind) => tell(kind, figures.unreadable));
    return;
  }
  const { socket } = await openSocket(NO_SNAPSHOT);
  const socketTime = await noticed('websocket', () => socket.close());
  tell('text', socketTime);
  tell('binary', socketTime);
  const { source } = await openEvents(QUIET);
  tell('sse', await noticed('sse', () => source.close()));
}

async function noticed(transport, leave) {
  const before = await connections(transport);
  const from = performance.now();
  leave();
  while (performance.now() - from < NOTICED_WITHIN_MS) {
    if (await connections(transport) < before) {
      return figures.ms(performance.now() - from);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return figures.more(NOTICED_WITHIN_MS);
}

async function connections(transport) {
  const answer = await fetch(new URL('../metrics', API));
  const series = `serversence_stream_connections{transport="${transport}"} `;
  const line = answer.ok
    ? (await answer.text()).split('\n').find((each) => each.startsWith(series)) : undefined;
  return line === undefined ? null : Number(line.slice(series.length));
}
