package io.serversence.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A block of IP addresses as CIDR writes it (RFC 4632, RFC 4291), such as {@code 10.0.0.0/8} or
 * {@code fd00::/8}; a single address is a block too. An IPv4 address that is mapped into IPv6 is
 * the IPv4 address. Never asks a name server. Immutable.
 */
public final class Network {
  private static final Pattern IPV4 =
      Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}");
  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:][0-9a-fA-F:.]*");
  private static final Pattern BITS = Pattern.compile("0|[1-9][0-9]{0,2}");

  private final byte[] address;
  private final int bits;

  private Network(byte[] address, int bits) {
    this.address = address;
    this.bits = bits;
  }

  /**
   * Reads a block or an address.
   *
   * @throws IllegalArgumentException if it is neither, or has bits beyond its length
   */
  public static Network parse(String text) {
    int slash = text.indexOf('/');
    InetAddress first = address(slash < 0 ? text : text.substring(0, slash));
    if (first == null) {
      throw new IllegalArgumentException("must be an address or a block such as 10.0.0.0/8");
    }
    byte[] bytes = first.getAddress();
    int most = bytes.length * 8;
    String length = slash < 0 ? Integer.toString(most) : text.substring(slash + 1);
    if (!BITS.matcher(length).matches() || Integer.parseInt(length) > most) {
      throw new IllegalArgumentException("must have a length from 0 to " + most);
    }
    Network network = new Network(bytes, Integer.parseInt(length));
    if (!Arrays.equals(network.masked(bytes), bytes)) {
      throw new IllegalArgumentException("must not have bits beyond its length");
    }
    return network;
  }

  /** The address that a text is, or null where it is none; names are none. */
  public static @Nullable InetAddress address(String text) {
    boolean v6 = text.indexOf(':') >= 0 && IPV6.matcher(text).matches();
    if (!v6 && !IPV4.matcher(text).matches()) {
      return null;
    }
    try {
      return InetAddress.getByName(text); // of a literal, so that nobody is asked
    } catch (UnknownHostException e) {
      return null;
    }
  }

  /** The first address of the block. */
  public InetAddress first() {
    try {
      return InetAddress.getByAddress(address);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of " + address.length + " bytes", e);
    }
  }

  /** True if the block is one address. */
  public boolean isSingle() {
    return bits == address.length * 8;
  }

  public boolean contains(InetAddress candidate) {
    byte[] bytes = candidate.getAddress();
    return bytes.length == address.length && Arrays.equals(masked(bytes), address);
  }

  private byte[] masked(byte[] bytes) {
    byte[] masked = bytes.clone();
    for (int i = 0; i < masked.length; i++) {
      int kept = Math.max(0, Math.min(8, bits - i * 8));
      masked[i] &= (byte) (0xFF << (8 - kept));
    }
    return masked;
  }

  @Override
  public String toString() {
    return first().getHostAddress() + "/" + bits;
  }
}
