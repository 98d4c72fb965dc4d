package io.serversence.schedule;

import io.serversence.document.Refused;
import io.serversence.probe.DocumentSource;
import io.serversence.probe.Reply;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Asks other servers over this node's prober, which it has while it is active. */
@ApplicationScoped
public class NodeDocuments implements DocumentSource {
  @Inject Node node;

  @SuppressWarnings("NullAway.Init") // CDI sets the node
  public NodeDocuments() {}

  @Override
  public CompletionStage<Reply> ask(
      URI url, String method, Map<String, String> headers, @Nullable String body, Duration time) {
    try {
      return node.active().documents().ask(url, method, headers, body, time);
    } catch (Refused e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}
