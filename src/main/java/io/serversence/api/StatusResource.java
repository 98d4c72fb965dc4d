package io.serversence.api;

import io.serversence.access.Needs;
import io.serversence.access.Role;
import io.serversence.document.Json;
import io.serversence.document.Times;
import io.serversence.monitor.Monitor;
import io.serversence.monitor.MonitorState;
import io.serversence.stream.Board;
import io.serversence.stream.BoardDocument;
import io.serversence.stream.BoardEntry;
import io.serversence.stream.EventStream;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** The board at one moment. */
@Path("status")
@Produces(Answer.TYPE)
@ApplicationScoped
public class StatusResource {
  @Inject EventStream stream;

  @GET
  @Needs(Role.VIEWER)
  @Operation(
      value = "Read the board",
      query = {"group", "tag"},
      gives = "Status")
  public Response get(@BeanParam Asked asked) {
    Query query = asked.query();
    Set<String> groups = query.texts("group", 100);
    Set<String> tags = query.texts("tag", 100);
    query.finish();

    Board board = stream.board();
    Map<MonitorState, Integer> counts = new EnumMap<>(MonitorState.class);
    JsonArrayBuilder monitors = Json.array();
    for (BoardEntry entry : board.entries()) {
      Monitor monitor = entry.monitor().monitor();
      if ((groups.isEmpty() || (monitor.group() != null && groups.contains(monitor.group())))
          && (tags.isEmpty() || monitor.tags().stream().anyMatch(tags::contains))) {
        counts.merge(entry.state(), 1, Integer::sum);
        monitors.add(BoardDocument.row(entry));
      }
    }
    JsonObjectBuilder byState = Json.object();
    for (MonitorState state : MonitorState.values()) {
      byState.add(state.name(), counts.getOrDefault(state, 0));
    }
    return Answer.json(
        Json.object()
            .add("epoch", board.epoch())
            .add("seq", board.seq())
            .add("at", Times.format(board.at()))
            .add("counts", byState)
            .add("monitors", monitors)
            .build());
  }
}
