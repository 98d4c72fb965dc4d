package io.serversence.page;

import io.serversence.database.DatabaseAway;
import io.serversence.history.HistoryPoint;
import io.serversence.history.HistoryStore;
import io.serversence.history.Step;
import io.serversence.monitor.ConfiguredMonitor;
import io.serversence.stream.EventStream;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes badges; their figures are found out once a minute. Safe for use by many threads. */
@ApplicationScoped
public class Badges {
  private static final int MOST = 10_000;

  @Inject EventStream stream;
  @Inject HistoryStore history;

  private final Memo<String, Badge> memo =
      new Memo<>(Duration.ofMinutes(1), MOST, System::nanoTime);

  @SuppressWarnings("NullAway.Init") // CDI sets all
  public Badges() {}

  /** The badge of a monitor, or null if there is no kind of that name. */
  public @Nullable Badge of(ConfiguredMonitor monitor, String kind, Instant now) {
    return switch (kind) {
      case "status" -> state(monitor);
      case "uptime-7d" -> remembered(monitor, kind, () -> uptime(monitor, 7, now));
      case "uptime-30d" -> remembered(monitor, kind, () -> uptime(monitor, 30, now));
      case "latency-24h" -> remembered(monitor, kind, () -> latency(monitor, now));
      default -> null;
    };
  }

  private Badge state(ConfiguredMonitor monitor) {
    PageState state =
        stream
            .find(monitor.id())
            .map(e -> PageState.of(e.state(), "maintenance".equals(e.muted())))
            .orElse(PageState.PENDING);
    return Badge.ofState(monitor.monitor().name(), state);
  }

  private Badge remembered(ConfiguredMonitor monitor, String kind, Supplier<Badge> make) {
    try {
      return memo.get(monitor.n() + "/" + monitor.revision() + "/" + kind, make);
    } catch (TimeoutException e) {
      throw new DatabaseAway("the figures of a badge took too long", e);
    }
  }

  private Badge uptime(ConfiguredMonitor monitor, int days, Instant now) {
    Double share =
        history.availability(monitor, now.minus(Duration.ofDays(days)), now, now).availability();
    return Badge.ofUptime(monitor.monitor().name(), Integer.toString(days), share);
  }

  private Badge latency(ConfiguredMonitor monitor, Instant now) {
    List<HistoryPoint> points =
        history.points(monitor, Step.DAY, List.of(now.minus(Duration.ofDays(1)), now), now);
    return Badge.ofLatency(monitor.monitor().name(), points.get(0).p50());
  }
}
