package io.serversence.api;

import io.serversence.access.Open;
import io.serversence.document.Json;
import io.serversence.probe.ProbeDesk;
import io.serversence.probe.ProbeDesk.Beat;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Where jobs report. Whatever a job sends counts: any content type, any query; of a longer message
 * the first 10 kB are kept, because a beat must not be lost for what came with it. JAX-RS serves
 * HEAD by the methods of GET.
 */
@Path("heartbeats/{token}")
@ApplicationScoped
public class HeartbeatsResource {
  private static final int LONGEST_MESSAGE = 10_000;

  @Inject ProbeDesk desk;

  @GET
  @Open
  @Operation(value = "Report that the work was done", gives = "Beat")
  public Response get(@PathParam("token") String token) {
    return beat(token, Beat.DONE, "");
  }

  @POST
  @Open
  @Operation(value = "Report that the work was done, with a message", gives = "Beat")
  public Response post(@PathParam("token") String token, @BeanParam Asked asked, InputStream body) {
    return beat(token, Beat.DONE, message(asked, body));
  }

  @GET
  @Path("start")
  @Open
  @Operation(value = "Report that the work has begun", gives = "Beat")
  public Response getStart(@PathParam("token") String token) {
    return beat(token, Beat.START, "");
  }

  @POST
  @Path("start")
  @Open
  @Operation(value = "Report that the work has begun, with a message", gives = "Beat")
  public Response postStart(
      @PathParam("token") String token, @BeanParam Asked asked, InputStream body) {
    return beat(token, Beat.START, message(asked, body));
  }

  @GET
  @Path("fail")
  @Open
  @Operation(value = "Report that the work failed", gives = "Beat")
  public Response getFail(@PathParam("token") String token) {
    return beat(token, Beat.FAIL, "");
  }

  @POST
  @Path("fail")
  @Open
  @Operation(value = "Report that the work failed, with a message", gives = "Beat")
  public Response postFail(
      @PathParam("token") String token, @BeanParam Asked asked, InputStream body) {
    return beat(token, Beat.FAIL, message(asked, body));
  }

  private Response beat(String token, Beat beat, String message) {
    desk.beat(token, beat, message);
    return Answer.json(Json.object().add("ok", true).build());
  }

  private static String message(Asked asked, InputStream body) {
    byte[] bytes = asked.body(body).bytes();
    int length = Math.min(bytes.length, LONGEST_MESSAGE);
    if (length < bytes.length) {
      while (length > 0 && (bytes[length] & 0xC0) == 0x80) {
        length--; // never half a character
      }
    }
    return readable(new String(bytes, 0, length, StandardCharsets.UTF_8));
  }

  /** Without control characters, which neither databases nor terminals take well. */
  static String readable(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    text.strip()
        .chars()
        .forEach(
            c ->
                plain.append(
                    c == '\n' || c == '\t' || !Character.isISOControl(c) ? (char) c : ' '));
    return plain.toString();
  }
}
