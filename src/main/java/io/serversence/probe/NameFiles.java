package io.serversence.probe;

import io.netty.resolver.HostsFileEntriesProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The machine's own knowledge of names, /etc/hosts and /etc/resolv.conf, read again when they have
 * changed. Reading two small local files does not hold up an event loop. Used by one thread.
 */
final class NameFiles {
  private static final long LOOK_AGAIN = 5_000_000_000L;

  private final Path hostsFile;
  private final Path resolvFile;
  private final int port;
  private Map<String, List<InetAddress>> four = Map.of();
  private Map<String, List<InetAddress>> six = Map.of();
  private ResolvConf servers = ResolvConf.NONE;
  private long hostsTime = -1;
  private long resolvTime = -1;
  private long looked;
  private boolean read;

  NameFiles() {
    this(Path.of("/etc/hosts"), Path.of("/etc/resolv.conf"), ResolvConf.DNS);
  }

  NameFiles(Path hostsFile, Path resolvFile, int port) {
    this.hostsFile = hostsFile;
    this.resolvFile = resolvFile;
    this.port = port;
  }

  /** The addresses of a name in the hosts file, IPv4 first; empty if it is not there. */
  List<InetAddress> hosts(String name, long now) {
    look(now);
    String key = name.toLowerCase(Locale.ENGLISH);
    List<InetAddress> v4 = four.getOrDefault(key, List.of());
    List<InetAddress> v6 = six.getOrDefault(key, List.of());
    if (v6.isEmpty()) {
      return v4;
    }
    List<InetAddress> all = new ArrayList<>(v4);
    all.addAll(v6);
    return all;
  }

  /** Whom to ask about other names. */
  ResolvConf servers(long now) {
    look(now);
    return servers;
  }

  private void look(long now) {
    if (read && now - looked < LOOK_AGAIN) {
      return;
    }
    read = true;
    looked = now;
    long hosts = time(hostsFile);
    if (hosts != hostsTime) {
      hostsTime = hosts;
      HostsFileEntriesProvider entries =
          HostsFileEntriesProvider.parser().parseSilently(hostsFile.toFile());
      four = entries.ipv4Entries();
      six = entries.ipv6Entries();
    }
    long resolv = time(resolvFile);
    if (resolv != resolvTime) {
      resolvTime = resolv;
      servers = servers(resolvFile);
    }
  }

  private ResolvConf servers(Path file) {
    try {
      return ResolvConf.parse(Files.readAllLines(file, StandardCharsets.ISO_8859_1), port);
    } catch (IOException e) {
      return ResolvConf.NONE;
    }
  }

  private static long time(Path file) {
    try {
      return Files.getLastModifiedTime(file).toMillis();
    } catch (IOException e) {
      return 0;
    }
  }
}
