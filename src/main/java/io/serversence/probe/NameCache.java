package io.serversence.probe;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.resolver.dns.DefaultDnsCache;
import io.netty.resolver.dns.DnsCache;
import io.netty.resolver.dns.DnsCacheEntry;
import java.net.InetAddress;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * A cache of DNS answers for as long as their TTL says, bounded in names: the oldest makes room for
 * the newest. Used on one event loop.
 */
final class NameCache implements DnsCache {
  private final DefaultDnsCache cache;
  private final int most;
  private final LongAdder size;
  private final Set<String> names = new LinkedHashSet<>();

  /**
   * An empty cache.
   *
   * @param longest seconds that an address is kept at most
   * @param negative seconds that the lack of one is kept
   * @param size counts the names
   */
  NameCache(int most, int longest, int negative, LongAdder size) {
    this.most = most;
    this.size = size;
    cache = new DefaultDnsCache(1, longest, negative);
  }

  @Override
  public void clear() {
    cache.clear();
    size.add(-names.size());
    names.clear();
  }

  @Override
  public boolean clear(String name) {
    if (names.remove(key(name))) {
      size.decrement();
    }
    return cache.clear(name);
  }

  @Override
  public @Nullable List<? extends DnsCacheEntry> get(String name, DnsRecord[] additionals) {
    List<? extends DnsCacheEntry> entries = cache.get(name, additionals);
    if (entries == null && names.remove(key(name))) {
      size.decrement(); // its time was over
    }
    return entries;
  }

  @Override
  public DnsCacheEntry cache(
      String name, DnsRecord[] additionals, InetAddress address, long ttl, EventLoop loop) {
    note(name);
    return cache.cache(name, additionals, address, ttl, loop);
  }

  @Override
  public DnsCacheEntry cache(
      String name, DnsRecord[] additionals, Throwable cause, EventLoop loop) {
    note(name);
    return cache.cache(name, additionals, cause, loop);
  }

  private void note(String name) {
    if (names.add(key(name))) {
      size.increment();
      if (names.size() > most) {
        Iterator<String> oldest = names.iterator();
        String gone = oldest.next();
        oldest.remove();
        size.decrement();
        cache.clear(gone);
      }
    }
  }

  /** As netty's resolver asks: with the root's dot. */
  private static String key(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower : lower + ".";
  }
}
