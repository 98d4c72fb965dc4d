package io.serversence.probe;

import io.netty.channel.EventLoop;
import io.netty.channel.SingleThreadIoEventLoop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * One event loop with all that belongs to it: its probes, its dialer, the connections it keeps.
 * What is not said to be safe is used on the loop alone.
 */
final class Lane {
  /** How long the lack of a name is remembered. */
  private static final int NEGATIVE_SECONDS = 1;

  /**
   * How many probes begin before the loop looks at what has come back. A rush of them would connect
   * anew, each of them, while those before them are answered already and could lend a connection.
   */
  private static final int ROUND = 32;

  private static final long HEARTBEAT = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long PUNCTUAL = TimeUnit.MILLISECONDS.toNanos(5);

  private final EventLoop loop;
  private final Dialer dialer;
  private final Resolver resolver;
  private final KeptConnections kept;
  private final ProberSettings settings;
  private final Counters counters;
  private final Queue<Probe> waiting = new ArrayDeque<>(); // no more than the callers have running
  private final Set<Probe> running = new HashSet<>();
  private final Set<Post> posts = new HashSet<>();
  private int begun; // in this round
  private long stalled;
  private boolean closed;

  Lane(
      ThreadFactory threads, ProberSettings settings, Tls tls, NameFiles files, Counters counters) {
    Transport transport = Transport.best();
    this.settings = settings;
    this.counters = counters;
    this.loop = new SingleThreadIoEventLoop(null, threads, transport.handlers());
    NameCache names =
        new NameCache(
            settings.cachedNames(),
            (int) settings.nameLife().toSeconds(),
            NEGATIVE_SECONDS,
            counters.names);
    this.resolver = new Resolver(loop, transport, files, names);
    this.dialer = new Dialer(loop, transport, resolver, tls, settings, counters);
    int loops = settings.eventLoops();
    this.kept =
        new KeptConnections(settings, counters, (settings.idleConnections() + loops - 1) / loops);
  }

  /** Starts the thread. */
  void start() {
    listen();
    var unused =
        loop.scheduleAtFixedRate(() -> kept.sweep(System.nanoTime()), 1, 1, TimeUnit.SECONDS);
  }

  /** Measures how late the loop comes to what is due. */
  private void listen() {
    long due = System.nanoTime() + HEARTBEAT;
    Runnable beat =
        () -> {
          stalled += Math.max(0, System.nanoTime() - due - PUNCTUAL);
          listen();
        };
    try {
      var unused = loop.schedule(beat, HEARTBEAT, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      // closed
    }
  }

  /**
   * For how long, since the start, the loop did not come to its work, in nanoseconds: what did not
   * happen meanwhile says nothing of a target.
   */
  long stalled() {
    return stalled;
  }

  /** Safe for use by many threads. */
  EventLoop loop() {
    return loop;
  }

  Dialer dialer() {
    return dialer;
  }

  KeptConnections kept() {
    return kept;
  }

  ProberSettings settings() {
    return settings;
  }

  Counters counters() {
    return counters;
  }

  /** Begins a probe in its turn, or ends it if the lane is closed. */
  void begin(Probe probe) {
    if (closed) {
      probe.abandon();
      return;
    }
    running.add(probe);
    counters.running.increment();
    if (begun < ROUND) {
      beginNow(probe);
    } else {
      waiting.add(probe);
    }
  }

  private void beginNow(Probe probe) {
    if (begun++ == 0) {
      var unused = loop.schedule(this::nextRound, 0, TimeUnit.NANOSECONDS); // after the answers
    }
    probe.begin();
  }

  private void nextRound() {
    begun = 0;
    Probe next = waiting.poll();
    while (next != null) {
      beginNow(next);
      next = begun < ROUND ? waiting.poll() : null;
    }
  }

  void ended(Probe probe) {
    if (running.remove(probe)) {
      counters.running.decrement();
    }
  }

  /** Begins to send a message, or ends that if the lane is closed. */
  void begin(Post post) {
    if (closed) {
      post.abandon();
      return;
    }
    posts.add(post);
    post.begin();
  }

  void ended(Post post) {
    posts.remove(post);
  }

  /** Ends every probe and every connection. */
  void close() {
    closed = true;
    waiting.clear();
    new ArrayList<>(posts).forEach(Post::abandon);
    new ArrayList<>(running).forEach(Probe::abandon);
    kept.closeAll();
    resolver.close();
  }
}
