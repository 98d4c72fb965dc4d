package io.serversence.probe;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/**
 * One open connection, and the last handler of its pipeline. It has one listener at a time; while
 * it has none, nothing may come, and whatever does ends it. Used on its event loop.
 */
final class Connection extends ChannelInboundHandlerAdapter {
  /** Hears what comes. */
  interface Listener {
    /** The first byte since {@link Connection#expect}. */
    void firstByte();

    /** A message as the pipeline made it, which is the listener's to release. */
    void heard(Object message);

    /**
     * Nothing more will come.
     *
     * @param cause what broke the connection, or null if the peer closed it
     */
    void ended(@Nullable Throwable cause);
  }

  final Endpoint endpoint;
  final InetAddress address;

  /** On the monotonic clock, when it is too old to be used again. */
  final long dies;

  /** Since when nobody uses it. */
  long idleSince;

  private final Channel channel;
  private @Nullable X509Certificate certificate;
  private @Nullable Listener listener;
  private @Nullable Throwable trouble;
  private @Nullable Runnable gone;
  private boolean reused;
  private boolean heard;

  Connection(Endpoint endpoint, InetAddress address, Channel channel, long dies) {
    this.endpoint = endpoint;
    this.address = address;
    this.channel = channel;
    this.dies = dies;
  }

  Channel channel() {
    return channel;
  }

  boolean open() {
    return channel.isActive();
  }

  /** True if it has carried another exchange before this one. */
  boolean reused() {
    return reused;
  }

  /** The certificate that the server showed, or null without TLS. */
  @Nullable X509Certificate certificate() {
    return certificate;
  }

  void certificate(@Nullable X509Certificate shown) {
    certificate = shown;
  }

  /** What broke it, if something did. */
  @Nullable Throwable trouble() {
    return trouble;
  }

  /** Whose it is from now on, until {@link #keep} or {@link #close}. */
  void expect(Listener next) {
    listener = next;
    gone = null;
    heard = false;
  }

  /** Nobody's from now on; {@code then} runs if it ends meanwhile. */
  void keep(long now, Runnable then) {
    listener = null;
    gone = then;
    idleSince = now;
    reused = true;
  }

  void send(Object message) {
    var unused = channel.writeAndFlush(message, channel.voidPromise());
  }

  /** Ends it without another word to its listener. */
  void close() {
    listener = null;
    gone = null;
    var unused = channel.close();
  }

  /** Bytes came in, before anything made sense of them. */
  void bytes() {
    if (!heard) {
      heard = true;
      if (listener != null) {
        listener.firstByte();
      }
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    Listener now = listener;
    if (now != null) {
      now.heard(message);
    } else {
      ReferenceCountUtil.release(message);
      var unused = channel.close();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    Listener now = listener;
    Runnable then = gone;
    listener = null;
    gone = null;
    if (now != null) {
      now.ended(trouble);
    }
    if (then != null) {
      then.run();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (trouble == null) {
      trouble = cause;
    }
    var unused = channel.close();
  }
}
