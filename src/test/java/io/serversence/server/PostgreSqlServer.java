package io.serversence.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL that can be stopped and started again on the same port with the same data. Used
 * by one thread.
 */
final class PostgreSqlServer implements AutoCloseable {
  private final int port = Ports.free();
  private final Path data;
  private @Nullable EmbeddedPostgres running;

  /** Starts one whose data is in the folder of the run's servers. */
  PostgreSqlServer(String name) {
    data = Path.of(ServerKind.given("servers"), ServerKind.given("server"), name).toAbsolutePath();
    try {
      Folders.delete(data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start();
  }

  /** A plan whose server keeps its data here. */
  ServerPlan under(ServerPlan plan) {
    return plan.with("SERVERSENCE_DB_URL", "jdbc:postgresql://127.0.0.1:" + port + "/postgres")
        .with("SERVERSENCE_DB_USER", "postgres");
  }

  void start() {
    try {
      running =
          EmbeddedPostgres.builder()
              .setPort(port)
              .setDataDirectory(data)
              .setCleanDataDirectory(false)
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Stops it, whoever is connected. */
  void stop() {
    EmbeddedPostgres stopping = running;
    running = null;
    if (stopping != null) {
      try {
        stopping.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void close() {
    stop();
  }
}
