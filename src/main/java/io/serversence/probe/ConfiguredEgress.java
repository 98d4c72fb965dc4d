package io.serversence.probe;

import io.serversence.config.Network;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The policy of a setting: what any of its items allows. {@code open} is {@link EgressPolicy#OPEN};
 * {@code public} leaves out of it what IANA's special-purpose registries (RFC 6890) do not call
 * globally reachable; a block of addresses allows those in it. What {@link EgressPolicy#OPEN}
 * forbids must be named: by its very address, or by a block that begins with a link-local one.
 * Immutable.
 */
final class ConfiguredEgress implements EgressPolicy {
  private static final List<Network> NOT_PUBLIC =
      Stream.of(
              "0.0.0.0/8",
              "10.0.0.0/8",
              "100.64.0.0/10",
              "127.0.0.0/8",
              "169.254.0.0/16",
              "172.16.0.0/12",
              "192.0.0.0/24",
              "192.0.2.0/24",
              "192.88.99.0/24",
              "192.168.0.0/16",
              "198.18.0.0/15",
              "198.51.100.0/24",
              "203.0.113.0/24",
              "224.0.0.0/3",
              "::/96",
              "100::/64",
              "2001::/23",
              "2001:db8::/32",
              "3fff::/20",
              "5f00::/16",
              "fc00::/7",
              "fe80::/9",
              "ff00::/8")
          .map(Network::parse)
          .toList();

  private final boolean open;
  private final boolean publicly;
  private final List<Network> named;

  private ConfiguredEgress(boolean open, boolean publicly, List<Network> named) {
    this.open = open;
    this.publicly = publicly;
    this.named = List.copyOf(named);
  }

  static EgressPolicy of(List<String> items) {
    if (items.isEmpty()) {
      throw new IllegalArgumentException("must be open, public or a list of blocks of addresses");
    }
    List<Network> named = new ArrayList<>();
    for (String item : items) {
      if (!item.equals("open") && !item.equals("public")) {
        named.add(block(item));
      }
    }
    return new ConfiguredEgress(items.contains("open"), items.contains("public"), named);
  }

  private static Network block(String item) {
    try {
      return Network.parse(item);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          item + " must be open, public, an address or a block such as 10.0.0.0/8", e);
    }
  }

  @Override
  public boolean allows(InetAddress address) {
    InetAddress real = OpenEgress.embedded(address);
    if (!OPEN.allows(real)) {
      return named.stream().anyMatch(block -> block.contains(real) && names(block));
    }
    return open
        || (publicly && NOT_PUBLIC.stream().noneMatch(block -> block.contains(real)))
        || named.stream().anyMatch(block -> block.contains(real));
  }

  /** True if a block is so narrow that it can but be meant for what is forbidden otherwise. */
  private static boolean names(Network block) {
    return block.isSingle() || block.first().isLinkLocalAddress();
  }
}
