package io.serversence.probe;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Gets documents of other servers, which the administrator has named, so that the egress policy is
 * not asked. Safe for use by many threads; nothing here blocks.
 */
@FunctionalInterface
public interface DocumentSource {
  /**
   * Asks once: TLS verified, no redirect followed, a body of at most 1 MiB read, which is text.
   *
   * @param headers beside those that every request has
   * @param time over all, from the name to the end of the answer
   * @return never fails, but with {@link io.serversence.document.Refused} UNAVAILABLE while this
   *     node cannot ask anybody; has no status where no whole answer came
   */
  CompletionStage<Reply> ask(
      URI url, String method, Map<String, String> headers, @Nullable String body, Duration time);
}
