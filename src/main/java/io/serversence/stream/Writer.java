package io.serversence.stream;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One thread that writes to its share of the clients. New events, answered writes, slow clients and
 * resumed ones are all the same to it: whoever is not busy gets what comes next.
 */
final class Writer implements Runnable {
  private static final Logger LOG = System.getLogger(Writer.class.getName());
  private static final long TEND_EVERY = TimeUnit.MILLISECONDS.toNanos(500);

  /** Rights that have gone end a stream within 5 s; this leaves some for a busy machine. */
  private static final long CHECK_EVERY = TimeUnit.SECONDS.toNanos(2);

  /** A client that swallows everything must let others in between. */
  private static final int WRITES_IN_A_ROW = 16;

  private static final int CLIENTS_IN_A_ROW = 128;

  /** For so long a walk serves those who may not read before those who do get something again. */
  private static final long LONGEST_FOR_OTHERS = TimeUnit.MILLISECONDS.toNanos(50);

  /** The same as a multiple of what those who read take, so that walks do not get much longer. */
  private static final int SHARE_OF_OTHERS = 4;

  /** On Payara each send looks up the context class loader's services; an empty one has none. */
  private static final ClassLoader EMPTY = new ClassLoader(null) {};

  private final Room room;
  private final Runnable bell;
  private final @Nullable ClassLoader application;
  private final Queue<Client> ready = new ConcurrentLinkedQueue<>(); // each client at most once
  private final List<Client> clients = new ArrayList<>();
  private final WalkPace pace;
  private volatile boolean rung;
  private volatile boolean parked;
  private volatile @Nullable Thread thread;
  private volatile long stopFrom;
  private volatile long spread;
  private volatile long stopAt;
  private volatile boolean stopping;
  private volatile long walked;
  private long looked;
  private long nextWalk;
  private long readersTook;
  private volatile long nextTend;
  private long nextCheck;

  /**
   * A writer.
   *
   * @param bell rings all writers
   */
  Writer(Room room, Runnable bell) {
    this.room = room;
    this.bell = bell;
    this.application = Thread.currentThread().getContextClassLoader();
    long now = room.nanos.getAsLong();
    this.pace = new WalkPace(now);
    this.nextWalk = now;
    this.nextTend = now + TEND_EVERY;
    this.nextCheck = now + CHECK_EVERY;
  }

  /** The events up to here have been offered to all clients; what comes after will be. */
  long walked() {
    return walked;
  }

  boolean isCurrentThread() {
    return Thread.currentThread() == thread;
  }

  /** Wants a client to be looked after, a new one among them. */
  void ready(Client client) {
    ready.add(client);
    ring();
  }

  void ring() {
    rung = true;
    Thread mine = thread;
    if (parked && mine != null) {
      LockSupport.unpark(mine);
    }
  }

  /**
   * Says bye to all and ends.
   *
   * @param over nanoseconds over which the byes are spread
   * @param within nanoseconds until whoever is left is cut off
   */
  void stop(long over, long within) {
    stopFrom = room.nanos.getAsLong();
    spread = over;
    stopAt = stopFrom + within;
    stopping = true;
    nextTend = stopFrom;
    ring();
  }

  @Override
  public void run() {
    thread = Thread.currentThread();
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    Thread.currentThread().setContextClassLoader(EMPTY);
    try {
      while (!isDone()) {
        rung = false;
        long wait = turn();
        if (Thread.interrupted() && !stopping) {
          stop(0, 0); // the container wants its thread back
        }
        parked = true;
        if (wait > 0 && !rung) {
          LockSupport.parkNanos(this, wait);
        }
        parked = false;
      }
    } finally {
      Thread.currentThread().setContextClassLoader(before);
      thread = null;
    }
  }

  private boolean isDone() {
    return stopping && clients.isEmpty() && ready.isEmpty();
  }

  /** Does what there is to do now, and answers for how long there is nothing else, if not rung. */
  long turn() {
    long now = room.nanos.getAsLong();
    serveReady(now);
    boolean news = room.log.tick();
    news |= room.presence.tick();
    if (news) {
      bell.run();
    }
    if (behind() && now - nextWalk >= 0) {
      walk(now);
    }
    if (now - nextTend >= 0) {
      tend(now);
    }
    now = room.nanos.getAsLong();
    long wait = Math.min(nextTend - now, room.log.untilTick());
    wait = Math.min(wait, room.presence.untilTick());
    if (behind()) {
      wait = Math.min(wait, nextWalk - now);
    }
    return ready.isEmpty() ? wait : 0;
  }

  private boolean behind() {
    return walked < room.log.head() || looked < room.presence.version();
  }

  private void walk(long start) {
    walked = room.log.head();
    looked = room.presence.version();
    pace.begins(start, walked);
    readersTook /= 2; // a pause of the machine is forgotten
    long now = start;
    long others = 0;
    for (int i = clients.size() - 1; i >= 0; i--) {
      boolean reads = true;
      if (i < clients.size()) { // serving may remove clients
        Client client = clients.get(i);
        reads = client.hasRead();
        serve(client, now);
      }
      if (i % CLIENTS_IN_A_ROW == 0) {
        serveReady(now);
      }
      long before = now;
      now = room.nanos.getAsLong();
      others += reads ? 0 : now - before;
      if (others >= Math.max(LONGEST_FOR_OTHERS, readersTook * SHARE_OF_OTHERS)) {
        others = 0;
        now = serveReaders(now);
      }
    }
    nextWalk = pace.next(start, now, behind());
  }

  /**
   * Serves those who are known to read, lest they wait in a long walk for what sockets swallow of
   * others, and answers when it is done.
   */
  private long serveReaders(long start) {
    List<Client> readers = clients.stream().filter(Client::hasRead).toList();
    readers.forEach(client -> serve(client, start));
    long end = room.nanos.getAsLong();
    readersTook = end - start;
    return end;
  }

  private void serveReady(long now) {
    // no more than there are now, because serving may add the same client again
    for (int left = ready.size(); left > 0; left--) {
      Client client = ready.poll();
      if (client == null) {
        return;
      }
      client.unqueue();
      if (client.index() < 0 && !client.isGone()) {
        client.index(clients.size());
        clients.add(client);
      }
      serve(client, now);
    }
  }

  private void serve(Client client, long now) {
    try {
      for (int i = 0; i < WRITES_IN_A_ROW; i++) {
        if (client.isBusy() && !client.isGone()) {
          return;
        }
        Frame frame = client.isGone() ? null : client.next(now);
        if (client.isGone()) {
          remove(client);
          return;
        }
        if (frame == null) {
          return;
        }
        client.write(frame, now);
      }
      client.wake();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "cannot serve a client of the stream: it is dropped", e);
      client.leave(Ending.FAILED);
      remove(client);
    }
  }

  private void remove(Client client) {
    int place = client.index();
    if (place >= 0) {
      Client last = clients.remove(clients.size() - 1);
      if (last != client) {
        clients.set(place, last);
        last.index(place);
      }
      client.index(-1);
    }
    client.forget();
  }

  private void tend(long now) {
    boolean checks = now - nextCheck >= 0;
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    if (checks) {
      nextCheck = now + CHECK_EVERY;
      // asking the gate may need the application's classes
      Thread.currentThread().setContextClassLoader(application);
    }
    try {
      for (int i = clients.size() - 1; i >= 0; i--) {
        if (i < clients.size()) {
          tend(clients.get(i), now, checks);
        }
      }
    } finally {
      if (checks) {
        Thread.currentThread().setContextClassLoader(before);
      }
    }
    nextTend = now + (stopping ? TEND_EVERY / 10 : TEND_EVERY);
  }

  private void tend(Client client, long now, boolean checks) {
    try {
      if (stopping) {
        sayBye(client, now);
      }
      if (client.tend(now, checks) || client.isGone()) {
        serve(client, now);
      }
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "cannot look after a client of the stream: it is dropped", e);
      client.leave(Ending.FAILED);
      remove(client);
    }
  }

  /** Each at its own moment, so that not all come back at once. */
  private void sayBye(Client client, long now) {
    long share = spread * (System.identityHashCode(client) % 1_000) / 1_000;
    if (now - stopAt >= 0) {
      client.leave(Ending.SHUTDOWN);
    } else if (now - stopFrom >= share) {
      client.conclude(Ending.SHUTDOWN);
    }
  }

  /** The clients of this writer, for its own thread. */
  List<Client> clients() {
    return clients;
  }
}
