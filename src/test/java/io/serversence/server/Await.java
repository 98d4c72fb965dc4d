package io.serversence.server;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for conditions of another process, which cannot be told to call back. */
final class Await {
  private static final long STEP_MILLIS = 50;

  private Await() {}

  /**
   * Waits until something is true.
   *
   * @throws AssertionError if it does not become so in time
   */
  static void until(String what, Duration patience, BooleanSupplier condition) {
    value(what, patience, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
  }

  /** Waits for no more than time, which is what some tests are about. */
  static void elapsed(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    until("time goes by", time.multipliedBy(2), () -> System.nanoTime() - end >= 0);
  }

  /**
   * Waits until there is a value.
   *
   * @throws AssertionError if there is none in time
   */
  static <T> T value(String what, Duration patience, Supplier<Optional<T>> source) {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      Optional<T> value = source.get();
      if (value.isPresent()) {
        return value.get();
      }
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("waited " + patience.toSeconds() + " s in vain: " + what);
      }
      try {
        Thread.sleep(STEP_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted while waiting: " + what, e);
      }
    }
  }
}
