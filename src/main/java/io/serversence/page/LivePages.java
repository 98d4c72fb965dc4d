package io.serversence.page;

import io.serversence.database.DatabaseAway;
import io.serversence.database.Kept;
import io.serversence.document.Refused;
import io.serversence.mute.Muting;
import io.serversence.stream.Change;
import io.serversence.stream.LiveStream;
import io.serversence.stream.Topic;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps those status pages up to date that somebody reads live, by one thread for all of them: a
 * page is put together once for each change, at most four times a second, whoever reads it. Safe
 * for use by many threads; {@link #run} is for one.
 */
@ApplicationScoped
public class LivePages implements Runnable {
  private static final System.Logger LOG = System.getLogger(LivePages.class.getName());
  private static final long LOOK_EVERY = Duration.ofSeconds(1).toNanos();

  /** Who is cut off and comes back within this finds the page as it left it, and is told little. */
  private static final long LINGER = Duration.ofMinutes(1).toNanos();

  @Inject StatusPages pages;
  @Inject StatusViews views;
  @Inject Muting muting;
  @Inject LiveStream stream;

  @Resource(lookup = "java:comp/DefaultManagedExecutorService")
  ExecutorService threads;

  private final Map<String, LivePage> live = new ConcurrentHashMap<>();
  private final Semaphore bell = new Semaphore(0);
  private volatile boolean stopped;

  @SuppressWarnings("NullAway.Init") // CDI and the container set all
  public LivePages() {}

  @PostConstruct
  void follow() {
    stream.follow(this::changed);
  }

  /** What is told of a page, which is kept up to date from now on. */
  public Topic topic(Kept<StatusPage> kept, PageForm form, PageLanguage language) {
    LivePage page = live.computeIfAbsent(kept.id(), id -> new LivePage(kept, System.nanoTime()));
    Topic topic = page.topic(form, language);
    bell.release();
    return topic;
  }

  private void changed(List<Change> changes) {
    boolean any = false;
    for (LivePage page : live.values()) {
      any |= page.changed(changes);
    }
    if (any) {
      bell.release();
    }
  }

  /** Looks after the pages until {@link #stop}. */
  @Override
  public void run() {
    while (!stopped) {
      long wait = round(System.nanoTime());
      try {
        if (bell.tryAcquire(wait, TimeUnit.NANOSECONDS)) {
          bell.drainPermits();
        }
      } catch (InterruptedException e) {
        stopped = true; // the container wants its thread back
      }
    }
    live.clear(); // those who read are said goodbye by the stream
  }

  /** Ends {@link #run}. */
  public void stop() {
    stopped = true;
    bell.release();
  }

  /** Does what is due, and answers for how many nanoseconds there is nothing else. */
  private long round(long now) {
    long wait = LOOK_EVERY;
    for (Map.Entry<String, LivePage> entry : List.copyOf(live.entrySet())) {
      LivePage page = entry.getValue();
      try {
        if (look(entry.getKey(), page, now)) {
          wait = Math.min(wait, page.due(now));
        } else {
          live.remove(entry.getKey(), page);
        }
      } catch (RuntimeException e) {
        if (!(e instanceof Refused)) { // as it is while another node is the active one
          LOG.log(Level.WARNING, "cannot keep the status page " + entry.getKey() + " live", e);
        }
        live.remove(entry.getKey(), page);
        page.end(false); // who reads must not take what was told for what is
      }
    }
    return live.isEmpty() ? Long.MAX_VALUE : Math.max(1, wait);
  }

  /** False if the page is live no longer. */
  private boolean look(String id, LivePage page, long now) {
    Kept<StatusPage> current = pages.pages().find(id).orElse(null);
    if (!page.configured(current, windows())) {
      page.end(true);
      return false;
    }
    if (page.unreadFor(now) > LINGER) {
      page.end(false); // in case somebody came at this very moment
      return false;
    }
    if (page.wantsRecord(now)) {
      record(page);
    }
    if (page.due(now) <= 0) {
      page.refresh(views, Instant.now(), now);
    }
    return true;
  }

  private int windows() {
    return muting.windows().all().stream()
        .mapToInt(window -> window.id().hashCode() * 31 + Long.hashCode(window.revision()))
        .sum();
  }

  private void record(LivePage page) {
    try {
      threads.execute(
          () -> {
            page.recorded(recorded(page.kept()));
            bell.release();
          });
    } catch (RejectedExecutionException e) {
      page.recorded(null); // too much to do; in a minute
    }
  }

  private StatusViews.@Nullable Recorded recorded(Kept<StatusPage> kept) {
    try {
      return views.recorded(kept, Instant.now());
    } catch (Refused | DatabaseAway e) {
      return null; // told by who looks next
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "cannot read the past of the status page " + kept.id(), e);
      return null;
    }
  }
}
