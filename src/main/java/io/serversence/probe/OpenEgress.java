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
   * The IPv4 address inside an IPv4-mapped or -compatible (RFC 4291), NAT64 (RFC 6052) or 6to4 (RFC
   * 3056) address; any other as it is.
   */
  private static InetAddress embedded(InetAddress address) {
    byte[] b = address.getAddress();
    if (b.length != 16) {
      return address;
    }
    boolean zeros = isAll(Arrays.copyOf(b, 10), 0);
    boolean mapped = zeros && b[10] == -1 && b[11] == -1;
    boolean compatible = zeros && b[10] == 0 && b[11] == 0 && (b[12] != 0 || b[13] != 0);
    boolean nat64 =
        b[0] == 0
            && b[1] == 0x64
            && b[2] == -1
            && (b[3] & 0xff) == 0x9b
            && isAll(slice(b, 4, 12), 0);
    if (mapped || compatible || nat64) {
      return of(slice(b, 12, 16));
    }
    return b[0] == 0x20 && b[1] == 0x02 ? of(slice(b, 2, 6)) : address;
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
