package io.serversence.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.serversence.alert.MailServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * The scripts that give a server a PostgreSQL pool and a mail session, and ServerSence on those.
 */
class ManagedResourcesIT {
  private static final JsonObject CHANNEL =
      Json.createObjectBuilder()
          .add("id", "post")
          .add("name", "Post")
          .add("type", "email")
          .add("to", Json.createArrayBuilder().add("ops@shop.example"))
          .build();

  @Test
  void it_lives_on_a_pool_and_a_mail_session_of_the_server() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
        MailServer mail = new MailServer();
        Server server = onResourcesOf(postgres, mail)) {
      server.start();
      assertMailGoesBy(mail, server);
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

  private static void assertMailGoesBy(MailServer mail, Server server) {
    Answer channel = server.admin().post("/api/channels", CHANNEL);
    assertThat(channel.status()).as(channel.body()).isEqualTo(201);

    JsonObject tried = server.admin().bare("POST", "/api/channels/post/test").json();

    assertThat(tried.getBoolean("ok")).as("%s", tried).isTrue();
    assertThat(mail.mails())
        .singleElement()
        .satisfies(
            taken -> {
              assertThat(taken.from()).isEqualTo("serversence@shop.example");
              assertThat(taken.to()).containsExactly("ops@shop.example");
            });
  }

  private static Server onResourcesOf(EmbeddedPostgres postgres, MailServer mail)
      throws IOException {
    ServerPlan plan = ServerPlan.named("resources");
    plan =
        plan.with("SERVERSENCE_DB_JNDI", plan.kind().poolName())
            .with("SERVERSENCE_DB_URL", postgres.getJdbcUrl("postgres", "postgres"))
            .with("SERVERSENCE_DB_USER", "postgres")
            .with("SERVERSENCE_DB_PASSWORD", "a password")
            .with("SERVERSENCE_MAIL_HOST", "127.0.0.1")
            .with("SERVERSENCE_MAIL_PORT", Integer.toString(mail.port()))
            .with("SERVERSENCE_MAIL_USER", "serversence")
            .with("SERVERSENCE_MAIL_FROM", "serversence@shop.example");
    Server server = plan.prepared();
    plan.kind().addPool(plan.folder(), driver());
    plan.kind().addMailSession(plan.folder());
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
