package io.serversence.alert;

import io.serversence.history.Notification;
import io.serversence.history.NotificationState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * All that one channel is owed, within its bounds: what waits in groups, and the messages made of
 * it, which are sent one at a time. An incident's changes are sent in their order; a message that
 * the channel refuses, or answers with a fault, holds up only those about the same incidents. While
 * the channel cannot be reached no new message is made, so that few are waiting when it can. No
 * clock, no I/O. Not safe for use by several threads.
 */
final class Lane {
  /** How much may wait; what is more stays in the database until there is room. */
  static final int CAPACITY = 20_000;

  private static final Duration GAP = Duration.ofMillis(400);

  private final Map<String, Group> groups = new LinkedHashMap<>();
  private final List<Notification> messages = new ArrayList<>();
  private final Storm storm = new Storm();
  private Instant notBefore = Instant.EPOCH;
  private Instant gapUntil = Instant.EPOCH;
  private int waiting;
  private long left;

  /** Tried in vain; beyond this no new message is made while the channel answers with faults. */
  private static final int MOST_FAULTY = 10;

  /** The message that is being claimed or sent. */
  @Nullable UUID busy;

  /** Whether the channel answered the last try that failed, so that another may succeed. */
  boolean answers;

  /** What was left in the database, or null if nothing was. */
  private @Nullable Rest rest;

  /**
   * Takes what is owed, or leaves it in the database: where there is no room, and while something
   * older was left, because an end must not overtake its beginning.
   *
   * @return false if it was left
   */
  boolean add(Owed owed, Instant now) {
    UUID id = owed.due().id();
    if (waiting >= CAPACITY || (rest != null && rest.covers(id))) {
      leave(id);
      return false;
    }
    accept(owed, now);
    return true;
  }

  private void accept(Owed owed, Instant now) {
    waiting++;
    storm.change(now);
    groups.computeIfAbsent(owed.due().group(), g -> new Group()).add(owed, now);
  }

  /**
   * Takes a message that was claimed before, or leaves it in the database.
   *
   * @return false if it was left
   */
  boolean add(Notification message) {
    if (position(message.id()) >= 0) {
      return true;
    }
    if (messages.size() >= CAPACITY) {
      leave(message.id());
      return false;
    }
    messages.add(message);
    return true;
  }

  /** Notes that something was left in the database. */
  void leave(UUID id) {
    Rest known = rest;
    if (known == null || id.compareTo(known.from()) < 0) {
      Rest wider = new Rest(id);
      groups.values().forEach(g -> g.waiting().forEach(owed -> wider.except(owed.due().id())));
      messages.forEach(m -> m.due().forEach(due -> wider.except(due.id())));
      rest = wider;
    }
    left++;
  }

  /** What was left and may be read back, or null: nothing was, or there is still no room. */
  @Nullable Behind behind(String channel) {
    boolean room = waiting + messages.size() < CAPACITY / 2;
    return rest == null || !room ? null : new Behind(channel, rest.from(), left);
  }

  /**
   * Takes what was read back of what had been left.
   *
   * @param asked what was asked for
   * @param last the greatest id that was read, or null if none was
   * @param all whether there was no more to read
   */
  void refill(
      Behind asked,
      List<Owed> owed,
      List<Notification> claimed,
      @Nullable UUID last,
      boolean all,
      Instant now) {
    Rest known = rest;
    if (known == null || !known.from().equals(asked.from())) {
      return; // older things were left meanwhile; they are asked for next
    }
    claimed.stream()
        .filter(m -> known.covers(m.id()) && position(m.id()) < 0)
        .forEach(messages::add);
    owed.stream().filter(o -> known.covers(o.due().id())).forEach(o -> accept(o, now));
    if (all && left == asked.left()) {
      rest = null;
    } else if (last != null) {
      rest = known.after(last);
    }
  }

  int waiting() {
    return waiting;
  }

  List<Notification> messages() {
    return messages;
  }

  boolean isEmpty() {
    return waiting == 0 && messages.isEmpty() && rest == null;
  }

  /** The message to try now, or null. */
  @Nullable Notification sendable(Instant now) {
    if (busy != null || notBefore.isAfter(now)) {
      return null;
    }
    Set<UUID> earlier = new HashSet<>();
    Notification found = null;
    for (Notification message : messages) {
      Instant next = message.nextAttemptAt();
      if ((next == null || !next.isAfter(now))
          && message.incidents().stream().noneMatch(earlier::contains)
          && (found == null || message.attempts() < found.attempts())) {
        found = message;
        if (!answers || found.attempts() == 0) {
          return found;
        }
      }
      earlier.addAll(message.incidents());
    }
    return found;
  }

  /**
   * Whether a new message may be made.
   *
   * @param next what could be sent instead, or null
   */
  boolean mayMake(@Nullable Notification next) {
    return answers
        ? (next == null || next.attempts() > 0)
            && messages.stream().filter(m -> m.attempts() > 0).count() < MOST_FAULTY
        : next == null;
  }

  /**
   * What is to become the next message: of one kind, the worst first; empty if nothing is due.
   * Nothing is taken while the channel cannot be reached, a message is under way, or one just was.
   */
  List<Owed> take(Instant now) {
    if (busy != null || notBefore.isAfter(now)) {
      return List.of();
    }
    if (storm.blows() && waiting == 0 && storm.isSpent(now)) {
      storm.taken(false, now);
    }
    if (waiting > 2 * Storm.MANY) { // the channel is back after a time
      storm.begin(now);
    }
    if (storm.blows()) {
      return storm.isDue(now) ? takeInStorm(now) : List.of();
    }
    if (gapUntil.isAfter(now)) {
      return List.of();
    }
    for (Group group : groups.values()) {
      if (group.isDue(now)) {
        return one(List.of(group), now);
      }
    }
    groups.values().removeIf(group -> group.isOver(now));
    return List.of();
  }

  private List<Owed> takeInStorm(Instant now) {
    List<Owed> taken = one(List.copyOf(groups.values()), now);
    if (taken.isEmpty() || waiting == 0) {
      storm.taken(!taken.isEmpty(), now); // other kinds that wait follow at once
    }
    return taken;
  }

  /** Takes the kind that has waited longest, but of each incident only what comes first. */
  private List<Owed> one(List<Group> from, Instant now) {
    List<Owed> all = new ArrayList<>();
    from.forEach(group -> all.addAll(group.waiting()));
    if (all.isEmpty()) {
      return all;
    }
    all.sort(Comparator.comparing(owed -> owed.due().id()));
    String event = all.get(0).due().event();
    Set<UUID> seen = new HashSet<>();
    List<Owed> taken = new ArrayList<>();
    for (Owed owed : all) {
      if (seen.add(owed.due().incident()) && owed.due().event().equals(event)) {
        taken.add(owed);
      }
    }
    Set<Owed> gone = new HashSet<>(taken);
    for (Group group : from) {
      group.waiting().removeIf(gone::contains);
      if (group.waiting().isEmpty()) {
        group.taken(now);
      }
    }
    waiting -= taken.size();
    gapUntil = now.plus(GAP);
    taken.sort(
        Comparator.comparing((Owed owed) -> owed.incident().severity())
            .reversed()
            .thenComparing(owed -> owed.incident().startedAt()));
    return taken;
  }

  /** Notes that a message is through, or is tried again no sooner than it says. */
  void tried(Notification message, boolean reached, Instant next) {
    busy = null;
    int at = position(message.id());
    if (at < 0) {
      return;
    }
    boolean over =
        message.state() == NotificationState.SENT || message.state() == NotificationState.DEAD;
    if (over) {
      messages.remove(at);
      answers &= message.state() != NotificationState.SENT;
    } else {
      messages.set(at, message);
    }
    if (!reached) {
      notBefore = next;
    }
  }

  private int position(UUID id) {
    for (int i = 0; i < messages.size(); i++) {
      if (messages.get(i).id().equals(id)) {
        return i;
      }
    }
    return -1;
  }

  /** True if nothing of it need be remembered. */
  boolean isForgettable(Instant now) {
    return busy == null
        && !storm.blows()
        && !notBefore.isAfter(now)
        && groups.values().stream().allMatch(group -> group.isOver(now));
  }
}
