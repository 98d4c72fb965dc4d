package io.serversence.probe;

import io.netty.util.NetUtil;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A DNS server on loopback that knows what a test tells it (RFC 1035). Unknown names: NXDOMAIN. */
final class NameServer implements AutoCloseable {
  private static final int A = 1;

  /** What is known of a name. */
  private record Entry(int code, int ttl, List<String> addresses, boolean silent) {}

  private final DatagramSocket socket;
  private final Map<String, Entry> entries = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();

  NameServer() throws IOException {
    socket = new DatagramSocket(0, NetUtil.LOCALHOST4);
    Thread thread = new Thread(this::serve, "dns");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return socket.getLocalPort();
  }

  void knows(String name, int ttl, String... ipv4) {
    entries.put(name, new Entry(0, ttl, List.of(ipv4), false));
  }

  void fails(String name, int code) {
    entries.put(name, new Entry(code, 0, List.of(), false));
  }

  void isSilentOn(String name) {
    entries.put(name, new Entry(0, 0, List.of(), true));
  }

  /** How often the IPv4 address of a name was asked for. */
  int asked(String name) {
    return asked.computeIfAbsent(name, n -> new AtomicInteger()).get();
  }

  private void serve() {
    byte[] room = new byte[1_500];
    while (!socket.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(room, room.length);
        socket.receive(packet);
        byte[] answer = answer(Arrays.copyOf(room, packet.getLength()));
        if (answer != null) {
          socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
        }
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private byte[] answer(byte[] query) throws IOException {
    int at = 12;
    StringBuilder name = new StringBuilder();
    while (query[at] != 0) {
      name.append(name.length() == 0 ? "" : ".")
          .append(new String(query, at + 1, query[at], StandardCharsets.US_ASCII));
      at += query[at] + 1;
    }
    int type = query[at + 1] << 8 | query[at + 2];
    String key = name.toString().toLowerCase(Locale.ROOT);
    if (type == A) {
      asked.computeIfAbsent(key, n -> new AtomicInteger()).incrementAndGet();
    }
    Entry entry = entries.getOrDefault(key, new Entry(3, 0, List.of(), false));
    if (entry.silent()) {
      return null;
    }
    List<String> addresses = type == A ? entry.addresses() : List.of();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.write(query, 0, 2);
    out.writeShort(0x8180 | entry.code());
    out.writeShort(1);
    out.writeShort(addresses.size());
    out.writeInt(0);
    out.write(query, 12, at + 5 - 12);
    for (String address : addresses) {
      out.writeShort(0xc00c);
      out.writeShort(A);
      out.writeShort(1);
      out.writeInt(entry.ttl());
      byte[] four = NetUtil.createByteArrayFromIpAddressString(address);
      out.writeShort(four.length);
      out.write(four);
    }
    return bytes.toByteArray();
  }

  @Override
  public void close() {
    socket.close();
  }
}
