package io.serversence.alert;

import io.serversence.probe.Reply;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** What carries a request out; {@link io.serversence.probe.Prober#post} does. */
@FunctionalInterface
public interface Post {
  /** Sends once; the stage never fails and ends within the time. */
  CompletionStage<Reply> send(URI url, Map<String, String> headers, String body, Duration time);
}
