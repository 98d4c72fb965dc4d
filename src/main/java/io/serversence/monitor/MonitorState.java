package io.serversence.monitor;

/** What people are told of a monitor, once enough samples agree. */
public enum MonitorState {
  UP,
  DEGRADED,
  DOWN,
  UNKNOWN,
  /** No sample yet. */
  PENDING,
  PAUSED
}
