package io.serversence.probe;

import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to open a connection. The addresses of a name are tried in turn, each for its share
 * of the time that is left. Tells its caller the result once, never while it begins, and nothing
 * once it is cancelled. Used on one event loop.
 */
final class Dial {
  /** Who wants the connection. */
  interface Caller {
    /** It has come to resolving, connecting or securing. */
    void reached(Stage stage);

    /** An address is being tried. */
    void tried(InetAddress address);

    /** The server showed a certificate that was refused; {@link #failed} follows. */
    void shown(X509Certificate refused);

    /** The connection is the caller's now. */
    void connected(Connection connection);

    void failed(Failure failure);
  }

  private static final long LEAST_SHARE = TimeUnit.MILLISECONDS.toNanos(100);

  private final Dialer dialer;
  private final Endpoint endpoint;
  private final long deadline;
  private final Caller caller;
  private final boolean exempt;
  private final Queue<InetAddress> addresses = new ArrayDeque<>(4);
  private @Nullable Connection trying;
  private @Nullable Future<?> share;
  private @Nullable Failure worst;
  private boolean over;

  Dial(Dialer dialer, Endpoint endpoint, long deadline, Caller caller, boolean exempt) {
    this.dialer = dialer;
    this.endpoint = endpoint;
    this.deadline = deadline;
    this.caller = caller;
    this.exempt = exempt;
  }

  void begin() {
    caller.reached(Stage.RESOLVING);
    dialer
        .loop()
        .execute(
            () -> {
              if (!over) {
                guarded(this::resolve, Stage.RESOLVING);
              }
            });
  }

  /** Ends the attempt; the caller hears nothing more. */
  void cancel() {
    over = true;
    stopTrying();
  }

  private void resolve() {
    dialer
        .resolver()
        .resolve(
            endpoint.host(),
            new Resolver.Answer() {
              @Override
              public void found(List<InetAddress> found) {
                if (!over) {
                  addresses.addAll(found);
                  guarded(Dial.this::connect, Stage.CONNECTING);
                }
              }

              @Override
              public void notFound(Failure failure) {
                if (!over) {
                  fail(failure);
                }
              }
            });
  }

  /** Tries the next address that is allowed. */
  private void connect() {
    InetAddress address = addresses.poll();
    while (address != null && !exempt && !dialer.allows(address)) {
      note(Failure.of("the address " + NetUtil.toAddressString(address) + " is not allowed"));
      address = addresses.poll();
    }
    if (address == null) {
      fail(worst == null ? Failure.of("the name has no address") : worst);
      return;
    }
    caller.reached(Stage.CONNECTING);
    caller.tried(address);
    Connection connection = dialer.open(endpoint, address);
    trying = connection;
    if (!addresses.isEmpty()) {
      long left = deadline - System.nanoTime();
      long part = Math.max(LEAST_SHARE, left / (addresses.size() + 1));
      share = dialer.loop().schedule(() -> tooSlow(connection), part, TimeUnit.NANOSECONDS);
    }
    ChannelFuture connecting =
        connection.channel().connect(new InetSocketAddress(address, endpoint.port()));
    connecting.addListener(done -> guarded(() -> connected(connection, done), Stage.CONNECTING));
  }

  private void tooSlow(Connection connection) {
    if (!over && trying == connection) {
      next(Failure.of("the target's machine does not answer (while connecting)"));
    }
  }

  private void connected(Connection connection, Future<?> done) {
    if (over || trying != connection) {
      connection.close();
    } else if (!done.isSuccess()) {
      next(Words.of(done.cause(), Stage.CONNECTING));
    } else {
      cancelShare();
      SslHandler tls = connection.channel().pipeline().get(SslHandler.class);
      if (tls == null) {
        succeed(connection);
      } else {
        caller.reached(Stage.SECURING);
        tls.handshakeFuture()
            .addListener(shaken -> guarded(() -> secured(connection, tls, shaken), Stage.SECURING));
      }
    }
  }

  private void secured(Connection connection, SslHandler tls, Future<?> shaken) {
    if (over || trying != connection) {
      connection.close();
    } else if (shaken.isSuccess()) {
      connection.certificate(Tls.certificate(tls));
      succeed(connection);
    } else {
      X509Certificate refused = Tls.refused(shaken.cause());
      if (refused != null) {
        caller.shown(refused);
      }
      Throwable trouble = connection.trouble();
      boolean broken = trouble != null && TlsWords.of(shaken.cause(), Stage.SECURING) == null;
      fail(Words.of(broken ? trouble : shaken.cause(), Stage.SECURING));
    }
  }

  private void next(Failure failure) {
    note(failure);
    stopTrying();
    connect();
  }

  /** Of several failures the first that is the target's says most. */
  private void note(Failure failure) {
    if (worst == null || (worst.ours() && !failure.ours())) {
      worst = failure;
    }
  }

  private void succeed(Connection connection) {
    over = true;
    trying = null;
    caller.connected(connection);
  }

  private void fail(Failure failure) {
    over = true;
    stopTrying();
    caller.failed(failure);
  }

  private void stopTrying() {
    cancelShare();
    if (trying != null) {
      trying.close();
      trying = null;
    }
  }

  private void cancelShare() {
    if (share != null) {
      share.cancel(false);
      share = null;
    }
  }

  /** An error on the way is an answer too. */
  private void guarded(Runnable step, Stage stage) {
    try {
      step.run();
    } catch (ChannelException | OutOfMemoryError e) {
      if (!over) {
        fail(Words.of(e, stage));
      }
    } catch (RuntimeException | Error e) {
      if (!over) {
        fail(Failure.ours("ServerSence could not run this probe"));
      }
      Defect.report("dialling " + endpoint.host() + " broke", e);
    }
  }
}
