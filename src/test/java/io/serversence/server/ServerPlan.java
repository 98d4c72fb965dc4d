package io.serversence.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A server that is to be started.
 *
 * @param name of its folder, under the build's
 * @param environment what its process gets besides the environment of this one
 */
record ServerPlan(ServerKind kind, String name, Map<String, String> environment) {
  /** The administrator's password, if a plan does not change it. */
  static final String PASSWORD = "a password for tests";

  ServerPlan {
    environment = Map.copyOf(environment);
  }

  /** A server of this run's kind, with its own empty data folder and no reader without a name. */
  static ServerPlan named(String name) {
    return new ServerPlan(
            ServerKind.ofThisRun(), name, Map.of("SERVERSENCE_ADMIN_PASSWORD", PASSWORD))
        .with("SERVERSENCE_DATA", folder(name).resolve("data").toString());
  }

  /** The same with one more variable of the environment, such as SERVERSENCE_ANONYMOUS. */
  ServerPlan with(String variable, String value) {
    Map<String, String> more = new LinkedHashMap<>(environment);
    more.put(variable, value);
    return new ServerPlan(kind, name, more);
  }

  Path folder() {
    return folder(name);
  }

  private static Path folder(String name) {
    return Path.of(ServerKind.given("servers"), ServerKind.given("server"), name).toAbsolutePath();
  }

  /** Makes the folder afresh; nothing of an earlier run is left. */
  Server prepared() {
    try {
      Folders.delete(folder());
      Files.createDirectories(folder());
      kind.prepare(folder(), Path.of(ServerKind.given("war")));
      return new Server(this, Ports.free());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Prepares a server, starts it and waits until it is ready. */
  Server started() {
    Server server = prepared();
    server.start();
    return server;
  }
}
