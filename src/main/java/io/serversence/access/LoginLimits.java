package io.serversence.access;

import io.serversence.document.Refused;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Bounds how fast credentials can be guessed: within any minute 20 failures from one place and 10
 * of them for one account. Only failures count, and never those of another place, so that no
 * stranger can lock an account. Wrong bearer tokens are counted apart, lest a script whose token
 * has expired keep the people beside it from logging in.
 *
 * <p>At most 10,000 of each kind are remembered; beyond that the one that was idle for longest is
 * forgotten. Safe for use by many threads.
 */
@ApplicationScoped
public class LoginLimits {
  static final int PER_PLACE = 20;
  static final int PER_ACCOUNT = 10;
  static final int MOST = 10_000;
  static final Duration WINDOW = Duration.ofMinutes(1);
  private static final int LONGEST_NAME = 100;

  LongSupplier nanos = System::nanoTime;

  private final Failures places = new Failures(PER_PLACE);
  private final Failures accounts = new Failures(PER_ACCOUNT);
  private final Failures bearers = new Failures(PER_PLACE);
  private final Failures strays = new Failures(PER_PLACE);

  /**
   * Verifies a password, unless there were too many failures. The failure is counted before the
   * work and taken back after its success, so that tries at the same time are bounded too.
   *
   * @param verify empty for a failure
   * @throws Refused TOO_MANY, and then nothing was verified
   */
  <T> Optional<T> password(String account, String address, Supplier<Optional<T>> verify) {
    String place = ClientAddress.place(address);
    String both = both(account, place);
    long now = nanos.getAsLong();
    synchronized (this) {
      refuse(Math.max(places.waitNanos(place, now), accounts.waitNanos(both, now)));
      places.add(place, now);
      accounts.add(both, now);
    }
    boolean failed = false;
    try {
      Optional<T> verified = verify.get();
      failed = verified.isEmpty();
      return verified;
    } finally {
      if (!failed) {
        synchronized (this) {
          places.takeBack(place, now);
          accounts.takeBack(both, now);
        }
      }
    }
  }

  /**
   * Refuses where {@link #password} would do so now.
   *
   * @throws Refused TOO_MANY
   */
  synchronized void checkPassword(String account, String address) {
    String place = ClientAddress.place(address);
    long now = nanos.getAsLong();
    refuse(Math.max(places.waitNanos(place, now), accounts.waitNanos(both(account, place), now)));
  }

  /**
   * Counts a wrong bearer token. A right one is not kept out by wrong ones: what has 256 random
   * bits cannot be guessed at any rate.
   *
   * @throws Refused TOO_MANY
   */
  synchronized void wrongBearer(String address) {
    String place = ClientAddress.place(address);
    long now = nanos.getAsLong();
    refuse(bearers.waitNanos(place, now));
    bearers.add(place, now);
  }

  /**
   * Completes a sign-in that began elsewhere, with a provider, unless there were too many failures.
   * They count with those of passwords, and so do sign-ins under way.
   *
   * @param complete throws {@link Refused} UNAUTHENTICATED for a failure
   * @throws Refused TOO_MANY, and then nothing was tried
   */
  <T> T elsewhere(String address, Supplier<T> complete) {
    String place = ClientAddress.place(address);
    long now = nanos.getAsLong();
    synchronized (this) {
      refuse(places.waitNanos(place, now));
      places.add(place, now);
    }
    boolean failed = false;
    try {
      return complete.get();
    } catch (Refused e) {
      failed = e.reason() == Refused.Reason.UNAUTHENTICATED;
      throw e;
    } finally {
      if (!failed) {
        synchronized (this) {
          places.takeBack(place, now);
        }
      }
    }
  }

  /**
   * Counts an answer of a provider that nobody here has asked for, apart from all others: any page
   * can make a browser send one, and it is not to keep its user from signing in.
   *
   * @throws Refused TOO_MANY
   */
  synchronized void stray(String address) {
    String place = ClientAddress.place(address);
    long now = nanos.getAsLong();
    refuse(strays.waitNanos(place, now));
    strays.add(place, now);
  }

  /** How many places, accounts, places of bearers and of strays are remembered at most. */
  synchronized int remembered() {
    return Math.max(
        Math.max(places.size(), strays.size()), Math.max(accounts.size(), bearers.size()));
  }

  /** Directories know a name in any case of its letters. */
  private static String both(String account, String place) {
    String plain = account.strip().toLowerCase(Locale.ROOT);
    return place + " " + plain.substring(0, Math.min(plain.length(), LONGEST_NAME));
  }

  private static void refuse(long nanos) {
    if (nanos > 0) {
      throw new Refused(
          Refused.Reason.TOO_MANY,
          "too many failed logins; try again later",
          Duration.ofNanos(nanos));
    }
  }

  /** When the failures of the last minute were, of each key. Guarded by the limits' lock. */
  private static final class Failures {
    private final int most;
    private final Map<String, Deque<Long>> byKey = new LinkedHashMap<>(16, 0.75f, true);

    Failures(int most) {
      this.most = most;
    }

    /** How long a try must wait; 0 if it need not. */
    long waitNanos(String key, long now) {
      Deque<Long> times = byKey.get(key);
      if (times == null) {
        return 0;
      }
      while (!times.isEmpty() && now - times.getFirst() >= WINDOW.toNanos()) {
        times.removeFirst();
      }
      return times.size() < most ? 0 : times.getFirst() + WINDOW.toNanos() - now;
    }

    void add(String key, long now) {
      byKey.computeIfAbsent(key, k -> new ArrayDeque<>(2)).addLast(now);
      if (byKey.size() > MOST) {
        Iterator<String> idle = byKey.keySet().iterator();
        idle.next();
        idle.remove();
      }
    }

    void takeBack(String key, long at) {
      Deque<Long> times = byKey.get(key);
      if (times != null) {
        times.removeLastOccurrence(at);
        if (times.isEmpty()) {
          byKey.remove(key);
        }
      }
    }

    int size() {
      return byKey.size();
    }
  }
}
