package io.serversence.probe;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.resolver.ResolvedAddressTypes;
import io.netty.resolver.dns.DnsErrorCauseException;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsNameResolverTimeoutException;
import io.netty.resolver.dns.NoopAuthoritativeDnsServerCache;
import io.netty.resolver.dns.NoopDnsCnameCache;
import io.netty.resolver.dns.SequentialDnsServerAddressStreamProvider;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.Future;
import io.serversence.config.Network;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the addresses of names without blocking: literals, then {@code localhost} (RFC 6761), then
 * the hosts file, then DNS. Used on one event loop.
 */
final class Resolver {
  /** Takes the result of {@link #resolve}, exactly once, on the event loop. */
  interface Answer {
    /** One address at least. */
    void found(List<InetAddress> addresses);

    void notFound(Failure failure);
  }

  private static final long QUERY_MILLIS = 2_000;
  private static final int QUERIES = 16;
  private static final List<InetAddress> LOOPBACK = List.of(NetUtil.LOCALHOST4, NetUtil.LOCALHOST6);
  private static final Pattern NAME =
      Pattern.compile("(?=.{1,253}$)[A-Za-z0-9_-]{1,63}(\\.[A-Za-z0-9_-]{1,63})*");

  private final EventLoop loop;
  private final Transport transport;
  private final NameFiles files;
  private final NameCache cache;
  private ResolvConf asked = ResolvConf.NONE;
  private @Nullable DnsNameResolver dns;

  Resolver(EventLoop loop, Transport transport, NameFiles files, NameCache cache) {
    this.loop = loop;
    this.transport = transport;
    this.files = files;
    this.cache = cache;
  }

  /** Resolves a host, in ASCII, that may be a literal address without brackets. */
  void resolve(String host, Answer answer) {
    byte[] literal = NetUtil.createByteArrayFromIpAddressString(host);
    if (literal != null && literal.length == 4 && Network.address(host) == null) {
      // some take 010 for eight, and we would probe what its author did not mean
      answer.notFound(Failure.of(host + " is an address to some and another one to others"));
      return;
    }
    if (literal != null) {
      answer.found(List.of(of(literal)));
      return;
    }
    String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    if (!NAME.matcher(name).matches()) {
      answer.notFound(Failure.of(name + " is not the name of a host"));
      return;
    }
    long now = System.nanoTime();
    if (isLocalhost(name)) {
      answer.found(LOOPBACK); // a hosts file often has only one of the two
      return;
    }
    List<InetAddress> known = files.hosts(name, now);
    if (!known.isEmpty()) {
      answer.found(known);
    } else {
      ask(host, name, files.servers(now), answer);
    }
  }

  private static boolean isLocalhost(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.equals("localhost") || lower.endsWith(".localhost");
  }

  private void ask(String host, String name, ResolvConf servers, Answer answer) {
    if (servers.servers().isEmpty()) {
      answer.notFound(
          Failure.of("the name " + name + " cannot be resolved: no DNS server is configured"));
      return;
    }
    DnsNameResolver asked = dns(servers);
    boolean whole = host.endsWith(".") || dots(name) >= servers.ndots();
    if (!whole) {
      ask(asked, name, failure -> answer.notFound(words(name, failure)), answer);
    } else if (host.endsWith(".") || servers.search().isEmpty()) {
      ask(asked, name + ".", failure -> answer.notFound(words(name, failure)), answer);
    } else {
      // the search domains come last, and what they say of a name that is whole tells nothing
      ask(
          asked,
          name + ".",
          first -> ask(asked, name, last -> answer.notFound(words(name, first)), answer),
          answer);
    }
  }

  private static void ask(
      DnsNameResolver asked, String name, Consumer<@Nullable Throwable> otherwise, Answer answer) {
    asked
        .resolveAll(name)
        .addListener(
            (Future<List<InetAddress>> found) -> {
              List<InetAddress> addresses = found.isSuccess() ? found.getNow() : List.of();
              if (addresses.isEmpty()) {
                otherwise.accept(found.cause());
              } else {
                answer.found(addresses);
              }
            });
  }

  private static int dots(String name) {
    return (int) name.chars().filter(c -> c == '.').count();
  }

  private DnsNameResolver dns(ResolvConf servers) {
    DnsNameResolver current = dns;
    if (current == null || !servers.equals(asked)) {
      close();
      asked = servers;
      current = build(servers);
      dns = current;
    }
    return current;
  }

  private DnsNameResolver build(ResolvConf servers) {
    return new DnsNameResolverBuilder(loop)
        .datagramChannelType(transport.datagram())
        .socketChannelType(transport.stream())
        .nameServerProvider(new SequentialDnsServerAddressStreamProvider(servers.servers()))
        .searchDomains(servers.search())
        .ndots(servers.ndots())
        .hostsFileEntriesResolver((name, types) -> null) // done before, and read afresh
        .resolvedAddressTypes(ResolvedAddressTypes.IPV4_PREFERRED)
        .completeOncePreferredResolved(true)
        .resolveCache(cache)
        .cnameCache(NoopDnsCnameCache.INSTANCE)
        .authoritativeDnsServerCache(NoopAuthoritativeDnsServerCache.INSTANCE)
        .consolidateCacheSize(1_000)
        .queryTimeoutMillis(QUERY_MILLIS)
        .maxQueriesPerResolve(QUERIES)
        .build();
  }

  private static Failure words(String name, @Nullable Throwable cause) {
    boolean answered = cause == null || cause.getCause() == null;
    Failure failure =
        Failure.of("the name " + name + (answered ? " has no address" : " cannot be resolved"));
    for (Throwable t = cause; t != null; t = t.getCause()) {
      if (t instanceof DnsErrorCauseException error) {
        DnsResponseCode code = error.getCode();
        return code.equals(DnsResponseCode.NXDOMAIN)
            ? Failure.of("the name " + name + " does not exist")
            : Failure.of("the DNS server cannot resolve " + name + " (" + word(code) + ")");
      }
      if (t instanceof DnsNameResolverTimeoutException) {
        failure = Failure.of("no DNS server answers for " + name);
      }
    }
    return failure;
  }

  /** The code's name alone, such as SERVFAIL. */
  private static String word(DnsResponseCode code) {
    String text = code.toString();
    int end = text.indexOf('(');
    return (end < 0 ? text : text.substring(0, end)).toUpperCase(Locale.ROOT);
  }

  private static InetAddress of(byte[] literal) {
    try {
      return InetAddress.getByAddress(literal);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  void close() {
    if (dns != null) {
      dns.close();
      dns = null;
    }
    cache.clear();
  }
}
