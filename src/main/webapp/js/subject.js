import { text } from './text.js';

/** What an incident is about, in words: its monitor, or the alert channel that fails. */
export function subject({ monitor, channel }, board) {
  return monitor ? (board?.monitors.get(monitor)?.name ?? monitor) : text.alertChannel(channel);
}
