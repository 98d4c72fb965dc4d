package io.serversence.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.json.Json;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The scripts that give a server a PostgreSQL pool, and ServerSence on that pool. */
class ManagedPoolIT {
  @Test
  void it_lives_on_a_pool_of_the_server_and_outlives_the_death_of_its_connections()
      throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
        Server server = onPoolOf(postgres)) {
      server.start();
      Answer created =
          server
              .admin()
              .post(
                  "/api/monitors",
                  Json.createObjectBuilder()
                      .add("id", "pooled")
                      .add("name", "Pooled")
                      .add(
                          "target",
                          Json.createObjectBuilder()
                              .add("type", "tcp")
                              .add("host", "127.0.0.1")
                              .add("port", server.port()))
                      .build());
      assertThat(created.status()).as(created.body()).isEqualTo(201);
      assertThat(number(postgres, "select count(*) from monitor where id = 'pooled'")).isOne();

      assertThat(
              number(
                  postgres,
                  "select count(pg_terminate_backend(pid)) from pg_stat_activity"
                      + " where application_name = 'serversence'"))
          .isPositive();

      Await.until(
          "history can be read again",
          Duration.ofSeconds(10),
          () -> server.admin().answers("/api/monitors/pooled/samples"));
    }
  }

  private static Server onPoolOf(EmbeddedPostgres postgres) throws IOException {
    ServerPlan plan = ServerPlan.named("pool");
    plan =
        plan.with("SERVERSENCE_DB_JNDI", plan.kind().poolName())
            .with("SERVERSENCE_DB_URL", postgres.getJdbcUrl("postgres", "postgres"))
            .with("SERVERSENCE_DB_USER", "postgres")
            .with("SERVERSENCE_DB_PASSWORD", "a password");
    Server server = plan.prepared();
    plan.kind().addPool(plan.folder(), driver());
    return server;
  }

  private static Path driver() {
    try {
      return Path.of(
          org.postgresql.Driver.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long number(EmbeddedPostgres postgres, String query) throws SQLException {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
