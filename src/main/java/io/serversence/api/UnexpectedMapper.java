package io.serversence.api;

import io.serversence.database.DatabaseAway;
import io.serversence.document.InvalidDocument;
import io.serversence.document.Refused;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger.Level;
import java.util.UUID;
import java.util.concurrent.CompletionException;

/** 500 for what nobody foresaw: the trace goes to the log, an id of it to the client. */
@Provider
public class UnexpectedMapper implements ExceptionMapper<Throwable> {
  private static final System.Logger LOG = System.getLogger(UnexpectedMapper.class.getName());

  @Override
  public Response toResponse(Throwable e) {
    Throwable cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
    if (cause instanceof Refused refused) {
      return Problem.of(refused);
    }
    if (cause instanceof InvalidDocument invalid) {
      return new InvalidDocumentMapper().toResponse(invalid);
    }
    if (cause instanceof DatabaseAway away) {
      return new DatabaseAwayMapper().toResponse(away);
    }
    String id = UUID.randomUUID().toString();
    LOG.log(Level.ERROR, "Request failed, error id " + id, e);
    return Problem.of(500, "an error in ServerSence; its log has it under " + id);
  }
}
