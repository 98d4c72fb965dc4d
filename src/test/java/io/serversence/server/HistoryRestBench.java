package io.serversence.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.serversence.database.Backend;
import io.serversence.database.Database;
import io.serversence.database.DatabaseSettings;
import io.serversence.history.Folding;
import io.serversence.history.Retention;
import io.serversence.history.RetentionTimes;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * What the questions about history cost over REST, with a thousand monitors that have 90 days of a
 * sample a minute each. Run by the {@code bench} profile; prints what it measured.
 */
class HistoryRestBench {
  private static final int MONITORS = 1_000;
  private static final int WEEKS = 13;
  private static final int A_WEEK = 7 * 24 * 60;

  @Test
  void history_over_rest_on_postgresql() throws Exception {
    try (PostgreSqlServer postgres = new PostgreSqlServer("bench-rest-postgres")) {
      ServerPlan plan = postgres.under(ServerPlan.named("bench-rest-pg"));
      asked(
          Backend.POSTGRESQL_HIBERNATE,
          plan,
          new DatabaseSettings(plan.environment().get("SERVERSENCE_DB_URL"), "postgres", "", null));
    }
  }

  @Test
  void history_over_rest_on_h2() throws Exception {
    ServerPlan plan = ServerPlan.named("bench-rest-h2");
    asked(Backend.H2_HIBERNATE, plan, Backend.h2(plan.folder().resolve("data")));
  }

  private static void asked(Backend backend, ServerPlan plan, DatabaseSettings settings)
      throws Exception {
    try (TargetFarm farm = new TargetFarm();
        Server server = Writing.prepared(plan, farm, MONITORS, "60s")) {
      server.start();
      Duration unused = server.stop();
      try (Database database = backend.create(settings)) {
        database.open(Backend.threads());
        filled(database, backend == Backend.POSTGRESQL_HIBERNATE);
      }
      server.start();
      Await.until("all are probed", Duration.ofMinutes(3), () -> farm.askedAtLeast(1) == MONITORS);
      Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
      String quarter = "?from=" + now.minus(Duration.ofDays(90)) + "&to=" + now;
      String month = "?from=" + now.minus(Duration.ofDays(30)) + "&to=" + now;
      measured(backend, server, "/api/monitors/t-%d/history" + quarter + "&step=1d");
      measured(
          backend, server, "/api/monitors/t-%d/history" + quarter + "&step=1d&tz=Europe/Berlin");
      measured(backend, server, "/api/monitors/t-%d/latencies" + quarter + "&step=1d");
      measured(backend, server, "/api/monitors/t-%d/availability" + quarter);
      measured(backend, server, "/api/reports/availability" + month);
      measured(backend, server, "/api/reports/availability/groups" + month);
      measured(backend, server, "/api/status");
    }
  }

  /** Ninety days of the first monitor are folded, and copied to all others. */
  private static void filled(Database database, boolean postgresql) {
    Instant end = Instant.now().truncatedTo(ChronoUnit.DAYS);
    Instant start = end.minus(Duration.ofDays(7L * WEEKS));
    run(database, "delete from sample");
    Folding folding = new Folding(database, System::nanoTime);
    Retention retention = new Retention(database, RetentionTimes.DEFAULT);
    String first = "(select n from monitor where id = 't-0')";
    for (int week = 0; week < WEEKS; week++) {
      Instant begin = start.plus(Duration.ofDays(7L * week));
      retention.round(begin);
      String sql =
          "insert into sample select "
              + first
              + ", timestamp with time zone '"
              + begin
              + "' + (cast(i as bigint) * 60000000) * interval '0.000001' second, case when rand() <"
              + " 0.999 then 0 else 2 end, l, 1000, 2000, 3000, l - 7000, 1000, '{\"c\":[{\"c\":"
              + "\"[STATUS] < 400\"}]}', 70000000 from (select i, cast(20000 * exp(0.3 * (rand() +"
              + " rand() + rand())) as bigint) as l from "
              + (postgresql
                  ? "generate_series(0, " + (A_WEEK - 1) + ") i"
                  : "(select x as i from system_range(0, " + (A_WEEK - 1) + ")) as g")
              + ") as s";
      run(database, postgresql ? sql.replace("rand()", "random()") : sql);
      for (int round = 0; round < 200; round++) {
        folding.round(begin.plus(Duration.ofDays(7).plusMinutes(round)));
      }
    }
    assertThat(folding.folded()).isEqualTo((long) WEEKS * A_WEEK - 1);
    run(
        database,
        "insert into rollup select m.n, r.step, r.start_hour, r.content, r.observed from rollup r,"
            + " monitor m where r.step = 3 and m.id <> 't-0' and r.n = "
            + first);
    run(
        database,
        "insert into rollup select m.n, r.step, r.start_hour, r.content, r.observed from rollup r,"
            + " monitor m where r.step = 2 and m.id like 't-_' and m.id <> 't-0' and r.n = "
            + first);
  }

  private static void run(Database database, String sql) {
    Integer unused = database.write(em -> em.createNativeQuery(sql).executeUpdate());
  }

  /** The middle of the times of many requests, of another monitor each, once the code is warm. */
  private static void measured(Backend backend, Server server, String path) throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    double[] times = new double[51];
    int size = 0;
    int number = 0;
    for (long end = System.nanoTime() + 3_000_000_000L; System.nanoTime() - end < 0; number++) {
      size = asked(client, server, String.format(Locale.ROOT, path, number % 10));
    }
    for (int i = 0; i < times.length; i++, number++) {
      long begun = System.nanoTime();
      size = asked(client, server, String.format(Locale.ROOT, path, number % 10));
      times[i] = (System.nanoTime() - begun) / 1e6;
    }
    Arrays.sort(times);
    Bench.say(
        "%s %s: %.1f ms (p90 %.1f), %.1f KiB compressed",
        backend,
        path.replaceAll("\\?from=[^&]*&to=[^&]*&?", "?").replace("t-%d", "{id}"),
        times[25],
        times[45],
        size / 1024.0);
  }

  private static int asked(HttpClient client, Server server, String path) throws Exception {
    HttpRequest request =
        server.admin().request(path).header("Accept-Encoding", "gzip").GET().build();
    HttpResponse<byte[]> answer = client.send(request, BodyHandlers.ofByteArray());
    assertThat(answer.statusCode()).as(path).isEqualTo(200);
    return answer.body().length;
  }
}
