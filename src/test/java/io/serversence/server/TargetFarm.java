package io.serversence.server;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Many small web servers in one: any path answers 200 at once, or 503 while it is told to fail.
 * Notes when each path was asked. Safe for use by many threads.
 */
final class TargetFarm implements AutoCloseable {
  private static final ByteBuf OK =
      Unpooled.unreleasableBuffer(Unpooled.copiedBuffer("{\"ok\":true}", StandardCharsets.UTF_8));

  private final MultiThreadIoEventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Map<String, Asked> asked = new ConcurrentHashMap<>();
  private final Set<String> failing = ConcurrentHashMap.newKeySet();
  private final Set<String> flapping = ConcurrentHashMap.newKeySet();
  private final int port;

  /** When a path was asked; written by the loop's thread. */
  private static final class Asked {
    private long last;
    private final AtomicLong count = new AtomicLong();
    private volatile long firstFailure;
    private final Distribution jitter = new Distribution();
  }

  TargetFarm() {
    this(Ports.free());
  }

  TargetFarm(int port) {
    this.port = port;
    new ServerBootstrap()
        .group(loops)
        .channel(NioServerSocketChannel.class)
        .option(ChannelOption.SO_BACKLOG, 10_000)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childHandler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel channel) {
                channel.pipeline().addLast(new HttpServerCodec(), new Answering());
              }
            })
        .bind("127.0.0.1", port)
        .syncUninterruptibly();
  }

  String url(String path) {
    return "http://127.0.0.1:" + port + path;
  }

  /** From now on the path answers 503. */
  void fail(String path) {
    asked(path).firstFailure = 0;
    failing.add(path);
  }

  void mend(String path) {
    failing.remove(path);
    flapping.remove(path);
  }

  /** From now on the path answers 503 and 200 by turns. */
  void flap(String path) {
    flapping.add(path);
  }

  /** When the path answered its first 503 since it was told to, by System.nanoTime; 0 for never. */
  long firstFailure(String path) {
    return asked(path).firstFailure;
  }

  /** How many paths were asked at least so many times. */
  long askedAtLeast(long times) {
    return asked.values().stream().filter(a -> a.count.get() >= times).count();
  }

  long requests() {
    return asked.values().stream().mapToLong(a -> a.count.get()).sum();
  }

  /** Forgets all counts. */
  void reset() {
    asked.clear();
  }

  /** How far the gaps between requests to one path were from the interval, in nanoseconds. */
  Distribution jitter() {
    Distribution all = new Distribution();
    asked.values().forEach(a -> all.add(a.jitter));
    return all;
  }

  private Asked asked(String path) {
    return asked.computeIfAbsent(path, p -> new Asked());
  }

  @Override
  public void close() {
    loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private final class Answering extends SimpleChannelInboundHandler<HttpObject> {
    private HttpRequest request;

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
      if (part instanceof HttpRequest begun) {
        request = begun;
      }
      if (!(part instanceof LastHttpContent)) {
        return;
      }
      String path = request.uri();
      long now = System.nanoTime();
      Asked a = asked(path);
      if (a.last != 0) {
        a.jitter.add(Math.abs(now - a.last - 1_000_000_000L));
      }
      a.last = now;
      a.count.incrementAndGet();
      boolean fails = failing.contains(path) || (flapping.contains(path) && a.count.get() % 2 == 1);
      if (fails && a.firstFailure == 0) {
        a.firstFailure = now;
      }
      FullHttpResponse response =
          new DefaultFullHttpResponse(
              HttpVersion.HTTP_1_1,
              fails ? HttpResponseStatus.SERVICE_UNAVAILABLE : HttpResponseStatus.OK,
              OK.duplicate());
      response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, OK.readableBytes());
      response.headers().set(HttpHeaderNames.CONTENT_TYPE, "application/json");
      var written = context.writeAndFlush(response);
      if (!HttpUtil.isKeepAlive(request)) {
        var unused = written.addListener(ChannelFutureListener.CLOSE);
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      var unused = context.close(); // a client that went away is no news to a target
    }
  }
}
