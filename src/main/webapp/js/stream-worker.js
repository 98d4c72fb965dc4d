import { Hub } from './hub.js';
import { readable } from './readable.js';

/** Runs in a SharedWorker: holds the one connection of all tabs of this browser. */
const hub = new Hub(readable);
globalThis.onconnect = ({ ports: [port] }) => {
  port.onmessage = ({ data }) => hub.took(port, data);
};
