package io.serversence.probe;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import javax.net.SocketFactory;

/**
 * Blocking sockets for clients that know no others, which ask the egress policy about the address
 * that they connect to, as the dialer does. Closing it closes every socket that it made. Safe for
 * use by many threads.
 */
@SuppressWarnings("AddressSelection") // one address at a time, as the clients of sockets have it
public final class GuardedSockets extends SocketFactory implements AutoCloseable {
  private final EgressPolicy egress;
  private final List<Socket> made = new ArrayList<>(1);
  private boolean closed;

  public GuardedSockets(EgressPolicy egress) {
    this.egress = egress;
  }

  @Override
  public synchronized Socket createSocket() {
    Socket socket = new Guarded();
    made.add(socket);
    return socket;
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return createSocket(InetAddress.getByName(host), port);
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress from, int fromPort)
      throws IOException {
    return createSocket(InetAddress.getByName(host), port, from, fromPort);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    Socket socket = createSocket();
    socket.connect(new InetSocketAddress(host, port));
    return socket;
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort)
      throws IOException {
    Socket socket = createSocket();
    socket.bind(new InetSocketAddress(from, fromPort));
    socket.connect(new InetSocketAddress(host, port));
    return socket;
  }

  /** Ends every connection, and lets none begin. */
  @Override
  public synchronized void close() {
    closed = true;
    for (Socket socket : made) {
      try {
        socket.close();
      } catch (IOException e) {
        // gone already
      }
    }
    made.clear();
  }

  private synchronized boolean closed() {
    return closed;
  }

  private final class Guarded extends Socket {
    @Override
    public void connect(SocketAddress to) throws IOException {
      connect(to, 0);
    }

    @Override
    public void connect(SocketAddress to, int timeout) throws IOException {
      InetSocketAddress address = (InetSocketAddress) to;
      InetAddress ip =
          address.isUnresolved()
              ? InetAddress.getByName(address.getHostString())
              : address.getAddress();
      if (closed()) {
        throw new IOException("no time is left");
      }
      if (!egress.allows(ip)) {
        throw new IOException("the address " + ip.getHostAddress() + " is not allowed");
      }
      super.connect(new InetSocketAddress(ip, address.getPort()), timeout);
    }
  }
}
