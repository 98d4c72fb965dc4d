package io.serversence.access;

import io.serversence.config.Network;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where requests come from. What a client says of itself in {@code X-Forwarded-For} counts only as
 * far as configured proxies have passed it on: read from its end, up to the first address that is
 * none of them.
 *
 * @param proxies the addresses whose word counts
 * @param headers in which they say who somebody is, if they sign people in
 */
public record ClientAddress(List<Network> proxies, ProxyHeaders headers) {
  public static final ClientAddress DIRECT = new ClientAddress(List.of());
  private static final int MOST_HOPS = 20;

  public ClientAddress {
    proxies = List.copyOf(proxies);
  }

  /** Where proxies say nothing but addresses. */
  public ClientAddress(List<Network> proxies) {
    this(proxies, ProxyHeaders.NONE);
  }

  /**
   * Whom a proxy names in its headers; null for nobody, as for what anyone else has sent.
   *
   * @param peer who is connected, and must be a proxy
   * @param header all lines of a header, by its name
   */
  public @Nullable Vouched vouched(String peer, Function<String, List<String>> header) {
    InetAddress address = address(peer);
    if (headers.user() == null || address == null || !isProxy(address)) {
      return null;
    }
    List<String> names = header.apply(headers.user());
    if (names.size() != 1 || names.get(0).isBlank()) {
      return null; // a second line would be one that the proxy has let through
    }
    List<String> groups = headers.groups() == null ? List.of() : header.apply(headers.groups());
    return new Vouched(
        names.get(0).strip(),
        groups.size() > 1
            ? Set.of()
            : groups.stream()
                .flatMap(line -> Arrays.stream(line.split(",", -1)))
                .map(String::strip)
                .filter(group -> !group.isEmpty())
                .collect(Collectors.toSet()));
  }

  /**
   * The client's address in one spelling.
   *
   * @param peer who is connected
   * @param forwardedFor the lines of {@code X-Forwarded-For}, in their order
   */
  public String of(String peer, List<String> forwardedFor) {
    InetAddress client = address(peer);
    if (client == null) {
      return peer.length() > 45 ? peer.substring(0, 45) : peer; // a server's own word for it
    }
    if (!proxies.isEmpty() && isProxy(client)) {
      String[] hops = String.join(",", forwardedFor).split(",", -1);
      for (int i = hops.length - 1; i >= Math.max(0, hops.length - MOST_HOPS); i--) {
        InetAddress hop = address(hops[i].strip());
        if (hop == null) {
          break; // what no proxy would write is not passed over
        }
        client = hop;
        if (!isProxy(hop)) {
          break;
        }
      }
    }
    return client.getHostAddress();
  }

  private boolean isProxy(InetAddress address) {
    return proxies.stream().anyMatch(proxy -> proxy.contains(address));
  }

  /** Some write a port after the address, or a zone into it. */
  private static @Nullable InetAddress address(String text) {
    String plain = text;
    int bracket = text.indexOf(']');
    if (text.startsWith("[") && bracket > 0) {
      plain = text.substring(1, bracket);
    } else if (text.indexOf('.') > 0 && text.indexOf(':') == text.lastIndexOf(':')) {
      plain = text.replaceFirst(":[0-9]{1,5}$", "");
    }
    int zone = plain.indexOf('%');
    return Network.address(zone < 0 ? plain : plain.substring(0, zone));
  }

  /**
   * What counts as one place where guesses are limited: an IPv4 address, or the 64 bits that an
   * IPv6 client shares with nobody and may vary the rest of.
   */
  static String place(String address) {
    InetAddress known = Network.address(address);
    if (known == null || known.getAddress().length == 4) {
      return address;
    }
    byte[] bytes = known.getAddress();
    StringBuilder place = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      place.append(Character.forDigit(bytes[i] >> 4 & 0xF, 16));
      place.append(Character.forDigit(bytes[i] & 0xF, 16));
    }
    return place.append("::/64").toString();
  }
}
