package io.serversence.api;

import io.serversence.access.PublicAddress;
import io.serversence.access.Role;
import io.serversence.document.Json;
import io.serversence.monitor.ConfiguredMonitor;
import io.serversence.monitor.ConfiguredMonitorDocument;
import io.serversence.monitor.MonitorState;
import io.serversence.monitor.Sample;
import io.serversence.monitor.SampleDocument;
import io.serversence.monitor.Target;
import io.serversence.probe.ProbeResult;
import io.serversence.stream.BoardDocument;
import io.serversence.stream.BoardEntry;
import io.serversence.stream.EventStream;
import jakarta.json.JsonObject;

/** A monitor as the API shows it: configuration, state, and what this caller may see beyond. */
final class MonitorView {
  private MonitorView() {}

  static JsonObject of(
      ConfiguredMonitor configured, EventStream stream, Asked asked, PublicAddress address) {
    JsonObject document =
        ConfiguredMonitorDocument.write(configured)
            .add("state", BoardDocument.state(entry(configured, stream)))
            .build();
    if (configured.monitor().target() instanceof Target.Heartbeat beat
        && asked.caller().may(Role.OPERATOR)) {
      JsonObject target =
          Json.object(document.getJsonObject("target"))
              .add("url", asked.base(address) + "/api/heartbeats/" + beat.token())
              .build();
      return Json.object(document).add("target", target).build();
    }
    return document;
  }

  /** A sample with the evidence for it. */
  static JsonObject result(ProbeResult result) {
    Sample sample = result.sample();
    return Json.object(SampleDocument.write(sample))
        .add("evidence", SampleDocument.write(result.evidence(), sample.phases(), true))
        .build();
  }

  /** The monitor on the board; one that is not there yet has had no sample. */
  static BoardEntry entry(ConfiguredMonitor configured, EventStream stream) {
    return stream
        .find(configured.id())
        .orElseGet(
            () ->
                new BoardEntry(
                    configured,
                    configured.monitor().enabled() ? MonitorState.PENDING : MonitorState.PAUSED,
                    configured.createdAt(),
                    null,
                    null,
                    null,
                    null));
  }
}
