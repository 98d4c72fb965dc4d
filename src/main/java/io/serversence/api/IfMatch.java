package io.serversence.api;

import io.serversence.document.InvalidDocument;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The condition of a request on the revision of what it changes. Weak tags count as strong ones,
 * because proxies that compress weaken them on the way.
 */
final class IfMatch {
  private static final Pattern TAG =
      Pattern.compile("\\G[\\s,]*+(?:W/)?\"([^\"]{0,100})\"\\s*+(?=,|\\z)");

  private static final Pattern REST = Pattern.compile("[\\s,]*+");
  private static final Pattern REVISION = Pattern.compile("[0-9]{1,18}");

  private final @Nullable String header;

  IfMatch(@Nullable String header) {
    this.header = header;
  }

  /**
   * The revision that a change must find, or null for any.
   *
   * @param current the revision there is now, which is the answer if it is among those named
   * @throws InvalidDocument if the header cannot be read
   */
  @Nullable Long revision(long current) {
    if (header == null || header.strip().equals("*")) {
      return null;
    }
    Set<Long> named = new HashSet<>();
    int end = 0;
    Matcher tag = TAG.matcher(header);
    while (tag.find()) { // one after the other: a tag may have commas of its own
      String text = tag.group(1);
      // A tag that we never made matches nothing; no revision is 0.
      named.add(REVISION.matcher(text).matches() ? Long.parseLong(text) : 0L);
      end = tag.end();
    }
    if (named.isEmpty() || !REST.matcher(header.substring(end)).matches()) {
      throw new InvalidDocument(HttpHeaders.IF_MATCH, "must be an entity tag such as \"3\", or *");
    }
    return named.contains(current) ? Long.valueOf(current) : named.iterator().next();
  }

  /** The entity tag of a revision. */
  static String tag(long revision) {
    return "\"" + revision + "\"";
  }
}
