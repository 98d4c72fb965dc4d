package io.serversence.server;

import jakarta.json.Json;
import jakarta.json.JsonObject;

/** Browser sessions. */
final class Login {
  private Login() {}

  /** What the administrator signs in with. */
  static JsonObject admin() {
    return Json.createObjectBuilder()
        .add("username", "admin")
        .add("password", ServerPlan.PASSWORD)
        .build();
  }

  /** Signs in as the administrator; the value of a Cookie header. */
  static String cookie(Server server) {
    Answer answer = server.anyone().post("/api/session", admin());
    if (answer.status() != 204) {
      throw new AssertionError(answer.status() + " " + answer.body());
    }
    String cookie = answer.header("Set-Cookie");
    return cookie.substring(0, cookie.indexOf(';'));
  }

  /** Ends a session. */
  static void end(Server server, String cookie) {
    Api api = server.anyone();
    Answer answer =
        api.send(
            api.request("/api/session")
                .header("Cookie", cookie)
                .header("Origin", "http://127.0.0.1:" + server.port())
                .DELETE()
                .build());
    if (answer.status() != 204) {
      throw new AssertionError(answer.status() + " " + answer.body());
    }
  }
}
