package io.serversence.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/**
 * What a delivery costs, on a real server and beside {@link Floor} in the same run. Run by the
 * {@code bench} profile on a quiet machine; it prints what it measured and asserts only that
 * nothing was lost.
 *
 * <p>What the server spends on the events themselves, which here are beats and incidents, is
 * measured with the same events and no reader, and taken off.
 */
class StreamBench {
  /**
   * What Uptime Kuma tells a screen of each sample, here in one message: the heartbeat of 139 bytes
   * (its server/model/heartbeat.js as Socket.IO writes it), and its mean latency and two
   * availabilities of 82 together, which it sends as messages of their own.
   */
  private static final int KUMA = 220;

  /** A server that has just started is busy with itself. */
  static final Duration WARM_UP = Duration.ofSeconds(Integer.getInteger("bench.warm", 90));

  /** The code that lets thousands in has been compiled, and what they left behind is gone. */
  private static final Duration SETTLED = Duration.ofSeconds(15);

  private static final Duration MEASURED = Duration.ofSeconds(12);
  private static final int PER_SECOND = 1_500;
  private static final int SIZE = 300;

  private static final String SSE = "api/events?snapshot=false&events=";
  private static final String SOCKET = "api/ws";

  /** A crowd that reads the events of some names. */
  static Crowd crowd(Server server, String events, String options) {
    String subscribe = "\"snapshot\":false,\"filter\":{\"events\":\"" + events + "\"}" + options;
    String path = server.base().getPath();
    return new Crowd(server.port(), path + SSE + events, path + SOCKET, subscribe);
  }

  private static double cpu(long pid, Duration time) {
    Duration before = ProcessCost.of(pid).cpu();
    Bench.pass(time);
    return ProcessCost.of(pid).cpu().minus(before).toMillis() / 1e3;
  }

  private static void join(Crowd crowd, StreamTransport transport, int readers) {
    crowd.join(transport, readers, PER_SECOND);
    await(readers + " readers are there", () -> crowd.greeted() == readers);
  }

  private static void await(String what, BooleanSupplier condition) {
    Await.until(what, Duration.ofSeconds(60), condition);
  }

  /** CPU seconds, and the deliveries that they went into. */
  private record Cost(double spent, long events) {
    double each() {
      return spent * 1e6 / events;
    }
  }

  private static Cost measure(String who, long pid, Crowd crowd) {
    Bench.pass(SETTLED);
    crowd.reset();
    Cost cost = new Cost(cpu(pid, MEASURED), crowd.events());
    Bench.say(
        "%s: %.1f µs of CPU for each of %d deliveries of %d bytes, %s",
        who, cost.each(), cost.events(), crowd.bytes() / cost.events(), crowd.delays().shown());
    assertThat(crowd.lost()).isZero();
    assertThat(crowd.broken()).isZero();
    return cost;
  }

  private static Cost floor(
      String who, StreamTransport transport, int readers, int perSecond, int gathering)
      throws IOException {
    int port = Ports.free();
    Process floor = startFloor(port, perSecond, SIZE, readers, gathering);
    try (Crowd crowd = new Crowd(port, "/", "/", null)) {
      join(crowd, transport, readers);
      return measure(who, floor.pid(), crowd);
    } finally {
      floor.destroyForcibly();
    }
  }

  private static Process startFloor(int port, int perSecond, int size, int readers, int gathering)
      throws IOException {
    Process floor =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-cp",
                classes(),
                Floor.class.getName(),
                Integer.toString(port),
                Integer.toString(perSecond),
                Integer.toString(size),
                Integer.toString(readers),
                Integer.toString(gathering))
            .inheritIO()
            .start();
    await("the floor listens", () -> Ports.taken(port));
    return floor;
  }

  private static String classes() {
    return Path.of(Floor.class.getProtectionDomain().getCodeSource().getLocation().getPath())
        .toString();
  }

  @Test
  void what_a_delivery_costs() throws IOException {
    try (Server server =
            Bench.roomy("bench-stream").with("SERVERSENCE_ANONYMOUS", "viewer").started();
        EvenBeats beats = new EvenBeats(server, 50)) {
      for (StreamTransport transport : StreamTransport.values()) {
        try (Crowd crowd = crowd(server, "state", "")) {
          join(crowd, transport, 500);
          Bench.pass(WARM_UP);
        }
      }
      for (int perSecond : List.of(10, 50)) {
        beats.rate(perSecond);
        for (int readers : List.of(1_000, 5_000)) {
          for (StreamTransport transport : StreamTransport.values()) {
            compare(server, transport, readers, perSecond);
          }
        }
      }
    }
  }

  private static void compare(Server server, StreamTransport transport, int readers, int perSecond)
      throws IOException {
    String what =
        String.format(Locale.ROOT, "%s, %,d readers, %d/s", transport, readers, perSecond);
    boolean batch = perSecond > 10 && transport == StreamTransport.WEB_SOCKET;
    double before = cpu(server.pid(), MEASURED);
    Cost ours;
    try (Crowd crowd = crowd(server, "state", batch ? ",\"batch\":true" : "")) {
      join(crowd, transport, readers);
      ours = measure(what, server.pid(), crowd);
    }
    double base = (before + cpu(server.pid(), MEASURED)) / 2;
    double floor = floor(what + ", floor", transport, readers, perSecond, 0).each();
    if (perSecond > 10) { // ours are gathered: this is whose delays can be compared
      floor(what + ", floor that gathers", transport, readers, perSecond, 50);
    }
    Bench.say(
        "%s: %.2f of the floor, %.2f with what the events cost",
        what, (ours.spent() - base) * 1e6 / ours.events() / floor, ours.each() / floor);
  }

  /**
   * The samples of a thousand monitors on a thousand screens, beside a server that sends one
   * message for each sample, which does so for fewer screens because a thousand are more than the
   * machine has.
   */
  @Test
  void the_samples_of_a_thousand_monitors_on_a_thousand_screens() throws IOException {
    try (TargetFarm farm = new TargetFarm();
        Server server =
            Bench.watching(
                ServerPlan.named("bench-screens").with("SERVERSENCE_ANONYMOUS", "viewer"),
                farm,
                1_000,
                "1s",
                3,
                2)) {
      Bench.pass(WARM_UP);
      double base = cpu(server.pid(), MEASURED);
      Screens sse = screens("SSE", server, StreamTransport.SSE, "", base);
      screens("WebSocket, text", server, StreamTransport.WEB_SOCKET, "", base);
      Screens binary =
          screens(
              "WebSocket, binary",
              server,
              StreamTransport.WEB_SOCKET,
              ",\"samples\":\"binary\"",
              base);
      Screens each = messagePerSample();
      Bench.say(
          "of a message per sample: CPU %.3f (SSE), %.3f (binary); bytes %.2f (SSE), %.3f (binary)",
          sse.cpu() / each.cpu(),
          binary.cpu() / each.cpu(),
          sse.bytes() / each.bytes(),
          binary.bytes() / each.bytes());
    }
  }

  /** What a screen takes for a second: CPU microseconds and bytes. */
  private record Screens(double cpu, double bytes) {}

  private static Screens screens(
      String who, Server server, StreamTransport transport, String options, double base) {
    int screens = 1_000;
    try (Crowd crowd = crowd(server, "samples", options)) {
      join(crowd, transport, screens);
      Bench.pass(WARM_UP.dividedBy(3));
      return shown(who, server.pid(), crowd, screens, base);
    }
  }

  private static Screens messagePerSample() throws IOException {
    int screens = 100;
    int port = Ports.free();
    Process floor = startFloor(port, 1_000, KUMA, screens, 0);
    try (Crowd crowd = new Crowd(port, "/", "/", null)) {
      join(crowd, StreamTransport.WEB_SOCKET, screens);
      return shown("a message per sample", floor.pid(), crowd, screens, 0);
    } finally {
      floor.destroyForcibly();
    }
  }

  private static Screens shown(String who, long pid, Crowd crowd, int screens, double base) {
    crowd.reset();
    double spent = cpu(pid, MEASURED) - base;
    double perSecond = (double) screens * MEASURED.toSeconds();
    Screens cost = new Screens(spent * 1e6 / perSecond, crowd.bytes() / perSecond);
    Bench.say(
        "%s: %.0f µs of CPU and %.1f kB for a screen and a second, %s",
        who, cost.cpu(), cost.bytes() / 1e3, crowd.delays().shown());
    assertThat(crowd.lost()).isZero();
    return cost;
  }
}
