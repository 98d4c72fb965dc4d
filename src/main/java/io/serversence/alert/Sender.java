package io.serversence.alert;

import java.util.concurrent.CompletionStage;

/** Sends messages. Safe for use by many threads; nothing here blocks. */
public interface Sender {
  /**
   * Tries once to send a message through a channel, enabled or not.
   *
   * @return never fails, and ends within 10 s and a little
   */
  CompletionStage<Delivery> send(Channel channel, Message message);
}
