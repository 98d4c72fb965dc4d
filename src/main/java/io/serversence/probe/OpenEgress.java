package io.serversence.probe;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** The open policy. An IPv6 address that stands for an IPv4 one is judged as that. Immutable. */
final class OpenEgress implements EgressPolicy {
  /** Metadata services outside 169.254/16: AWS, Google, Alibaba, Azure, Oracle. */
  private static final List<InetAddress> METADATA =
      List.of(
          literal("fd00:ec2::254"),
          literal("fd20:ce::254"),
          literal("100.100.100.200"),
          literal("168.63.129.16"),
          literal("192.0.0.192"));

  @Override
  public boolean allows(InetAddress address) {
    InetAddress real = embedded(address);
    byte[] bytes = real.getAddress();
    boolean broadcast = bytes.length == 4 && (bytes[0] == 0 || isAll(bytes, 255));
    return !(real.isLinkLocalAddress()
        || real.isMulticastAddress()
        || real.isAnyLocalAddress()
        || broadcast
        || METADATA.contains(real));
  }

  /**
   * The IPv4 address that a packet to this one ends at: inside an IPv4-mapped or -compatible (RFC
   * 4291), -translated (RFC 2765), NAT64 (RFC 6052, RFC 8215), 6to4 (RFC 3056), Teredo (RFC 4380)
   * or ISATAP (RFC 5214) address. Any other address as it is.
   */
  static InetAddress embedded(InetAddress address) {
    byte[] b = address.getAddress();
    if (b.length != 16) {
      return address;
    }
    if (startsWith(b, 0x20, 0x02)) {
      return of(slice(b, 2, 6));
    }
    if (startsWith(b, 0x20, 0x01, 0, 0)) {
      byte[] client = slice(b, 12, 16);
      for (int i = 0; i < client.length; i++) {
        client[i] ^= (byte) 0xff;
      }
      return of(client);
    }
    return endsInIpv4(b) ? of(slice(b, 12, 16)) : address;
  }

  private static boolean endsInIpv4(byte[] b) {
    boolean mapped = startsWith(b, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff);
    boolean translated = startsWith(b, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0);
    boolean compatible = isAll(Arrays.copyOf(b, 12), 0) && (b[12] != 0 || b[13] != 0);
    boolean nat64 =
        startsWith(b, 0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0)
            || startsWith(b, 0, 0x64, 0xff, 0x9b, 0, 1);
    boolean isatap = (b[8] & 0xfd) == 0 && b[9] == 0 && b[10] == 0x5e && (b[11] & 0xff) == 0xfe;
    return mapped || translated || compatible || nat64 || isatap;
  }

  private static boolean startsWith(byte[] bytes, int... prefix) {
    for (int i = 0; i < prefix.length; i++) {
      if ((bytes[i] & 0xff) != prefix[i]) {
        return false;
      }
    }
    return true;
  }

  private static byte[] slice(byte[] bytes, int from, int to) {
    return Arrays.copyOfRange(bytes, from, to);
  }

  private static boolean isAll(byte[] bytes, int value) {
    for (byte b : bytes) {
      if (b != (byte) value) {
        return false;
      }
    }
    return true;
  }

  private static InetAddress literal(String text) {
    return of(Objects.requireNonNull(NetUtil.createByteArrayFromIpAddressString(text)));
  }

  private static InetAddress of(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
