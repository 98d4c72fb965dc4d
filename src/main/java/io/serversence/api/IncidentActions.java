package io.serversence.api;

import io.serversence.document.Fields;
import io.serversence.incident.Incident;
import io.serversence.incident.IncidentDesk;
import io.serversence.incident.TimelineEntry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.UUID;

/** What people do about incidents, as REST and WebSocket ask for it alike. */
@ApplicationScoped
public class IncidentActions {
  static final int LONGEST_TEXT = 10_000;

  @Inject IncidentDesk desk;

  Incident acknowledge(UUID id, Fields fields, String actor, Instant now) {
    String comment = fields.text("comment", LONGEST_TEXT);
    Instant until = fields.time("until");
    if (until != null && !until.isAfter(now)) {
      fields.fault("until", "must be in the future");
    }
    fields.finish();
    boolean said = comment != null && !comment.isBlank();
    return desk.acknowledge(id, actor, said ? comment : null, until);
  }

  Incident unacknowledge(UUID id, String actor) {
    return desk.unacknowledge(id, actor);
  }

  TimelineEntry comment(UUID id, Fields fields, String actor) {
    String text = fields.text("text", LONGEST_TEXT);
    if (!fields.has("text")) {
      fields.fault("text", "is required");
    } else if (text != null && text.isBlank()) {
      fields.fault("text", "must not be empty");
    }
    fields.finish();
    return desk.comment(id, actor, String.valueOf(text));
  }
}
