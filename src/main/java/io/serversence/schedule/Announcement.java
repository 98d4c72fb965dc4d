package io.serversence.schedule;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The last lines of the start: where ServerSence is, and the password that was made up for its
 * admin. The timer makes it, which runs only once the deployment is complete; by then the server
 * has said all that it has to say. Used by the start, then by the timer.
 */
final class Announcement {
  private static final int TICKS = 20;

  private final @Nullable URI address;
  private volatile @Nullable String password;
  private int ticks;

  Announcement(@Nullable URI address) {
    this.address = address;
  }

  void password(String madeUp) {
    password = madeUp;
  }

  /** Counts a tick; true when it is time. */
  boolean due() {
    return ++ticks >= TICKS;
  }

  /** Says it on standard output, where a log's format cannot bury it. */
  @SuppressWarnings("SystemOut")
  void make(boolean active, String waitingFor) {
    StringBuilder text = new StringBuilder("\n");
    text.append("ServerSence ").append(active ? "is ready" : "waits for " + waitingFor);
    if (address != null) {
      text.append(": ").append(address);
    }
    text.append('\n');
    String madeUp = password;
    if (madeUp != null) {
      text.append("Sign in as admin with the password ").append(madeUp).append('\n');
    }
    System.out.print(text);
    System.out.flush();
    password = null;
  }
}
