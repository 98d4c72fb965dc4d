package io.serversence.alert;

import io.serversence.document.Json;
import io.serversence.history.Fact;
import io.serversence.history.Notification;
import io.serversence.history.NotificationState;
import io.serversence.incident.Ids;
import io.serversence.incident.TimelineEntry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Sends what is owed. A message is claimed, which freezes it durably, sent, and its end recorded; a
 * crash in between repeats it word for word under its key, and loses nothing. One thread decides
 * for all channels and waits for none; each channel has a lane of its own. The public methods may
 * be called by many threads and do not block.
 */
public final class Dispatcher implements Runnable {
  private static final System.Logger LOG = System.getLogger(Dispatcher.class.getName());
  private static final Duration LIFE = Duration.ofHours(24);
  private static final long PAUSE_MS = 50;
  private static final int SETTLE = 30;

  /** How much may wait for the thread; what is more stays in the database until there is room. */
  static final int MOST_HANDED = 50_000;

  /** Makes facts durable, in the order of the calls, and then runs what follows. */
  @FunctionalInterface
  public interface Recording {
    void record(List<Fact> facts, Runnable then);
  }

  private final Supplier<Instant> clock;
  private final Function<String, @Nullable Channel> channels;
  private final Sender sender;
  private final Recording recording;
  private final Supplier<String> link;
  private final Listener listener;
  private final RandomGenerator dice;

  /** What is handed over, at most {@link #MOST_HANDED}, and one end of a claim or try a lane. */
  private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();

  private final AtomicInteger handed = new AtomicInteger();

  /** The smallest id that was not handed over, by channel. */
  private final Map<String, UUID> notHanded = new ConcurrentHashMap<>();

  private final Map<String, Lane> lanes = new LinkedHashMap<>();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong dead = new AtomicLong();
  private final AtomicLong overflowed = new AtomicLong();
  private volatile List<Behind> behind = List.of();
  private volatile int waiting;
  private volatile boolean stopping;

  /** Is told each notification whose state has changed. */
  @FunctionalInterface
  public interface Listener {
    void changed(Notification notification);
  }

  /**
   * A dispatcher that has nothing to send yet.
   *
   * @param channels the channel of a key, or null where there is none
   * @param link the page that messages point to
   */
  public Dispatcher(
      Supplier<Instant> clock,
      Function<String, @Nullable Channel> channels,
      Sender sender,
      Recording recording,
      Supplier<String> link,
      Listener listener,
      RandomGenerator dice) {
    this.clock = clock;
    this.channels = channels;
    this.sender = sender;
    this.recording = recording;
    this.link = link;
    this.listener = listener;
    this.dice = dice;
  }

  /** Takes what is durable and owed; what finds no room is left in the database. */
  public void owe(List<Owed> owed) {
    boolean taken =
        hand(
            owed.size(),
            () -> {
              Instant now = clock.get();
              for (Owed each : owed) {
                count(lane(each.due().channel()).add(each, now));
              }
            });
    if (!taken) {
      owed.forEach(each -> leave(each.due().channel(), each.due().id()));
    }
  }

  /**
   * Takes a message that was claimed before and not sent, or is to be sent again; one that finds no
   * room is left in the database.
   */
  public void resume(Notification message) {
    if (!hand(1, () -> count(lane(message.channel()).add(message)))) {
      leave(message.channel(), message.id());
    }
  }

  /** Notes that the database holds more for a channel, from an id on. */
  public void leave(String channel, UUID id) {
    notHanded.merge(channel, id, (a, b) -> a.compareTo(b) < 0 ? a : b);
    count(false);
  }

  /** The channels that had something left and have room for it now; to be asked for often. */
  public List<Behind> behind() {
    return behind;
  }

  /**
   * Takes what was read of what had been left.
   *
   * @param last the greatest id that was read, or null if none was
   * @param all whether there was no more to read
   */
  public void refill(
      Behind asked, List<Owed> owed, List<Notification> claimed, @Nullable UUID last, boolean all) {
    hand(
        owed.size() + claimed.size(),
        () -> lane(asked.channel()).refill(asked, owed, claimed, last, all, clock.get()));
  }

  /** Has the thread do something with so many, unless too many wait for it. */
  private boolean hand(int many, Runnable what) {
    if (handed.addAndGet(many) > MOST_HANDED) {
      handed.addAndGet(-many);
      return false;
    }
    return tasks.add(
        () -> {
          handed.addAndGet(-many);
          noteWhatWasLeft(); // before, lest this overtakes it
          what.run();
        });
  }

  private void noteWhatWasLeft() {
    for (String channel : List.copyOf(notHanded.keySet())) {
      UUID id = notHanded.remove(channel);
      if (id != null) {
        lane(channel).leave(id);
      }
    }
  }

  private void count(boolean taken) {
    if (!taken) {
      overflowed.incrementAndGet();
    }
  }

  private Lane lane(String channel) {
    return lanes.computeIfAbsent(channel, c -> new Lane());
  }

  /** Sends until {@link #stop}. */
  @Override
  public void run() {
    while (!stopping) {
      try {
        Runnable task = tasks.poll(PAUSE_MS, TimeUnit.MILLISECONDS);
        if (task != null) {
          task.run();
        }
        step();
      } catch (InterruptedException e) {
        stopping = true; // the container wants its thread back
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.ERROR, "dispatching failed; going on", e);
      }
    }
    settle();
  }

  /** Ends it; what is under way has a second to end too, so that it is not sent again. */
  public void stop() {
    stopping = true;
  }

  private void settle() {
    for (int i = 0; i < SETTLE && lanes.values().stream().anyMatch(l -> l.busy != null); i++) {
      try {
        Runnable task = tasks.poll(PAUSE_MS, TimeUnit.MILLISECONDS);
        if (task != null) {
          task.run();
        }
      } catch (InterruptedException e) {
        return; // the container wants its thread back now
      }
    }
  }

  /** Does all that can be done now. For the thread that runs this, or a test in its place. */
  void step() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
    noteWhatWasLeft();
    Instant now = clock.get();
    int all = 0;
    List<Behind> roomy = new ArrayList<>();
    for (Map.Entry<String, Lane> entry : lanes.entrySet()) {
      Lane lane = entry.getValue();
      pump(entry.getKey(), lane, now);
      all += lane.waiting() + lane.messages().size();
      Behind rest = lane.behind(entry.getKey());
      if (rest != null) {
        roomy.add(rest);
      }
    }
    waiting = all;
    behind = List.copyOf(roomy);
    lanes.values().removeIf(lane -> lane.isEmpty() && lane.isForgettable(now));
  }

  private void pump(String key, Lane lane, Instant now) {
    Channel channel = channels.apply(key);
    Notification next = lane.sendable(now);
    if ((channel == null || channel.enabled()) && lane.mayMake(next)) {
      List<Owed> taken = lane.take(now);
      if (!taken.isEmpty()) {
        claim(lane, taken, now);
        return;
      }
    }
    if (next == null) {
      return;
    }
    if (channel == null || !channel.enabled() || expired(next, now)) {
      unsendable(lane, next, channel, now);
    } else {
      lane.busy = next.id();
      send(lane, channel, next);
    }
  }

  private static boolean expired(Notification message, Instant now) {
    return !message.createdAt().plus(LIFE).isAfter(now);
  }

  /** A channel that is gone or switched off will not take it; after a day nobody wants it. */
  private void unsendable(Lane lane, Notification message, @Nullable Channel channel, Instant now) {
    String why =
        channel == null
            ? "the channel is gone"
            : !channel.enabled()
                ? "the channel is switched off"
                : message.error() == null ? "not sent within 24 hours" : message.error();
    if (channel != null && !channel.enabled() && !expired(message, now)) {
      lane.tried(
          message.with(
              message.state(),
              message.attempts(),
              now.plus(Backoff.LONGEST),
              null,
              message.error()),
          true,
          now);
      return;
    }
    end(lane, message.with(NotificationState.DEAD, message.attempts() + 1, null, null, why), now);
  }

  private void claim(Lane lane, List<Owed> taken, Instant now) {
    Claim claim = Claim.of(taken, link.get(), now);
    lane.add(claim.message());
    lane.busy = claim.message().id();
    recording.record(List.of(claim.fact()), () -> tasks.add(() -> lane.busy = null));
  }

  private void send(Lane lane, Channel channel, Notification notification) {
    String body = String.valueOf(notification.body());
    Message message = MessageDocument.read(Json.parseObject(body.getBytes(StandardCharsets.UTF_8)));
    sender
        .send(channel, message)
        .exceptionally(e -> new Delivery(false, null, String.valueOf(e.getMessage()), null))
        .thenAccept(delivery -> tasks.add(() -> delivered(lane, channel, notification, delivery)));
  }

  private void delivered(Lane lane, Channel channel, Notification notification, Delivery delivery) {
    Instant now = clock.get();
    int attempts = notification.attempts() + 1;
    if (delivery.ok()) {
      end(lane, notification.with(NotificationState.SENT, attempts, null, now, null), now);
      return;
    }
    failed.incrementAndGet();
    Instant next = now.plus(Backoff.after(attempts, delivery.retryAfter(), dice));
    Notification again =
        notification.with(NotificationState.FAILED, attempts, next, null, delivery.message());
    lane.answers = delivery.status() != null;
    lane.tried(again, delivery.refusesMessage(), delivery.leftAloneUntil(next, now));
    recording.record(List.of(tried(again, List.of())), () -> listener.changed(again));
    LOG.log(
        System.Logger.Level.WARNING,
        "message {0} to {1} failed ({2}); next try at {3}",
        notification.id(),
        channel.id(),
        delivery.message(),
        next);
  }

  private void end(Lane lane, Notification ended, Instant now) {
    (ended.state() == NotificationState.SENT ? sent : dead).incrementAndGet();
    lane.tried(ended, true, now);
    String text =
        ended.event()
            + " "
            + (ended.state() == NotificationState.SENT ? "sent to " : "not sent to ")
            + ended.channel()
            + (ended.error() == null ? "" : ": " + ended.error());
    List<TimelineEntry> entries = new ArrayList<>();
    for (UUID incident : ended.incidents()) {
      entries.add(new TimelineEntry(Ids.at(now), incident, now, "notified", null, text));
    }
    recording.record(List.of(tried(ended, entries)), () -> listener.changed(ended));
  }

  private static Fact tried(Notification n, List<TimelineEntry> entries) {
    return new Fact.MessageTried(
        n.id(), n.state(), n.attempts(), n.nextAttemptAt(), n.sentAt(), n.error(), entries);
  }

  /** Messages that channels have taken. */
  public long sent() {
    return sent.get();
  }

  /** Tries that failed. */
  public long failed() {
    return failed.get();
  }

  /** Messages given up. */
  public long dead() {
    return dead.get();
  }

  /** What was left in the database, for a time, because there was no room for it. */
  public long overflowed() {
    return overflowed.get();
  }

  /** Messages, and what is to become some, that wait. */
  public int waiting() {
    return waiting;
  }
}
