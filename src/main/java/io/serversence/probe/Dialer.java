package io.serversence.probe;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Opens connections, every one that leaves ServerSence: resolve, ask the egress policy about the
 * address, connect, TLS. Used on one event loop.
 */
final class Dialer {
  /** Long enough for any status line; a longer one is no HTTP. */
  private static final int STATUS_LINE = 8 * 1024;

  private final EventLoop loop;
  private final Transport transport;
  private final Resolver resolver;
  private final Tls tls;
  private final ProberSettings settings;
  private final Counters counters;
  private final HttpDecoderConfig http;

  Dialer(
      EventLoop loop,
      Transport transport,
      Resolver resolver,
      Tls tls,
      ProberSettings settings,
      Counters counters) {
    this.loop = loop;
    this.transport = transport;
    this.resolver = resolver;
    this.tls = tls;
    this.settings = settings;
    this.counters = counters;
    this.http =
        new HttpDecoderConfig()
            .setMaxInitialLineLength(Math.min(STATUS_LINE, settings.headerCap()))
            .setMaxHeaderSize(settings.headerCap())
            .setValidateHeaders(false); // what a target sends is looked at, not passed on
  }

  /**
   * Begins to open a connection.
   *
   * @param deadline on the monotonic clock; the caller ends the attempt then, here it only decides
   *     how long one of several addresses may take
   */
  Dial dial(Endpoint endpoint, long deadline, Dial.Caller caller) {
    return dial(endpoint, deadline, caller, false);
  }

  /**
   * The same.
   *
   * @param exempt whether the egress policy is not asked, since the administrator has named the
   *     endpoint
   */
  Dial dial(Endpoint endpoint, long deadline, Dial.Caller caller, boolean exempt) {
    Dial dial = new Dial(this, endpoint, deadline, caller, exempt);
    dial.begin();
    return dial;
  }

  EventLoop loop() {
    return loop;
  }

  Resolver resolver() {
    return resolver;
  }

  boolean allows(InetAddress address) {
    boolean allowed = settings.egress().allows(address);
    if (!allowed) {
      counters.refused.increment();
    }
    return allowed;
  }

  /** A connection to be, with its pipeline; throws ChannelException if the machine has none. */
  Connection open(Endpoint endpoint, InetAddress address) {
    Channel channel = transport.open();
    try {
      channel.config().setOption(ChannelOption.TCP_NODELAY, true);
      channel.config().setOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0);
      var unused = loop.register(channel);
      Connection connection =
          new Connection(endpoint, address, channel, System.nanoTime() + life());
      if (endpoint.tls() != Tls.Mode.NONE) {
        SslHandler handler =
            tls.handler(endpoint.tls(), channel.alloc(), endpoint.serverName(), endpoint.port());
        channel.pipeline().addLast("tls", handler);
      }
      channel.pipeline().addLast(new FirstByte(connection));
      if (endpoint.http()) {
        channel.pipeline().addLast(new HttpClientCodec(http, false, false));
      }
      channel.pipeline().addLast(connection);
      counters.opened.increment();
      counters.open.increment();
      channel.closeFuture().addListener(closed -> counters.open.decrement());
      return connection;
    } catch (RuntimeException e) {
      channel.unsafe().closeForcibly();
      throw e;
    }
  }

  /** Between three and four quarters, so that those opened together do not end together. */
  private long life() {
    long whole = settings.connectionLife().toNanos();
    return whole - (long) (whole / 4.0 * ThreadLocalRandom.current().nextDouble());
  }
}
