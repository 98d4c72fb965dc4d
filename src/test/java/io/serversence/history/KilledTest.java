package io.serversence.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.serversence.database.Backend;
import io.serversence.database.DatabaseSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What H2 has acknowledged survives a kill -9 of the process. */
class KilledTest {
  private static final int ROUNDS = 5;

  @TempDir Path folder;

  /** In milliseconds, as H2 has it where nobody says otherwise. */
  private static final int RETENTION = 45_000;

  @Test
  @Timeout(300)
  void whatever_was_told_as_written_is_there_after_a_kill() throws Exception {
    assertNothingIsLost(20, RETENTION);
  }

  /** As in a file that is older than its retention; some versions of H2 lose commits then. */
  @Test
  @Timeout(300)
  void so_it_is_once_the_space_of_the_file_is_used_again() throws Exception {
    assertNothingIsLost(100, 0);
  }

  private void assertNothingIsLost(int atLeast, int retention) throws Exception {
    int told = -1;
    for (int round = 0; round < ROUNDS; round++) {
      int before = told;
      told = lastToldBeforeTheKill(before + 1, before + atLeast + 17 * round, retention);
      assertThat(told).isGreaterThan(before);
      assertAllThere(told);
    }
  }

  private int lastToldBeforeTheKill(int first, int atLeast, int retention) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", // to start sooner
                "-cp",
                System.getProperty("java.class.path"),
                Committer.class.getName(),
                folder.toString(),
                Integer.toString(first),
                Integer.toString(retention))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    int last = first - 1;
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      String line = lines.readLine();
      while (line != null) {
        assertThat(line).isEqualTo(Integer.toString(last + 1));
        last++;
        if (last == atLeast) {
          process.destroyForcibly(); // SIGKILL; it goes on writing until that arrives
        }
        line = lines.readLine();
      }
    } catch (IOException e) {
      // the pipe broke with its process
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(128 + 9);
    return last;
  }

  private void assertAllThere(int told) throws SQLException {
    DatabaseSettings settings = Backend.h2(folder);
    try (Connection connection = DriverManager.getConnection(settings.url(), "sa", "");
        Statement statement = connection.createStatement()) {
      for (String each : List.of("select n from incident", "select distinct n from sample")) {
        Set<Integer> numbers = new HashSet<>();
        try (ResultSet rows = statement.executeQuery(each)) {
          while (rows.next()) {
            assertThat(numbers.add(rows.getInt(1))).isTrue();
          }
        }
        assertThat(numbers).containsAll(IntStream.rangeClosed(0, told).boxed().toList());
      }
      try (ResultSet halves =
          statement.executeQuery("select n from sample group by n having count(*) <> 2")) {
        assertThat(halves.next()).as("a batch of which a part is there").isFalse();
      }
    }
  }
}
