package io.serversence.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/** What the benchmarks of a whole server share. */
final class Bench {
  private Bench() {}

  /** Prints a figure. */
  static void say(String format, Object... values) {
    System.out.println("BENCH " + String.format(Locale.ROOT, format, values));
  }

  /** A server with memory for thousands of readers, of which a container keeps 5 to 27 kB each. */
  static ServerPlan roomy(String name) {
    String heap = "-Xms1500m -Xmx1500m";
    return ServerPlan.named(name).with("JDK_JAVA_OPTIONS", heap).with("JBOSS_JAVA_SIZING", heap);
  }

  /** Lets time pass, because what is measured is a rate. */
  static void pass(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() - end < 0) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }

  /**
   * A running server with so many http monitors {@code t-0}, {@code t-1} … from a configuration
   * file, whose targets are the paths {@code /t/0}, {@code /t/1} … of a farm.
   *
   * @param plan of the server, without its configuration
   * @param thresholds how many samples in a row decide that a target is down, and up again
   */
  static Server watching(
      ServerPlan plan, TargetFarm farm, int monitors, String interval, int... thresholds) {
    Server server =
        plan.with("SERVERSENCE_CONFIG", plan.folder().resolve("monitors.yaml").toString())
            .prepared();
    StringBuilder yaml = new StringBuilder("monitors:\n");
    for (int i = 0; i < monitors; i++) {
      yaml.append(
          String.format(
              Locale.ROOT,
              "  - {id: t-%d, name: Target %d, target: {type: http, url: \"%s\"}, interval: %s,"
                  + " timeout: 1s, retryInterval: 1s, failureThreshold: %d, successThreshold: %d}\n",
              i,
              i,
              farm.url("/t/" + i),
              interval,
              thresholds[0],
              thresholds[1]));
    }
    try {
      Files.writeString(Path.of(plan.folder().toString(), "monitors.yaml"), yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.start();
    return server;
  }
}
