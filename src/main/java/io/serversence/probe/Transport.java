package io.serversence.probe;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;

/** The sockets of the machine: Linux's epoll where there is one, Java's own elsewhere. */
enum Transport {
  EPOLL {
    @Override
    IoHandlerFactory handlers() {
      return EpollIoHandler.newFactory();
    }

    @Override
    SocketChannel open() {
      return new EpollSocketChannel();
    }

    @Override
    Class<? extends SocketChannel> stream() {
      return EpollSocketChannel.class;
    }

    @Override
    Class<? extends DatagramChannel> datagram() {
      return EpollDatagramChannel.class;
    }
  },
  NIO {
    @Override
    IoHandlerFactory handlers() {
      return NioIoHandler.newFactory();
    }

    @Override
    SocketChannel open() {
      return new NioSocketChannel();
    }

    @Override
    Class<? extends SocketChannel> stream() {
      return NioSocketChannel.class;
    }

    @Override
    Class<? extends DatagramChannel> datagram() {
      return NioDatagramChannel.class;
    }
  };

  static Transport best() {
    return Epoll.isAvailable() ? EPOLL : NIO;
  }

  abstract IoHandlerFactory handlers();

  /** A socket that is not connected yet. Throws ChannelException where there is none left. */
  abstract SocketChannel open();

  abstract Class<? extends SocketChannel> stream();

  abstract Class<? extends DatagramChannel> datagram();
}
