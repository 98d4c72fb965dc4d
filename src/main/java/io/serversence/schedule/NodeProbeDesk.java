package io.serversence.schedule;

import io.serversence.document.Refused;
import io.serversence.monitor.Monitor;
import io.serversence.probe.ProbeDesk;
import io.serversence.probe.ProbeResult;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The probe desk of this node, which has one while it is active. */
@ApplicationScoped
public class NodeProbeDesk implements ProbeDesk {
  @Inject Node node;

  @SuppressWarnings("NullAway.Init") // CDI sets the node
  public NodeProbeDesk() {}

  @Override
  public CompletionStage<ProbeResult> probeNow(String id) {
    try {
      return node.active().probes().probeNow(id);
    } catch (Refused e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public CompletionStage<ProbeResult> test(Monitor monitor) {
    try {
      return node.active().probes().test(monitor);
    } catch (Refused e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public void beat(String token, Beat beat, String message) {
    node.active().probes().beat(token, beat, message);
  }
}
