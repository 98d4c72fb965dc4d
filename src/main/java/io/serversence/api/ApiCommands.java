package io.serversence.api;

import io.serversence.access.AuditEntry;
import io.serversence.access.AuditLog;
import io.serversence.access.Caller;
import io.serversence.access.Role;
import io.serversence.database.DatabaseAway;
import io.serversence.database.Kept;
import io.serversence.document.Fields;
import io.serversence.document.InvalidDocument;
import io.serversence.document.Json;
import io.serversence.document.Refused;
import io.serversence.incident.Ids;
import io.serversence.incident.IncidentDocument;
import io.serversence.monitor.Catalogue;
import io.serversence.monitor.ConfiguredMonitor;
import io.serversence.monitor.ConfiguredMonitorDocument;
import io.serversence.monitor.SampleDocument;
import io.serversence.mute.Muting;
import io.serversence.mute.Silence;
import io.serversence.mute.SilenceDocument;
import io.serversence.probe.ProbeDesk;
import io.serversence.stream.BoardDocument;
import io.serversence.stream.Commands;
import io.serversence.stream.EventStream;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The WebSocket twins of REST's operations. Those on an incident name it by {@code incident}, those
 * on a monitor by {@code monitor}; what else they take is the same as in REST's body, and {@code
 * silence} takes no more than that.
 */
@ApplicationScoped
public class ApiCommands implements Commands {
  private static final Set<String> NAMES =
      Set.of("acknowledge", "unacknowledge", "comment", "probe", "pause", "resume", "silence");

  @Inject IncidentActions incidents;
  @Inject Catalogue catalogue;
  @Inject EventStream stream;
  @Inject Muting muting;
  @Inject ProbeDesk desk;
  @Inject Workers workers;
  @Inject AuditLog audit;

  @Override
  public boolean knows(String op) {
    return NAMES.contains(op);
  }

  @Override
  public CompletionStage<JsonValue> run(String op, JsonObject arguments, Caller caller) {
    CompletionStage<JsonValue> result = perform(op, arguments, caller);
    return caller.anonymous()
        ? result
        : result.whenComplete(
            (value, fault) -> record(op, target(op, arguments, value), caller, fault));
  }

  private void record(
      String op, @Nullable JsonValue target, Caller caller, @Nullable Throwable fault) {
    audit.record(
        AuditEntry.of(
            Instant.now(),
            caller.name(),
            caller.address(),
            op.equals("silence")
                ? "silences.add"
                : (onMonitor(op) ? "monitors." : "incidents.") + op,
            target instanceof JsonString id ? id.getString() : null,
            status(fault)));
  }

  private static @Nullable JsonValue target(
      String op, JsonObject arguments, @Nullable JsonValue result) {
    if (op.equals("silence")) {
      return result instanceof JsonObject silence ? silence.get("id") : null;
    }
    return arguments.get(onMonitor(op) ? "monitor" : "incident");
  }

  private static boolean onMonitor(String op) {
    return op.equals("probe") || op.equals("pause") || op.equals("resume");
  }

  private static int status(@Nullable Throwable fault) {
    Throwable cause =
        fault instanceof CompletionException && fault.getCause() != null ? fault.getCause() : fault;
    if (cause instanceof Refused refused) {
      return refused.reason().status();
    }
    if (cause instanceof DatabaseAway) {
      return 503;
    }
    return cause == null ? 200 : cause instanceof InvalidDocument ? 400 : 500;
  }

  private CompletionStage<JsonValue> perform(String op, JsonObject arguments, Caller caller) {
    try {
      permit(caller);
      Fields fields = new Fields(arguments).ignore("op", "ref");
      String actor = caller.name() == null ? "anonymous" : caller.name();
      return switch (op) {
        case "acknowledge" -> {
          UUID id = incident(fields);
          Instant now = Instant.now();
          yield later(
              () ->
                  IncidentDocument.write(incidents.acknowledge(id, fields, actor, now), now)
                      .build());
        }
        case "unacknowledge" -> {
          UUID id = incident(fields);
          fields.finish();
          yield later(
              () ->
                  IncidentDocument.write(incidents.unacknowledge(id, actor), Instant.now())
                      .build());
        }
        case "comment" -> {
          UUID id = incident(fields);
          yield later(() -> IncidentDocument.write(incidents.comment(id, fields, actor)));
        }
        case "probe" -> {
          String id = monitor(fields);
          yield desk.probeNow(id).thenApply(result -> SampleDocument.write(result.sample()));
        }
        case "pause", "resume" -> {
          String id = monitor(fields);
          yield later(() -> shown(catalogue.enable(id, op.equals("resume"), actor)));
        }
        case "silence" -> {
          Instant now = Instant.now();
          JsonObject document = Json.object(arguments).remove("op").remove("ref").build();
          Silence silence = SilenceDocument.read(document, Ids.at(now).toString(), actor, now);
          yield later(() -> silenced(silence, now));
        }
        default -> throw new InvalidDocument("op", "is not known");
      };
    } catch (Refused | InvalidDocument e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static void permit(Caller caller) {
    if (!caller.may(Role.OPERATOR)) {
      throw caller.anonymous()
          ? new Refused(Refused.Reason.UNAUTHENTICATED, "credentials are needed")
          : new Refused(Refused.Reason.FORBIDDEN, "this needs the role operator");
    }
  }

  /** These wait for the database, and the transport's thread must not. */
  private CompletionStage<JsonValue> later(Supplier<JsonValue> work) {
    try {
      return CompletableFuture.supplyAsync(work, workers.executor());
    } catch (RejectedExecutionException e) {
      throw new Refused(Refused.Reason.UNAVAILABLE, "too much to do; try again", e);
    }
  }

  private JsonValue silenced(Silence silence, Instant now) {
    Kept<Silence> created = muting.silences().create(silence, false, now);
    return KeptView.of(created, SilenceDocument.write(created.value()));
  }

  private JsonValue shown(ConfiguredMonitor monitor) {
    return ConfiguredMonitorDocument.write(monitor)
        .add("state", BoardDocument.state(MonitorView.entry(monitor, stream)))
        .build();
  }

  private static UUID incident(Fields fields) {
    String text = fields.required("incident", 1, 100);
    UUID id = text == null ? null : IncidentsResource.uuid(text);
    if (text != null && id == null) {
      throw new Refused(Refused.Reason.NOT_FOUND, "there is no such incident");
    }
    if (id == null) {
      fields.finish();
      throw new InvalidDocument("incident", "is required");
    }
    return id;
  }

  private String monitor(Fields fields) {
    String id = fields.required("monitor", 1, 100);
    if (id != null && catalogue.find(id).isEmpty()) {
      throw new Refused(Refused.Reason.NOT_FOUND, "there is no such monitor");
    }
    fields.finish();
    return String.valueOf(id);
  }
}
