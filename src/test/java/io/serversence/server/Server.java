package io.serversence.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A real server in a process of its own. It can be stopped, killed, suspended and started again on
 * the same port with the same data. Used by one thread.
 */
final class Server implements AutoCloseable {
  /** How long a start may take on a machine that does other things too. */
  private static final Duration START = Duration.ofMinutes(5);

  /** How long a stop may take, the undeployment and the server's own end. */
  private static final Duration STOP = Duration.ofSeconds(30);

  private final ServerPlan plan;
  private final int port;
  private final ServerLog log;
  private int securePort;
  private @Nullable Process process;

  Server(ServerPlan plan, int port) {
    this.plan = plan;
    this.port = port;
    this.log = new ServerLog(plan.folder().resolve("server.log"), plan.kind());
    Runtime.getRuntime().addShutdownHook(new Thread(this::kill));
  }

  /** The address of the application, with a slash at the end. */
  URI base() {
    return URI.create("http://127.0.0.1:" + port + plan.kind().contextPath() + "/");
  }

  /** The address of a path of the application, such as {@code /api/status}. */
  URI at(String path) {
    return base().resolve(path.substring(1));
  }

  int port() {
    return port;
  }

  Path data() {
    return Path.of(plan.environment().get("SERVERSENCE_DATA"));
  }

  ServerKind kind() {
    return plan.kind();
  }

  ServerLog log() {
    return log;
  }

  /** A client that signs in as the administrator. */
  Api admin() {
    return new Api(this, "admin", plan.environment().get("SERVERSENCE_ADMIN_PASSWORD"));
  }

  /** A client without credentials. */
  Api anyone() {
    return new Api(this, null, null);
  }

  /** Lets it listen for TLS too once it is started; returns the port. */
  int listenSecurely() {
    securePort = Ports.free();
    return securePort;
  }

  /** Starts it and waits until it says that it is ready. */
  void start() {
    launch();
    awaitReady();
  }

  /** Starts it only. */
  void launch() {
    if (process != null && process.isAlive()) {
      throw new IllegalStateException("it runs");
    }
    ProcessBuilder builder = plan.kind().command(plan.folder(), port);
    if (securePort > 0) {
      plan.kind().listenSecurely(builder, securePort);
    }
    builder.environment().keySet().removeIf(name -> name.startsWith("SERVERSENCE_"));
    builder.environment().putAll(plan.environment());
    String options = System.getProperty("servers.options", "");
    if (!options.isEmpty() && !plan.environment().containsKey("JDK_JAVA_OPTIONS")) {
      builder.environment().merge("JDK_JAVA_OPTIONS", options, (usual, more) -> usual + " " + more);
    }
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.file().toFile()));
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void awaitReady() {
    try {
      Await.until(
          plan.name() + " is ready",
          START,
          () -> {
            if (!running().isAlive()) {
              throw new AssertionError(plan.name() + " has ended");
            }
            return anyone().answers("/health/ready");
          });
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "\n" + log.tail(), e);
    }
  }

  /** The id of the server's Java process. */
  long pid() {
    return java().pid();
  }

  boolean isAlive() {
    return process != null && process.isAlive();
  }

  /** Asks it to stop and waits for its end; returns how long that took. */
  Duration stop() {
    long from = System.nanoTime();
    java().destroy();
    awaitEnd();
    return Duration.ofNanos(System.nanoTime() - from);
  }

  /** Ends it without a chance to say or write anything. */
  void kill() {
    if (isAlive()) {
      java().destroyForcibly();
      awaitEnd();
    }
  }

  /** Stops and starts it. */
  void restart() {
    stop();
    start();
  }

  /** Freezes it: it keeps its connections and does nothing. */
  void suspend() {
    signal("STOP");
  }

  void resume() {
    signal("CONT");
  }

  @Override
  public void close() {
    if (isAlive()) {
      stop();
    }
  }

  private void signal(String name) {
    try {
      Commands.output(
          new ProcessBuilder("kill", "-" + name.toUpperCase(Locale.ROOT), Long.toString(pid())),
          Duration.ofSeconds(10));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitEnd() {
    try {
      if (!running().waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
        java().destroyForcibly();
        throw new AssertionError(plan.name() + " did not stop\n" + log.tail());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private ProcessHandle java() {
    return plan.kind().java(running());
  }

  private Process running() {
    Process started = process;
    if (started == null) {
      throw new IllegalStateException("it was never started");
    }
    return started;
  }
}
