package io.serversence.stream;

import io.serversence.access.Caller;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Something whose newest state is told to whoever reads it, each change once and the same bytes to
 * all. Editions come from one thread at a time; all else is safe for use by many.
 */
public final class Topic {
  /** Readers are at few different versions; whoever is at another one costs an encoding. */
  private static final int MOST_FRAMES = 64;

  private final String epoch = EventId.newEpoch();
  private final Set<Client> readers = ConcurrentHashMap.newKeySet();
  private final Map<Long, Frame> frames =
      new HashMap<>(); // of the newest edition, by what is known
  private volatile @Nullable Edition edition;
  private volatile @Nullable Ending ended;

  /** Tells the readers; nothing is done if it is the edition that they have. */
  public void tell(Edition newest) {
    synchronized (this) {
      if (newest == edition) {
        return;
      }
      frames.clear();
      edition = newest;
    }
    readers.forEach(Client::wake);
  }

  /** The newest edition, or null before the first. */
  public @Nullable Edition edition() {
    return edition;
  }

  /**
   * Ends all readers, those to come too.
   *
   * @param forGood whether they are told not to come back
   */
  public void end(boolean forGood) {
    Ending why = forGood ? Ending.REVOKED : Ending.FAILED;
    ended = why;
    readers.forEach(reader -> reader.end(why));
  }

  public int readers() {
    return readers.size();
  }

  /**
   * A reader's place in it.
   *
   * @param cursor the id of the last event that the reader has, or null
   */
  TopicReading reading(Caller caller, @Nullable String cursor) {
    return new TopicReading(this, caller.name() != null || caller.role() != null, cursor);
  }

  void join(Client reader) {
    readers.add(reader);
    Ending why = ended;
    if (why != null) {
      reader.end(why);
    }
  }

  void leave(Client reader) {
    readers.remove(reader);
  }

  String epoch() {
    return epoch;
  }

  /** The newest edition for who has a version of it, 0 for none. */
  synchronized Frame frame(Edition newest, long known) {
    if (newest != edition) {
      return encoded(newest, known);
    }
    if (frames.size() >= MOST_FRAMES) {
      frames.clear();
    }
    return frames.computeIfAbsent(newest.isNews(known) ? 0 : known, k -> encoded(newest, k));
  }

  private Frame encoded(Edition newest, long known) {
    String id = new EventId(epoch, newest.version()).toString();
    String event = newest.isNews(known) ? "page" : "change";
    return Notice.frame(Wire.SSE, event, id, newest.since(known));
  }
}
