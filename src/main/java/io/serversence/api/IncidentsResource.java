package io.serversence.api;

import io.serversence.access.Needs;
import io.serversence.access.Role;
import io.serversence.document.Fields;
import io.serversence.document.Json;
import io.serversence.document.Refused;
import io.serversence.history.IncidentFilter;
import io.serversence.history.IncidentStore;
import io.serversence.incident.Incident;
import io.serversence.incident.IncidentDocument;
import io.serversence.incident.IncidentState;
import io.serversence.incident.TimelineEntry;
import io.serversence.monitor.SampleDocument;
import io.serversence.monitor.Severity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The incidents, and what people do about them. */
@Path("incidents")
@Produces(Answer.TYPE)
@ApplicationScoped
public class IncidentsResource {
  private static final int TIMELINE = 200;
  private static final List<String> COLUMNS =
      List.of(
          "id",
          "monitor",
          "severity",
          "state",
          "startedAt",
          "openedAt",
          "acknowledgedAt",
          "acknowledgedBy",
          "acknowledgedUntil",
          "resolvedAt",
          "endedAt",
          "durationMs",
          "cause",
          "suppressed",
          "channel");

  @Inject IncidentStore history;
  @Inject IncidentActions actions;

  @GET
  @Produces({Answer.TYPE, Rows.CSV, Rows.NDJSON})
  @Needs(Role.VIEWER)
  @Operation(
      value = "List incidents that overlap the window, newest first",
      query = {
        "monitor",
        "group",
        "tag",
        "state",
        "severity",
        "acknowledgedBy",
        "from",
        "to",
        "q",
        "limit",
        "cursor"
      },
      gives = "Incident*",
      rows = true)
  public Response list(@BeanParam Asked asked) {
    Query query = asked.query();
    Set<String> keys = query.keys("monitor");
    Set<String> groups = query.texts("group", 100);
    Set<String> tags = query.texts("tag", 100);
    Set<IncidentState> states = query.words("state", IncidentState.values(), IncidentState::word);
    Set<Severity> severities = query.words("severity", Severity.values(), Severity::word);
    Set<String> acknowledgers = query.texts("acknowledgedBy", 100);
    Instant now = asked.now();
    Query.Window window = query.window(now);
    String text = query.text("q", 200);
    String type = Rows.wanted(asked.header("Accept"));
    int limit = type.equals(Answer.TYPE) ? query.limit() : query.limitOfRows();
    UUID before = query.cursor(IncidentsResource::uuid);
    query.finish();

    IncidentFilter filter =
        new IncidentFilter(
            keys,
            groups,
            tags,
            states,
            severities,
            window.from(),
            window.to(),
            text,
            acknowledgers);
    if (!type.equals(Answer.TYPE)) {
      Paging<Incident, UUID> paging =
          new Paging<>(
              (after, most) -> history.page(filter, after, most), Incident::id, before, limit);
      return Rows.stream(
          type,
          COLUMNS,
          () -> paging.next().stream().map(i -> IncidentDocument.write(i, now).build()).toList());
    }
    List<Incident> found = history.page(filter, before, limit + 1);
    List<Incident> page = found.subList(0, Math.min(limit, found.size()));
    return Answer.page(
        page.stream().map(i -> IncidentDocument.write(i, now).build()).toList(),
        found.size() > limit ? query.next(page.get(limit - 1).id().toString()) : null);
  }

  @GET
  @Path("{id}")
  @Needs(Role.VIEWER)
  @Operation(value = "Read an incident with its evidence and timeline", gives = "IncidentDetail")
  public Response get(@PathParam("id") String id, @BeanParam Asked asked) {
    Incident incident = find(id);
    asked.query().finish();
    JsonArrayBuilder timeline = Json.array();
    List<TimelineEntry> newest = history.timeline(incident.id(), null, TIMELINE);
    for (int i = newest.size() - 1; i >= 0; i--) { // as it happened
      timeline.add(IncidentDocument.write(newest.get(i)));
    }
    boolean full = asked.caller().may(Role.OPERATOR);
    return Answer.json(
        IncidentDocument.write(incident, asked.now())
            .add("evidence", SampleDocument.write(incident.evidence(), incident.phases(), full))
            .add("timeline", timeline)
            .build());
  }

  @GET
  @Path("{id}/timeline")
  @Needs(Role.VIEWER)
  @Operation(
      value = "List what happened in an incident, newest first",
      query = {"limit", "cursor"},
      gives = "TimelineEntry*")
  public Response timeline(@PathParam("id") String id, @BeanParam Asked asked) {
    Incident incident = find(id);
    Query query = asked.query();
    int limit = query.limit();
    UUID before = query.cursor(IncidentsResource::uuid);
    query.finish();
    List<TimelineEntry> found = history.timeline(incident.id(), before, limit + 1);
    List<TimelineEntry> page = found.subList(0, Math.min(limit, found.size()));
    return Answer.page(
        page.stream().map(IncidentDocument::write).toList(),
        found.size() > limit ? query.next(page.get(limit - 1).id().toString()) : null);
  }

  @POST
  @Path("{id}/acknowledge")
  @Needs(Role.OPERATOR)
  @Operation(value = "Acknowledge an incident", takes = "Acknowledgement", gives = "Incident")
  public Response acknowledge(
      @PathParam("id") String id, @BeanParam Asked asked, InputStream body) {
    UUID incident = find(id).id();
    JsonObject document = asked.body(body).optional();
    asked.query().finish();
    Instant now = asked.now();
    return incident(actions.acknowledge(incident, new Fields(document), asked.actor(), now), now);
  }

  @DELETE
  @Path("{id}/acknowledge")
  @Needs(Role.OPERATOR)
  @Operation(value = "Take the acknowledgement back", gives = "Incident")
  public Response unacknowledge(@PathParam("id") String id, @BeanParam Asked asked) {
    UUID incident = find(id).id();
    asked.query().finish();
    return incident(actions.unacknowledge(incident, asked.actor()), asked.now());
  }

  @POST
  @Path("{id}/comments")
  @Needs(Role.OPERATOR)
  @Operation(
      value = "Comment on an incident",
      takes = "Comment",
      gives = "TimelineEntry",
      status = 201)
  public Response comment(@PathParam("id") String id, @BeanParam Asked asked, InputStream body) {
    UUID incident = find(id).id();
    JsonObject document = asked.body(body).json();
    asked.query().finish();
    TimelineEntry entry = actions.comment(incident, new Fields(document), asked.actor());
    return Answer.json(201, IncidentDocument.write(entry)).build();
  }

  private static Response incident(Incident incident, Instant now) {
    return Answer.json(IncidentDocument.write(incident, now).build());
  }

  private Incident find(String id) {
    UUID uuid = uuid(id);
    if (uuid != null) {
      var found = history.find(uuid);
      if (found.isPresent()) {
        return found.get();
      }
    }
    throw new Refused(Refused.Reason.NOT_FOUND, "there is no such incident");
  }

  static @Nullable UUID uuid(String text) {
    try {
      UUID id = UUID.fromString(text);
      return id.toString().equals(text) ? id : null; // fromString takes shortened forms too
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
