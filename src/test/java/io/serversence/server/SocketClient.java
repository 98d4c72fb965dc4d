package io.serversence.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Reads the stream over WebSocket, and talks to it. */
final class SocketClient extends StreamClient {
  static final String PROTOCOL = "serversence.v1";
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private final List<JsonObject> answers = new ArrayList<>();
  private final List<String> messages = new ArrayList<>();
  private int refs;
  private int pings;
  private @Nullable String pong;
  private boolean pongs = true;
  private @Nullable JsonObject subscription;
  private long subscribing = -1;

  SocketClient(StreamRequest request, StreamChecker checker) throws IOException {
    super(StreamTransport.WEB_SOCKET, request, checker);
    StreamConnection.Head head = upgrade(connection(), request);
    if (head.status() != 101) {
      throw new AssertionError("the upgrade is answered by " + head + connection().text(head));
    }
    if (!head.header("Sec-WebSocket-Protocol").equals(PROTOCOL)
        || head.headers().containsKey("sec-websocket-extensions")) {
      throw new AssertionError("a wrong protocol, or an extension: " + head);
    }
  }

  /** A client that has not subscribed yet. */
  static SocketClient connected(StreamRequest request) throws IOException {
    SocketClient client = new SocketClient(request, new StreamChecker());
    client.connect();
    return client;
  }

  static StreamConnection.Head upgrade(StreamConnection connection, StreamRequest request)
      throws IOException {
    byte[] nonce = new byte[16];
    ThreadLocalRandom.current().nextBytes(nonce);
    String key = Base64.getEncoder().encodeToString(nonce);
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Connection", "Upgrade");
    headers.put("Upgrade", "websocket");
    headers.put("Sec-WebSocket-Version", "13");
    headers.put("Sec-WebSocket-Key", key);
    headers.put("Sec-WebSocket-Protocol", PROTOCOL);
    headers.put("Sec-WebSocket-Extensions", "permessage-deflate; client_max_window_bits");
    headers.putAll(request.headers());
    headers.values().removeIf(String::isEmpty);
    String path = request.server().at("/api/ws").getRawPath();
    StreamConnection.Head head = connection.ask("GET", path, headers);
    if (head.status() == 101 && !head.header("Sec-WebSocket-Accept").equals(accept(key))) {
      throw new AssertionError("a wrong proof: " + head);
    }
    return head;
  }

  private static String accept(String key) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(UTF_8));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private void connect() throws IOException {
    super.begin();
  }

  @Override
  void begin() throws IOException {
    connect();
    subscribe(request());
  }

  /** Subscribes, once more if it has before, and returns the result. */
  JsonObject subscribe(StreamRequest wanted) throws IOException {
    JsonObject message;
    synchronized (this) {
      subscribing = ++refs;
      subscription = null;
      message = wanted.subscribe().add("ref", subscribing).build();
    }
    send(message.toString());
    JsonObject answer = answer(message.getJsonNumber("ref").longValue());
    if (!answer.getBoolean("ok")) {
      throw new AssertionError("the subscription was refused: " + answer);
    }
    return answer.getJsonObject("result");
  }

  @Override
  String resumed() {
    return subscription().getString("resumed");
  }

  @Override
  JsonObject filter() {
    return subscription().getJsonObject("filter");
  }

  private JsonObject subscription() {
    return await("subscription", () -> subscription);
  }

  /** Sends an operation and waits for its answer. */
  JsonObject ask(String op, JsonObjectBuilder arguments) throws IOException {
    long ref;
    synchronized (this) {
      ref = ++refs;
    }
    send(arguments.add("op", op).add("ref", ref).build().toString());
    return answer(ref);
  }

  JsonObject ask(String op) throws IOException {
    return ask(op, Json.createObjectBuilder());
  }

  private JsonObject answer(long ref) {
    return await(
        "answer " + ref,
        () ->
            answers.stream()
                .filter(a -> a.get("ref") instanceof JsonNumber n && n.longValue() == ref)
                .findFirst()
                .orElse(null));
  }

  /** Sends a text as it is and waits for the next answer, whatever its ref. */
  JsonObject say(String text) throws IOException {
    int before;
    synchronized (this) {
      before = answers.size();
    }
    send(text);
    return await("answer", () -> answers.size() > before ? answers.get(before) : null);
  }

  void send(String text) throws IOException {
    send(SocketFrame.text(text));
  }

  synchronized void send(SocketFrame frame) throws IOException {
    frame.write(connection().out());
  }

  /** From now on, pings are not answered. */
  synchronized void playDead() {
    pongs = false;
  }

  synchronized int pings() {
    return pings;
  }

  /** All answers so far; for {@link #await} too. */
  synchronized List<JsonObject> answers() {
    return List.copyOf(answers);
  }

  /** The payload of the last pong, in hexadecimal; null if none came. */
  synchronized @Nullable String pong() {
    return pong;
  }

  /** All text messages as they came. */
  synchronized List<String> messages() {
    return List.copyOf(messages);
  }

  @Override
  End read() throws IOException {
    DataInputStream in = new DataInputStream(connection().in());
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    int opcode = 0;
    while (true) {
      SocketFrame frame = SocketFrame.read(in);
      switch (frame.opcode()) {
        case SocketFrame.PING -> pinged(frame);
        case SocketFrame.PONG -> ponged(frame);
        case SocketFrame.CLOSE -> {
          return closed(frame, in);
        }
        default -> {
          opcode = frame.opcode() == SocketFrame.CONTINUATION ? opcode : frame.opcode();
          message.write(frame.payload().array(), 0, frame.payload().remaining());
          if (frame.last()) {
            take(opcode, message.toByteArray());
            message.reset();
          }
        }
      }
    }
  }

  private synchronized void pinged(SocketFrame frame) throws IOException {
    pings++;
    if (pongs) {
      send(SocketFrame.of(SocketFrame.PONG, frame.payload().array()));
    }
    notifyAll();
  }

  private synchronized void ponged(SocketFrame frame) {
    pong = HexFormat.of().formatHex(frame.payload().array());
    notifyAll();
  }

  /** Answers the close, after which the server must end the connection. */
  private End closed(SocketFrame frame, DataInputStream in) throws IOException {
    ByteBuffer payload = frame.payload();
    int code = payload.remaining() < 2 ? 1005 : payload.getShort() & 0xFFFF;
    try {
      send(SocketFrame.of(SocketFrame.CLOSE, frame.payload().array()));
      while (in.read() >= 0) {
        // what the server still had in its buffers
      }
    } catch (IOException e) {
      // it was faster
    }
    return new End(code, UTF_8.decode(payload).toString());
  }

  private void take(int opcode, byte[] bytes) throws IOException {
    if (opcode == SocketFrame.BINARY) {
      arrived(samples(ByteBuffer.wrap(bytes)));
      return;
    }
    String text = new String(bytes, UTF_8);
    synchronized (this) {
      messages.add(text);
    }
    if (text.startsWith("{\"ref\":")) {
      answered(StreamEvent.parse(text));
    } else if (text.startsWith("[")) {
      for (String item : JsonItems.of(text)) {
        arrived(event(item));
      }
    } else {
      arrived(event(text));
    }
  }

  private synchronized void answered(JsonObject answer) {
    if (answer.get("ref") instanceof JsonNumber ref
        && ref.toString().equals(Long.toString(subscribing))
        && answer.getBoolean("ok")) {
      subscription = answer.getJsonObject("result");
      begun(() -> checker().subscribed(subscription));
    }
    answers.add(answer);
    notifyAll();
  }

  /** An event with its data as it came, not parsed and written again. */
  private static StreamEvent event(String text) throws EOFException {
    JsonObject message = StreamEvent.parse(text);
    int data = text.indexOf(",\"data\":");
    if (!text.startsWith("{\"event\":\"") || data < 0 || !text.endsWith("}")) {
      throw new AssertionError("no event: " + text);
    }
    JsonValue id = message.get("id");
    return new StreamEvent(
        message.getString("event"),
        id == null ? null : message.getString("id"),
        text.substring(data + 8, text.length() - 1),
        null,
        System.nanoTime());
  }

  private static StreamEvent samples(ByteBuffer frame) {
    String data =
        "{\"seq\":" + frame.getLong(4) + ",\"prev\":" + frame.getLong(12) + ",\"binary\":true}";
    return new StreamEvent("samples", null, data, frame, System.nanoTime());
  }
}
