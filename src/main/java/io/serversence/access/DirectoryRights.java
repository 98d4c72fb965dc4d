package io.serversence.access;

import io.serversence.document.Refused;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Looks again, while sessions of people from the directory are used, whether their groups still
 * give them the same role: every 15 min, beside their requests, which never wait for it. While the
 * directory is away what was known last counts. Remembers 10,000 of them, of which the oldest goes.
 * Safe for use by many threads.
 */
@ApplicationScoped
public class DirectoryRights {
  static final Duration EVERY = Duration.ofMinutes(15);
  static final Duration AGAIN = Duration.ofMinutes(1);
  static final int MOST = Sessions.MOST;

  @Inject Directory directory;
  @Inject Outsiders outsiders;

  LongSupplier nanos = System::nanoTime;

  /**
   * What is known of somebody.
   *
   * @param due when to look again, by the monotonic clock
   */
  private record Known(boolean holds, long due) {}

  private final Map<User, Known> known = new LinkedHashMap<>();

  @SuppressWarnings("NullAway.Init") // CDI sets all
  public DirectoryRights() {}

  /** Takes note of somebody who has just signed in by the directory. */
  void remember(User user) {
    synchronized (known) {
      if (known.size() >= MOST) {
        Iterator<User> oldest = known.keySet().iterator();
        oldest.next();
        oldest.remove();
      }
      known.put(user, new Known(true, nanos.getAsLong() + EVERY.toNanos()));
    }
  }

  /** How many people it knows of. */
  int remembered() {
    synchronized (known) {
      return known.size();
    }
  }

  /** False once the directory has said that somebody from there has no longer the role. */
  boolean hold(User user) {
    if (!user.outside()) {
      return true;
    }
    long now = nanos.getAsLong();
    synchronized (known) {
      Known last = known.get(user);
      if (last == null || !last.holds() || now - last.due() < 0) {
        return last == null || last.holds(); // none for who is from elsewhere
      }
      known.put(user, new Known(true, now + AGAIN.toNanos())); // if the directory does not tell
    }
    directory.findLater(user.name(), found -> conclude(user, found));
    return true;
  }

  private void conclude(User user, Optional<Vouched> found) {
    boolean same = found.isPresent() && same(user, found.get());
    long due = nanos.getAsLong() + EVERY.toNanos();
    synchronized (known) {
      known.computeIfPresent(user, (u, last) -> new Known(same, due));
    }
  }

  private boolean same(User user, Vouched found) {
    try {
      User now = outsiders.admit(found, Instant.EPOCH);
      return now.role() == user.role() && now.name().equals(user.name());
    } catch (Refused e) {
      return false;
    }
  }
}
