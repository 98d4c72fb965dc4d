package io.serversence.probe;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What resolv.conf(5) says: whom to ask about names, and how. Nobody is asked that it does not
 * name.
 *
 * @param servers in the order of asking
 * @param search domains that are tried after a short name
 * @param ndots a name with fewer dots is tried with the search domains first
 */
record ResolvConf(List<InetSocketAddress> servers, List<String> search, int ndots) {
  static final ResolvConf NONE = new ResolvConf(List.of(), List.of(), 1);
  static final int DNS = 53;
  private static final int MOST_SERVERS = 3; // as the C library has it
  private static final Pattern SPACE = Pattern.compile("\\s+");

  ResolvConf {
    servers = List.copyOf(servers);
    search = List.copyOf(search);
  }

  /**
   * Reads the lines of the file; what it does not understand it passes over.
   *
   * @param port where the servers listen
   */
  static ResolvConf parse(List<String> lines, int port) {
    List<InetSocketAddress> servers = new ArrayList<>();
    List<String> search = List.of();
    int ndots = 1;
    for (String line : lines) {
      List<String> words = List.of(SPACE.split(line.strip(), -1));
      List<String> values = words.subList(1, words.size());
      switch (words.get(0)) {
        case "nameserver" -> addServer(servers, values, port);
        case "domain", "search" -> search = values;
        case "options" -> ndots = ndots(values, ndots);
        default -> {}
      }
    }
    return new ResolvConf(servers, search, ndots);
  }

  private static void addServer(List<InetSocketAddress> servers, List<String> values, int port) {
    byte[] address =
        values.isEmpty() ? null : NetUtil.createByteArrayFromIpAddressString(values.get(0));
    if (address != null && servers.size() < MOST_SERVERS) {
      try {
        servers.add(new InetSocketAddress(InetAddress.getByAddress(address), port));
      } catch (UnknownHostException e) {
        throw new IllegalStateException(e); // the length is right
      }
    }
  }

  private static int ndots(List<String> options, int otherwise) {
    for (String option : options) {
      if (option.matches("ndots:[0-9]{1,2}")) {
        return Math.min(15, Integer.parseInt(option.substring("ndots:".length())));
      }
    }
    return otherwise;
  }
}
