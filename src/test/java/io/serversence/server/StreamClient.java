package io.serversence.server;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A reader of the event stream that reads, stalls and breaks when the test says so, and checks all
 * that it gets. It reads on a thread of its own; its methods are for the test's.
 */
abstract class StreamClient implements AutoCloseable {
  /** Long enough for a machine that does other things too. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  /**
   * How a connection ended.
   *
   * @param code WebSocket's close code, 0 for an event stream that ended as it should, 1006 for a
   *     connection that broke
   */
  record End(int code, String reason) {
    static final int BROKEN = 1006;
  }

  private final StreamRequest request;
  private final StreamChecker checker;
  private final StreamConnection connection;
  private final List<StreamEvent> events = new ArrayList<>();
  private int mark;
  private boolean stalls;
  private boolean leaving;
  private @Nullable End end;
  private @Nullable Throwable fault;
  private @Nullable String cursor;

  StreamClient(StreamTransport transport, StreamRequest request, StreamChecker checker)
      throws IOException {
    this.request = request;
    this.checker = checker;
    this.cursor = request.lastEventId();
    this.connection = new StreamConnection(request.server(), request.receiveBuffer());
    checker.connected(transport, request);
  }

  /** Starts to read, and waits until the stream has begun. */
  void begin() throws IOException {
    startReading();
    hello();
  }

  /** Starts to read, whatever comes. */
  void startReading() throws IOException {
    connection.patience(0);
    Thread reader = new Thread(this::run, "stream-client");
    reader.setDaemon(true);
    reader.start();
  }

  private void run() {
    try {
      ended(read());
    } catch (IOException e) {
      ended(new End(End.BROKEN, String.valueOf(e.getMessage())));
    } catch (RuntimeException | AssertionError e) {
      synchronized (this) {
        fault = e;
        notifyAll();
      }
    }
  }

  /** Reads to the end, passing on each event. */
  abstract End read() throws IOException;

  /** What the server says of this stream: fresh, ok or reset. */
  abstract String resumed();

  /** The filter as the server understood it. */
  abstract JsonObject filter();

  /** The first event. */
  StreamEvent hello() {
    return await("hello", () -> events.isEmpty() ? null : events.get(0));
  }

  StreamConnection connection() {
    return connection;
  }

  StreamRequest request() {
    return request;
  }

  StreamChecker checker() {
    return checker;
  }

  /** An event has been read. Waits here while the client stalls. */
  synchronized void arrived(StreamEvent event) {
    if (leaving) {
      return;
    }
    checker.arrived(event);
    events.add(event);
    if (event.id() != null) {
      cursor = event.id();
    }
    notifyAll();
    while (stalls) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** Tells the checker of something, unless the client is leaving. */
  synchronized void begun(Runnable told) {
    if (!leaving) {
      told.run();
    }
  }

  private synchronized void ended(End how) {
    end = how;
    notifyAll();
  }

  /** The id to come back with. */
  synchronized @Nullable String cursor() {
    return cursor;
  }

  /** All events so far. */
  synchronized List<StreamEvent> events() {
    check();
    return List.copyOf(events);
  }

  /** The names of all events so far. */
  List<String> names() {
    return events().stream().map(StreamEvent::name).toList();
  }

  /** Waits for the next event of a name; what comes before it is passed over. */
  StreamEvent next(String name) {
    return next(name, event -> event.is(name));
  }

  /** Waits for the next event that fits; what comes before it is passed over. */
  StreamEvent next(String what, Predicate<StreamEvent> fits) {
    return next(what, PATIENCE, fits);
  }

  /** The same with more or less patience. */
  StreamEvent next(String what, Duration patience, Predicate<StreamEvent> fits) {
    return await(
        what,
        patience,
        () -> {
          while (mark < events.size()) {
            StreamEvent event = events.get(mark++);
            if (fits.test(event)) {
              return event;
            }
          }
          return null;
        });
  }

  /** Waits until the server has ended the connection. */
  End end() {
    return await("the end", () -> end);
  }

  synchronized boolean hasEnded() {
    check();
    return end != null;
  }

  /**
   * Waits for something.
   *
   * @param source asked under this client's lock
   */
  <T> T await(String what, Supplier<@Nullable T> source) {
    return await(what, PATIENCE, source);
  }

  private synchronized <T> T await(String what, Duration patience, Supplier<@Nullable T> source) {
    long until = System.nanoTime() + patience.toNanos();
    while (true) {
      check();
      T found = source.get();
      if (found != null) {
        return found;
      }
      long left = (until - System.nanoTime()) / 1_000_000;
      if (left <= 0 || end != null) {
        throw new AssertionError("there was no " + what + "; end: " + end + "; events: " + tail());
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted", e);
      }
    }
  }

  private String tail() {
    String all = events.subList(Math.max(0, events.size() - 10), events.size()).toString();
    return all.length() > 3_000 ? all.substring(0, 3_000) : all;
  }

  private void check() {
    if (fault != null) {
      throw new AssertionError(fault.getMessage(), fault);
    }
  }

  /** Reads nothing more for now. */
  synchronized void stall() {
    stalls = true;
  }

  synchronized void readAgain() {
    stalls = false;
    notifyAll();
  }

  /** Breaks the connection by a TCP reset. What arrives in this moment is lost on the way. */
  void reset() throws IOException {
    synchronized (this) {
      check();
      leaving = true;
    }
    connection.reset();
    readAgain();
  }

  /** Closes the socket, and says so if there was a fault. */
  @Override
  public void close() throws IOException {
    quietly();
    synchronized (this) {
      check();
    }
  }

  void quietly() throws IOException {
    synchronized (this) {
      leaving = true;
    }
    connection.close();
    readAgain();
  }
}
