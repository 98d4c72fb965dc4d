package io.serversence.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.serversence.database.Backend;
import io.serversence.database.DatabaseSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * A million samples as lines, by a server that could not hold them: give it little with {@code
 * -Dservers.options=-Xmx256m}. Run by the {@code bench} profile.
 */
class ExportBench {
  private static final int ROWS = 1_000_000;

  @Test
  void a_million_rows_go_out_line_by_line() throws IOException, InterruptedException, SQLException {
    ServerPlan plan = ServerPlan.named("bench-export");
    try (TargetFarm farm = new TargetFarm();
        Server server = Writing.prepared(plan, farm, 1)) {
      server.start();
      Duration unused = server.stop();
      past(Backend.h2(plan.folder().resolve("data")));
      server.start();
      for (String type : new String[] {"application/x-ndjson", "text/csv"}) {
        long begun = System.nanoTime();
        var answer =
            HttpClient.newHttpClient()
                .send(
                    server
                        .admin()
                        .request("/api/monitors/t-0/samples?from=2020-01-01T00:00:00Z")
                        .header("Accept", type)
                        .timeout(Duration.ofMinutes(9))
                        .build(),
                    BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        long lines;
        try (BufferedReader reader =
            new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
          lines = reader.lines().count();
        }
        Bench.say(
            "%d rows of %s in %.1f s, RSS %d MiB",
            lines,
            type,
            (System.nanoTime() - begun) / 1e9,
            ProcessCost.of(server.pid()).rssKib() / 1024);
        assertThat(lines).isGreaterThanOrEqualTo(ROWS);
      }
      assertThat(server.log().lines()).noneMatch(line -> line.contains("OutOfMemory"));
    }
  }

  private static void past(DatabaseSettings settings) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(settings.url(), settings.user(), settings.password());
        Statement statement = connection.createStatement()) {
      for (int from = 0; from < ROWS; from += 100_000) {
        statement.execute(
            "insert into sample (n, at, outcome, latency, resolve_time, connect_time, tls_time,"
                + " processing_time, transfer_time, detail, reach) select m.n, current_timestamp -"
                + " interval '12' day + x * interval '1' second, 0, 900 + mod(x, 500), 0, 100, 0,"
                + " 700 + mod(x, 500), 100, '{\"c\":[{\"c\":\"[STATUS] < 400\"}]}', 2000000 from"
                + " monitor m, system_range("
                + from
                + ", "
                + (from + 99_999)
                + ")");
      }
    }
  }
}
