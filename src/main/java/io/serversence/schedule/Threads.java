package io.serversence.schedule;

import java.util.concurrent.ThreadFactory;

/**
 * Where this program's threads come from.
 *
 * @param usual threads that carry the application's context, for what asks the container for things
 * @param bare threads that carry none of it, for those who write to clients: on Payara, Tyrus
 *     schedules a task at each send, for which the container saves and sets all of the thread's
 *     context
 */
record Threads(ThreadFactory usual, ThreadFactory bare) {
  /** All of one kind. */
  static Threads of(ThreadFactory factory) {
    return new Threads(factory, factory);
  }
}
