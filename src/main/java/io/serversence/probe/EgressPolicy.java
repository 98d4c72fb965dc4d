package io.serversence.probe;

import java.net.InetAddress;
import java.util.List;

/**
 * Which addresses ServerSence may connect to. It is asked about every address right before the
 * connection to it, whether it came from a name, was written as such, or was led to by a redirect.
 * Safe for use by many threads; must not block.
 */
public interface EgressPolicy {
  /**
   * All but what no honest target has: link-local, multicast, unspecified and broadcast addresses,
   * and those where clouds keep the credentials of a machine. Loopback and private are allowed.
   */
  EgressPolicy OPEN = new OpenEgress();

  /**
   * The policy that a setting asks for: what any of its items allows.
   *
   * @param items {@code open}, {@code public}, addresses and CIDR blocks; at least one
   * @throws IllegalArgumentException that begins with the item that is none of these
   */
  static EgressPolicy of(List<String> items) {
    return ConfiguredEgress.of(items);
  }

  boolean allows(InetAddress address);
}
