package io.serversence.probe;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Tells a connection that bytes came in, before the codec waits for enough of them. */
final class FirstByte extends ChannelInboundHandlerAdapter {
  private final Connection connection;

  FirstByte(Connection connection) {
    this.connection = connection;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    connection.bytes();
    context.fireChannelRead(message);
  }
}
