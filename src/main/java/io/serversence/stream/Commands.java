package io.serversence.stream;

import io.serversence.access.Caller;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.concurrent.CompletionStage;

/** What a WebSocket client may ask for beside its stream: the twins of REST's operations. */
public interface Commands {
  /** True if there is a command of this name. */
  boolean knows(String op);

  /**
   * Runs a command with the caller's rights.
   *
   * @param arguments the message, {@code op} and {@code ref} included
   * @return the result, the same document as REST's; fails with {@link
   *     io.serversence.document.Refused} or {@link io.serversence.document.InvalidDocument}
   */
  CompletionStage<JsonValue> run(String op, JsonObject arguments, Caller caller);
}
