/**
 * The way to the hub in a SharedWorker. The worker is started by the first thing that a page runs,
 * so that the board is on its way while the page still loads what shows it.
 */
let early = start();
let failed = () => {};
let broken = false;

/**
 * A port that has joined the hub in the worker; null where there are no workers.
 *
 * @param {function()} told called if the worker cannot be run
 */
export function workerPort(told) {
  if (broken) {
    throw new Error('the worker cannot be run');
  }
  const worker = early ?? start();
  early = null;
  failed = told;
  return worker && worker.port;
}

function start() {
  if (!globalThis.SharedWorker) {
    return null;
  }
  let worker;
  try {
    worker = new SharedWorker(new URL('stream-worker.js', import.meta.url), {
      type: 'module', name: 'serversence-stream',
    });
  } catch {
    return null; // not on this page
  }
  worker.onerror = () => {
    broken = true;
    failed();
  };
  worker.port.postMessage({ type: 'join' });
  return worker;
}
