package io.serversence.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** The TCP connections of this machine, as Linux tells them. */
final class Connections {
  private static final String ESTABLISHED = "01";

  private Connections() {}

  /** How many connections from these ports a server still has open. */
  static long open(int serverPort, Set<Integer> clientPorts) {
    return established(serverPort).filter(fields -> clientPorts.contains(port(fields[2]))).count();
  }

  /** How many connections a server has open. */
  static long to(int serverPort) {
    return established(serverPort).count();
  }

  private static Stream<String[]> established(int serverPort) {
    return Stream.of("/proc/net/tcp", "/proc/net/tcp6")
        .flatMap(file -> lines(Path.of(file)))
        .map(line -> line.strip().split("\\s+", -1))
        .filter(fields -> fields[3].equals(ESTABLISHED))
        .filter(fields -> port(fields[1]) == serverPort);
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.exists(file) ? Files.readAllLines(file).stream().skip(1) : Stream.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int port(String address) {
    String hex = address.substring(address.indexOf(':') + 1).toUpperCase(Locale.ROOT);
    return Integer.parseInt(hex, 16);
  }
}
