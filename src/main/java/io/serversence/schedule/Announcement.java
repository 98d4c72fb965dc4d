package io.serversence.schedule;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The last lines of the start: where ServerSence is, and the password that was made up for its
 * admin. The tick makes it, because timers run only once the deployment is complete, and some ticks
 * late, when the server has said all that it has to say. Used by the keeper, then by the timer.
 */
final class Announcement {
  /** Two seconds until it is ready; ten until people are told what it waits for. */
  private static final int SOON = 20;

  private static final int LATE = 100;

  private final @Nullable URI address;
  private volatile @Nullable String password;
  private int ticks;
  private boolean told;
  private boolean toldToWait;

  Announcement(@Nullable URI address) {
    this.address = address;
  }

  void password(String madeUp) {
    password = madeUp;
  }

  /** Counts a tick, and says what is to be said now, each thing once. */
  void tick(boolean active, String waitingFor) {
    if (told) {
      return;
    }
    ticks++;
    if (active && ticks >= SOON) {
      told = true;
      say("is ready");
    } else if (!active && ticks >= LATE && !toldToWait) {
      toldToWait = true;
      say("waits for " + waitingFor);
    }
  }

  /** On standard output, where a log's format cannot bury it. */
  @SuppressWarnings("SystemOut")
  private void say(String what) {
    StringBuilder text = new StringBuilder("\nServerSence ").append(what);
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
