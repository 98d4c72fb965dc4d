package io.serversence.api;

import io.serversence.database.DatabaseAway;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** 503 while the database is away; the log has the reason, and clients none of its words. */
@Provider
public class DatabaseAwayMapper implements ExceptionMapper<DatabaseAway> {
  @Override
  public Response toResponse(DatabaseAway e) {
    return Problem.of(503, "the database is away; try again later");
  }
}
