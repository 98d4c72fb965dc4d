package io.serversence.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What callers see while the database is away, and that it comes back by itself. */
class DatabaseAwayTest {
  private static final Duration SECONDS = Duration.ofSeconds(8);

  @TempDir Path folder;

  private static Object ask(Database database) {
    return database.read(
        em -> em.createNativeQuery("select count(*) from lease").getSingleResult());
  }

  private static void assertAway(Database database) {
    long start = System.nanoTime();
    assertThatThrownBy(() -> ask(database)).isInstanceOf(DatabaseAway.class);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SECONDS);
  }

  /** Asks without a pause, as a busy program does, until there is an answer. */
  private static void assertComesBack(Database database) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (true) {
      try {
        ask(database);
        return;
      } catch (DatabaseAway e) {
        assertThat(System.nanoTime()).as("still %s", e.getMessage()).isLessThan(end);
        Thread.sleep(20);
      }
    }
  }

  private EmbeddedPostgres start(int port) throws IOException {
    return EmbeddedPostgres.builder()
        .setPort(port)
        .setDataDirectory(folder.resolve("pg"))
        .setCleanDataDirectory(false)
        .start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"POSTGRESQL_ECLIPSELINK", "POSTGRESQL_HIBERNATE"})
  void postgresql_is_away_while_it_is_stopped_and_back_once_it_is_started(Backend backend)
      throws Exception {
    int port = freePort();
    EmbeddedPostgres server = start(port);
    Database database =
        backend.create(
            new DatabaseSettings(server.getJdbcUrl("postgres", "postgres"), "postgres", "", null));
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      database.open(Backend.threads());
      fill(database, threads);
      server.close();
      assertAway(database);
      assertAway(database);
      server = start(port);
      assertComesBack(database);
      fill(database, threads); // not one dead connection is left in the pool
    } finally {
      threads.shutdownNow();
      database.close();
      server.close();
    }
  }

  /** Uses every connection of the pool at once. */
  private static void fill(Database database, ExecutorService threads) throws Exception {
    List<Future<Object>> answers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      answers.add(threads.submit(() -> ask(database)));
    }
    for (Future<Object> answer : answers) {
      assertThat(answer.get(30, TimeUnit.SECONDS)).isNotNull();
    }
  }

  @Test
  void postgresql_that_is_not_there_at_the_start_can_be_opened_later() throws Exception {
    int port = freePort();
    Database database =
        Backend.POSTGRESQL_ECLIPSELINK.create(
            new DatabaseSettings(
                "jdbc:postgresql://localhost:" + port + "/postgres", "postgres", "", null));
    assertThatThrownBy(() -> database.open(Backend.threads())).isInstanceOf(DatabaseAway.class);
    EmbeddedPostgres server = start(port);
    try {
      database.open(Backend.threads());
      assertThat(ask(database)).isNotNull();
    } finally {
      database.close();
      server.close();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"H2_ECLIPSELINK", "H2_HIBERNATE"})
  void h2_that_has_closed_itself_is_opened_again(Backend backend) throws Exception {
    Database database = backend.create(Backend.h2(folder));
    try {
      database.open(Backend.threads());
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(
                () ->
                    database.write(
                        em -> em.createNativeQuery("shutdown immediately").executeUpdate()))
            .isInstanceOf(DatabaseAway.class);
        assertComesBack(database);
      }
    } finally {
      database.close();
    }
  }
}
